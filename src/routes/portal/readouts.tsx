import type { Change, Content } from '../../features/links/content.ts'
import { nextOf } from '../../features/milestones/rules.ts'
import { sentence } from '../../features/activity/sentences.ts'
import { countdown, dayOf, formatDay, formatDue, relative, type Clock } from '../../lib/day.ts'

/** Where the project stands, at a glance. */
export const Readouts = ({
  content,
  clock,
  now,
}: {
  content: Content
  clock: Clock
  now: number
}) => {
  const { plan, progress, latest } = content
  const today = dayOf(now, clock.timeZone)
  const next = nextOf(plan)
  return (
    <dl class="readouts">
      <div>
        <dt class="label">Progress</dt>
        <dd class="value teal">{plan.length === 0 ? '—' : `${progress}%`}</dd>
        {plan.length > 0 && (
          <dd>
            <progress max={100} value={progress} aria-label="Overall progress">
              {progress}%
            </progress>
          </dd>
        )}
      </div>
      <div>
        <dt class="label">Next milestone</dt>
        <dd class="value">
          {next === undefined ? '—' : next.dueOn === null ? 'Open' : countdown(next.dueOn, today)}
        </dd>
        <dd class="note">
          {next === undefined ? (
            plan.length === 0 ? (
              'Nothing is planned yet'
            ) : (
              'All of it is done'
            )
          ) : (
            <>
              <bdi>{next.title}</bdi>
              {next.dueOn !== null && ` · ${formatDue(next.dueOn, today, clock.locale)}`}
            </>
          )}
        </dd>
      </div>
      <div>
        <dt class="label">Last update</dt>
        <dd class="value">{latest === null ? '—' : relative(latest.at, now, 'en')}</dd>
        <dd class="note">
          {latest === null ? 'Nothing has happened yet' : <Doing change={latest} />}
        </dd>
      </div>
    </dl>
  )
}

const Doing = ({ change }: { change: Change }) => (
  <>
    <bdi>{change.actorName}</bdi> {sentence(change)}
  </>
)

/** What the others did since the visit before this one. */
export const Since = ({ content, clock }: { content: Content; clock: Clock }) => {
  const { since, changes } = content
  if (since === null || changes.length === 0) return null
  const messages = changes.filter(({ kind }) => kind === 'message.sent').length
  const others = changes.filter(({ kind }) => kind !== 'message.sent')
  return (
    <div class="since" role="note" aria-label="Since you were last here">
      <span class="label">Since {formatDay(dayOf(since, clock.timeZone), clock.locale)}</span>
      {messages > 0 && (
        <a href="#messages">
          <b>{messages}</b> {messages === 1 ? 'message' : 'messages'}
        </a>
      )}
      {others.map((change) => (
        <span>
          <Doing change={change} />
        </span>
      ))}
    </div>
  )
}
