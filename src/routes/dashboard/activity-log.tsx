import type { ActivityItem } from '../../features/activity/queries.ts'
import { predicate, subject } from '../../features/activity/sentences.ts'
import {
  dayOf,
  formatDayHeading,
  formatInstant,
  formatShortDay,
  formatTime,
  type Clock,
} from '../../lib/day.ts'
import { Parts } from '../../ui/parts.tsx'

/** An entry, with the name of its portal where it isn't clear. */
type LogEntry = ActivityItem & { project?: string | null }

export interface LogProps {
  items: readonly LogEntry[]
  clock: Clock
  now: number
  /** The address that narrows the list to one person. */
  personHref?: ((person: string) => string) | undefined
  /** The address of an entry's portal, in a list of several. */
  portalHref?: ((portal: string) => string) | undefined
}

/** What happened, newest first, a heading a day. */
export const ActivityLog = ({ items, now, clock, ...rest }: LogProps) => {
  const today = dayOf(now, clock.timeZone)
  return (
    <>
      {byDay(items, clock.timeZone).map(([day, entries]) => (
        <section class="day">
          <h2 class="label">{formatDayHeading(day, today, clock.locale)}</h2>
          <ol class="log">
            {entries.map((entry) => (
              <Entry entry={entry} time={formatTime(entry.at, clock)} clock={clock} {...rest} />
            ))}
          </ol>
        </section>
      ))}
    </>
  )
}

function byDay(items: readonly LogEntry[], timeZone: string): [string, LogEntry[]][] {
  const days: [string, LogEntry[]][] = []
  for (const item of items) {
    const day = dayOf(item.at, timeZone)
    const last = days.at(-1)
    if (last?.[0] === day) last[1].push(item)
    else days.push([day, [item]])
  }
  return days
}

/** The same without headings: the time today, the day before that. */
export const ShortLog = ({ items, now, clock }: LogProps) => {
  const today = dayOf(now, clock.timeZone)
  return (
    <ol class="log">
      {items.map((entry) => {
        const day = dayOf(entry.at, clock.timeZone)
        const time =
          day === today ? formatTime(entry.at, clock) : formatShortDay(day, today, clock.locale)
        return <Entry entry={entry} time={time} clock={clock} />
      })}
    </ol>
  )
}

interface EntryProps extends Pick<LogProps, 'clock' | 'personHref' | 'portalHref'> {
  entry: LogEntry
  time: string
}

const Entry = ({ entry, time, clock, personHref, portalHref }: EntryProps) => {
  const { actorId, portalId, project, client, at } = entry
  const who = <Parts of={subject(entry)} />
  return (
    <li>
      <i class={client ? 'shared' : undefined}>
        <span class="unseen">{client ? 'The client sees this too: ' : 'The team alone: '}</span>
      </i>
      <span>
        <b>{personHref && actorId !== null ? <a href={personHref(actorId)}>{who}</a> : who}</b>{' '}
        <Parts of={predicate(entry)} />
        {portalHref && portalId !== null && (
          <small>
            <a href={portalHref(portalId)}>
              <bdi>{project ?? 'A portal'}</bdi>
            </a>
          </small>
        )}
      </span>
      <time datetime={new Date(at).toISOString()} title={formatInstant(at, clock)}>
        {time}
      </time>
    </li>
  )
}

/** What the dots of a log say. */
export const LogKey = () => (
  <p class="log-key" aria-hidden="true">
    <span>
      <i class="shared"></i> The client sees this too
    </span>
    <span>
      <i></i> The team alone
    </span>
  </p>
)
