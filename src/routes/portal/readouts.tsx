import type { Child } from 'hono/jsx'
import type { Content } from '../../features/links/content.ts'
import { age, countdown, dayOf, formatDue, formatInstant, type Clock } from '../../lib/day.ts'
import { nextOf } from '../../features/milestones/rules.ts'
import { Parts } from '../../ui/parts.tsx'
import { lastUpdate } from './news.ts'

export interface Glance {
  content: Content
  contactId: string
  clock: Clock
  now: number
}

/** Where the project stands, at a glance. */
export const Readouts = ({ owes, ...glance }: Glance & { owes: Child }) => (
  <dl class={owes === null ? 'readouts' : 'readouts four'}>
    <Progress {...glance} />
    <Next {...glance} />
    {owes}
    <Update {...glance} />
  </dl>
)

const Progress = ({ content: { plan, progress } }: Glance) => (
  <div>
    <dt class="label">Progress</dt>
    <dd class="value teal">{plan.length === 0 ? '—' : `${progress}%`}</dd>
    <dd class="note">
      {plan.length === 0 ? (
        'Nothing to measure yet'
      ) : (
        <progress max={100} value={progress} aria-label="Overall progress">
          {progress}%
        </progress>
      )}
    </dd>
  </div>
)

const Next = ({ content: { plan }, clock, now }: Glance) => {
  const today = dayOf(now, clock.timeZone)
  const next = nextOf(plan)
  if (!next) {
    return (
      <div>
        <dt class="label">Next milestone</dt>
        <dd class="value">{plan.length === 0 ? '—' : 'Done'}</dd>
        <dd class="note">{plan.length === 0 ? 'Nothing is planned yet' : 'All of it is done'}</dd>
      </div>
    )
  }
  const { title, dueOn } = next
  return (
    <div>
      <dt class="label">Next milestone</dt>
      <dd class={dueOn !== null && dueOn < today ? 'value red' : 'value'}>
        {dueOn === null ? 'Open' : countdown(dueOn, today)}
      </dd>
      <dd class="note">
        <bdi>{title}</bdi>
        {dueOn !== null && ` · ${formatDue(dueOn, today, clock.locale)}`}
      </dd>
    </div>
  )
}

const Update = ({ content, contactId, clock, now }: Glance) => {
  const update = lastUpdate(content, contactId)
  return (
    <div>
      <dt class="label">Last update</dt>
      <dd class="value">
        {update ? (
          <time
            datetime={new Date(update.at).toISOString()}
            title={formatInstant(update.at, clock)}
          >
            {age(update.at, now)}
          </time>
        ) : (
          '—'
        )}
      </dd>
      <dd class="note">{update ? <Parts of={update.words} /> : 'Nothing has happened yet'}</dd>
    </div>
  )
}
