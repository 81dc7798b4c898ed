import type { Membership, Person } from '../../features/organizations/queries.ts'
import type { Glance } from '../../features/glance/queries.ts'
import type { PortalPage } from '../../features/portals/first-page.ts'
import type { PortalItem } from '../../features/portals/queries.ts'
import { dayOf, daysBetween, formatDue, type Clock } from '../../lib/day.ts'
import { formatMoney } from '../../lib/money.ts'
import { paths } from '../../paths.ts'
import { Dashboard } from '../../ui/dashboard.tsx'
import { Pager } from '../../ui/pager.tsx'
import { Table, fit, numbers } from '../../ui/table.tsx'
import { Pill } from '../../ui/pill.tsx'
import { Ago } from '../../ui/time.tsx'
import { GlanceCards } from './glance.tsx'
import { PortalBlank } from './portal-blank.tsx'
import { PortalTools, viewHref, type PortalView } from './portal-tools.tsx'

interface PortalListProps {
  person: Person
  membership: Membership
  /** Money at a glance stands above its first page. */
  list: PortalPage & { glance: Glance | undefined }
  view: PortalView
  /** Whether this is the first page of the view. */
  first: boolean
  now: number
}

export const PortalList = ({ person, membership, list, view, first, now }: PortalListProps) => {
  const { organization } = membership
  const { slug } = organization
  const { items, next, any, glance } = list
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
      {glance && <GlanceCards membership={membership} glance={glance} now={now} />}
      {any && <PortalTools slug={slug} view={view} />}
      <div id="results">
        <p class="unseen" role="status">
          {view.q !== undefined && outcome(items.length, next !== null)}
        </p>
        {items.length === 0 ? (
          <PortalBlank slug={slug} view={view} first={first} any={any} />
        ) : (
          <div class="card">
            <Table
              of="portals"
              heads={[
                'Project',
                'Next milestone',
                fit('Progress'),
                fit('Last activity'),
                fit('Client last seen'),
                owing && numbers('Outstanding'),
                unread && numbers('New'),
              ]}
            >
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
            </Table>
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
    <td>
      <Next portal={portal} now={now} clock={clock} />
    </td>
    <td class="fit">
      {planned(portal) && (
        <div class="bar">
          <progress max={100} value={portal.progress} aria-label={`Progress of ${portal.project}`}>
            {portal.progress}%
          </progress>
          <span class="num" aria-hidden="true">
            {portal.progress}%
          </span>
        </div>
      )}
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
        <Late portal={portal} now={now} clock={clock} />
      </td>
    )}
    {unread && (
      <td class="fit r">
        <Pill count={portal.unread} />
      </td>
    )}
  </tr>
)

/** Since how long the first of what is outstanding has been overdue. */
const Late = ({ portal, now, clock }: Pick<RowProps, 'portal' | 'now' | 'clock'>) => {
  const today = dayOf(now, clock.timeZone)
  const since = portal.owed.map(({ dueOn }) => dueOn).sort()[0] ?? today
  const days = daysBetween(since, today)
  return days > 0 ? <span class="tag red late">{days} d overdue</span> : null
}

/** A plan that is all done has no next milestone, but is done. */
const planned = ({ nextTitle, progress }: PortalItem): boolean => nextTitle !== null || progress > 0

/** What comes next, and whether it is late. */
const Next = ({ portal, now, clock }: Pick<RowProps, 'portal' | 'now' | 'clock'>) => {
  const { nextTitle, nextDueOn } = portal
  if (nextTitle === null) return planned(portal) ? null : <span class="muted">No plan yet</span>
  const today = dayOf(now, clock.timeZone)
  return (
    <>
      <bdi>{nextTitle}</bdi>
      {nextDueOn !== null && (
        <small class={nextDueOn < today ? 'red' : undefined}>
          {formatDue(nextDueOn, today, clock.locale)}, {distance(daysBetween(today, nextDueOn))}
        </small>
      )}
    </>
  )
}

/** 'in 12 days', 'today', '2 days late'. */
function distance(days: number): string {
  if (days === 0) return 'today'
  if (days < 0) return days === -1 ? 'a day late' : `${-days} days late`
  return days === 1 ? 'tomorrow' : `in ${days} days`
}

/** When the client was last here, and whether an email is what keeps them away. */
const LastSeen = ({ portal, now, clock }: Pick<RowProps, 'portal' | 'now' | 'clock'>) => (
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
