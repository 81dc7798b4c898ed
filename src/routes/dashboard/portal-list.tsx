import type { Membership, Person } from '../../features/organizations/queries.ts'
import type { PortalItem, PortalPage } from '../../features/portals/queries.ts'
import type { Clock } from '../../lib/day.ts'
import { formatMoney } from '../../lib/money.ts'
import { paths } from '../../paths.ts'
import { Dashboard } from '../../ui/dashboard.tsx'
import { Pager } from '../../ui/pager.tsx'
import { Pill } from '../../ui/pill.tsx'
import { Ago } from '../../ui/time.tsx'
import { PortalBlank } from './portal-blank.tsx'
import { PortalTools, viewHref, type PortalView } from './portal-tools.tsx'

interface PortalListProps {
  person: Person
  membership: Membership
  list: PortalPage
  view: PortalView
  /** Whether this is the first page of the view. */
  first: boolean
  now: number
}

export const PortalList = ({ person, membership, list, view, first, now }: PortalListProps) => {
  const { organization } = membership
  const { slug } = organization
  const { items, next, any } = list
  const owing = items.some(({ outstanding }) => outstanding > 0)
  const unread = items.some((portal) => portal.unread > 0)
  return (
    <Dashboard title="Portals" area="portals" person={person} membership={membership}>
      <div class="top">
        <h1>Portals</h1>
        <a class="btn go" href={paths.newPortal(slug)}>
          New portal
        </a>
      </div>
      {any && <PortalTools slug={slug} view={view} />}
      <div id="results">
        <p class="unseen" role="status">
          {view.q !== undefined && outcome(items.length, next !== null)}
        </p>
        {items.length === 0 ? (
          <PortalBlank slug={slug} view={view} first={first} any={any} />
        ) : (
          <div class="card">
            <table class="list portals">
              <thead>
                <tr>
                  <th scope="col">Project</th>
                  <th scope="col" class="fit">
                    Last activity
                  </th>
                  <th scope="col" class="fit">
                    Client last seen
                  </th>
                  {owing && (
                    <th scope="col" class="fit r">
                      Outstanding
                    </th>
                  )}
                  {unread && (
                    <th scope="col" class="fit r">
                      New
                    </th>
                  )}
                </tr>
              </thead>
              <tbody>
                {items.map((portal) => (
                  <Row
                    slug={slug}
                    portal={portal}
                    owing={owing}
                    unread={unread}
                    now={now}
                    clock={organization}
                  />
                ))}
              </tbody>
            </table>
          </div>
        )}
        <Pager
          back={first ? undefined : { label: 'To the top', href: viewHref(slug, view) }}
          on={next === null ? undefined : { label: 'More', href: viewHref(slug, view, next) }}
        />
      </div>
    </Dashboard>
  )
}

/** For who can't see the list change. */
function outcome(count: number, more: boolean): string {
  if (count === 0) return 'Nothing found.'
  return `${more ? 'More than ' : ''}${count} ${count === 1 ? 'portal' : 'portals'} found.`
}

interface RowProps {
  slug: string
  portal: PortalItem
  /** Whether the table has a column for what is outstanding: it has where anything is. */
  owing: boolean
  /** The same for messages that nobody has seen. */
  unread: boolean
  now: number
  clock: Clock
}

const Row = ({ slug, portal, owing, unread, now, clock }: RowProps) => (
  <tr>
    <td>
      <a class="cover" href={paths.portalOf(slug, portal.id)}>
        <b>{portal.project}</b>
      </a>
      <small>
        <bdi>{portal.client}</bdi>
        {portal.contact && (
          <>
            {' · '}
            <bdi>{portal.contact}</bdi>
          </>
        )}
      </small>
    </td>
    <td class="fit muted">
      <span class="slim">Active </span>
      <Ago at={portal.lastActivityAt} now={now} clock={clock} />
    </td>
    <td class="fit">
      <LastSeen portal={portal} now={now} clock={clock} />
    </td>
    {owing && (
      <td class="fit r num">
        {portal.outstanding > 0 && formatMoney(portal.outstanding, portal.currency, clock.locale)}
      </td>
    )}
    {unread && (
      <td class="fit r">
        <Pill count={portal.unread} />
      </td>
    )}
  </tr>
)

/** When the client was last here, and whether an email is what keeps them away. */
const LastSeen = ({ portal, now, clock }: Omit<RowProps, 'slug' | 'owing' | 'unread'>) => (
  <>
    {portal.undelivered && <span class="tag red">Email not delivered</span>}
    {portal.lastSeenAt !== null && (
      <span>
        <span class="slim">Seen </span>
        <Ago at={portal.lastSeenAt} now={now} clock={clock} />
      </span>
    )}
    {portal.lastSeenAt === null && !portal.undelivered && (
      <span class="muted">
        Never<span class="slim"> seen</span>
      </span>
    )}
  </>
)
