import type { Clock } from '../../lib/day.ts'
import { dayOf, daysBetween, formatDue } from '../../lib/day.ts'
import type { MilestoneItem } from '../../features/milestones/queries.ts'
import { isLate } from '../../features/milestones/rules.ts'
import { Lines } from '../../ui/lines.tsx'

interface FactsProps {
  milestone: MilestoneItem
  clock: Clock
  now: number
}

/** Below a milestone's title: when it is due, and how its sign-off stands. */
export const MilestoneFacts = ({ milestone, clock, now }: FactsProps) => {
  const today = dayOf(now, clock.timeZone)
  const { dueOn, progress, approval } = milestone
  const settled = approval === 'approved' || (approval === 'requested' && progress === 100)
  return (
    <>
      <Approval milestone={milestone} clock={clock} today={today} />
      {dueOn !== null && !settled && (
        <small class={isLate(milestone, today) ? 'red' : undefined}>
          Due {formatDue(dueOn, today, clock.locale)}
          {isLate(milestone, today) && `, ${lateness(daysBetween(dueOn, today))}`}
        </small>
      )}
    </>
  )
}

const lateness = (days: number): string => (days === 1 ? 'a day late' : `${days} days late`)

const Approval = ({
  milestone,
  clock,
  today,
}: {
  milestone: MilestoneItem
  clock: Clock
  today: string
}) => {
  const { approval, approvalBy, approvalAt, approvalNote } = milestone
  if (approval === null || approvalAt === null) return null
  const on = formatDue(dayOf(approvalAt, clock.timeZone), today, clock.locale)
  if (approval === 'requested') return <small class="amber">Waiting for sign-off since {on}</small>
  const by = <bdi>{approvalBy}</bdi>
  return (
    <>
      {approval === 'approved' ? (
        <small class="teal">
          Approved by {by}, {on}
        </small>
      ) : (
        <small class="amber">
          {by} asked for changes, {on}
        </small>
      )}
      {approvalNote && (
        <small class="quote">
          “<Lines text={approvalNote} />”
        </small>
      )}
    </>
  )
}
