import type { Membership, Person } from '../../features/organizations/queries.ts'
import type { PortalItem } from '../../features/portals/queries.ts'
import type { Clock } from '../../lib/day.ts'
import type { Page } from '../../lib/page.ts'
import { paths, withQuery } from '../../paths.ts'
import { Dashboard } from '../../ui/dashboard.tsx'
import { Pager } from '../../ui/pager.tsx'
import { Ago } from '../../ui/time.tsx'

interface PortalListProps {
  person: Person
  membership: Membership
  list: Page<PortalItem>
  /** Whether this is the newest page, where an empty list means there are no portals at all. */
  first: boolean
  now: number
}

export const PortalList = ({ person, membership, list, first, now }: PortalListProps) => {
  const { organization } = membership
  const { slug } = organization
  return (
    <Dashboard title="Portals" area="portals" person={person} membership={membership}>
      <div class="top">
        <h1>Portals</h1>
        <a class="btn go" href={paths.newPortal(slug)}>
          New portal
        </a>
      </div>
      {list.items.length === 0 ? (
        <div class="card blank">
          <h2>{first ? 'Open your first portal' : 'No older portals'}</h2>
          <p>
            {first
              ? 'Name the project and the client, add one person, and they get an email with a link. One click and they are in: no account, no password.'
              : 'You have reached the end of the list.'}
          </p>
          <a class="btn go" href={first ? paths.newPortal(slug) : paths.portals(slug)}>
            {first ? 'New portal' : 'Back to the newest'}
          </a>
        </div>
      ) : (
        <div class="card">
          <table class="list portals">
            <thead>
              <tr>
                <th scope="col">Project</th>
                <th scope="col" class="fit hide">
                  Currency
                </th>
                <th scope="col" class="fit">
                  Client last seen
                </th>
                <th scope="col" class="fit r hide">
                  Opened
                </th>
              </tr>
            </thead>
            <tbody>
              {list.items.map((portal) => (
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
                  <td class="fit hide num">{portal.currency}</td>
                  <td class="fit">
                    <LastSeen portal={portal} now={now} clock={organization} />
                  </td>
                  <td class="fit r hide">
                    <Ago at={portal.createdAt} now={now} clock={organization} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Pager
        back={first ? undefined : { label: 'Newest', href: paths.portals(slug) }}
        on={
          list.next === null
            ? undefined
            : { label: 'Older', href: withQuery(paths.portals(slug), { cursor: list.next }) }
        }
      />
    </Dashboard>
  )
}

/** When the client was last here, and whether an email is what keeps them away. */
const LastSeen = ({ portal, now, clock }: { portal: PortalItem; now: number; clock: Clock }) => (
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
