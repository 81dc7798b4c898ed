import type { ClientMilestone } from '../../features/links/content.ts'
import { isLate, stagesOf, type Stage } from '../../features/milestones/rules.ts'
import { countdown, dayOf, daysBetween, formatDay, formatDue, type Clock } from '../../lib/day.ts'
import { entrancePaths as paths } from '../../entrance-paths.ts'
import type { Pays } from './approve-and-pay.tsx'
import { Lines } from '../../ui/lines.tsx'

interface PlanProps {
  plan: readonly ClientMilestone[]
  clock: Clock
  now: number
  team: string
  contact: string
  /** Null where nobody may answer: a member looks on, or the portal is archived. */
  token: string | null
  refused?: Refused | undefined
  /** How it is paid for; null where nothing can be paid online. */
  pays: Pays | null
}

/** An answer that was not taken: why, and the note that came with it. */
export interface Refused {
  milestone: string
  message: string
  note: string
}

const stageWords: Record<Stage, string> = { done: 'Done', live: 'Under way', ahead: 'Ahead' }

/** The flight plan: what is done, what is under way, what waits for the client's word. */
export const FlightPlan = ({
  plan,
  clock,
  now,
  team,
  contact,
  token,
  refused,
  pays,
}: PlanProps) => {
  const today = dayOf(now, clock.timeZone)
  const stages = stagesOf(plan)
  const done = stages.filter((stage) => stage === 'done').length
  return (
    <section class="panel" id="milestones">
      <h2>
        Flight plan
        {plan.length > 0 && (
          <span>
            {done} of {plan.length} complete
          </span>
        )}
      </h2>
      {plan.length === 0 ? (
        <p class="empty">
          <b>No milestones yet</b>
          As soon as {team} plans the work, you can follow it here.
        </p>
      ) : (
        <ol class="plan">
          {plan.map((milestone, index) => {
            const stage = stages[index] ?? 'ahead'
            const wrong = refused?.milestone === milestone.id ? refused : undefined
            return (
              <li class={stage} id={`milestone-${milestone.id}`}>
                <div class="row">
                  <h3>
                    <span class="unseen">{stageWords[stage]}: </span>
                    <bdi>{milestone.title}</bdi>
                  </h3>
                  <span class="num">{milestone.progress}%</span>
                </div>
                <Facts milestone={milestone} clock={clock} today={today} contact={contact} />
                {milestone.description && (
                  <p class="about">
                    <Lines text={milestone.description} />
                  </p>
                )}
                {milestone.progress > 0 && milestone.progress < 100 && (
                  <progress max={100} value={milestone.progress} aria-label="Progress">
                    {milestone.progress}%
                  </progress>
                )}
                {wrong && (
                  <p class="red" id="refused" role="alert">
                    {wrong.message}
                  </p>
                )}
                {milestone.approval === 'requested' && token !== null && (
                  <Answer milestone={milestone} token={token} refused={wrong} pays={pays} />
                )}
              </li>
            )
          })}
        </ol>
      )}
    </section>
  )
}

const Facts = ({
  milestone,
  clock,
  today,
  contact,
}: {
  milestone: ClientMilestone
  clock: Clock
  today: string
  contact: string
}) => {
  const { approval, approvalBy, approvalAt, approvalNote, progress } = milestone
  const isDue = progress < 100 && <Due milestone={milestone} clock={clock} today={today} />
  if (approval === 'requested') {
    return (
      <>
        <p class="amber">Waiting for your sign-off</p>
        {isDue}
      </>
    )
  }
  if (approval !== null && approvalAt !== null) {
    const by = approvalBy === contact ? 'you' : (approvalBy ?? 'somebody')
    const on = formatDay(dayOf(approvalAt, clock.timeZone), clock.locale)
    return (
      <>
        <p>
          {approval === 'approved' ? 'Approved' : 'Changes asked for'} by <bdi>{by}</bdi> on {on}
        </p>
        {approvalNote && (
          <p class="about">
            “<Lines text={approvalNote} />”
          </p>
        )}
        {approval === 'changes' && isDue}
      </>
    )
  }
  return <Due milestone={milestone} clock={clock} today={today} />
}

const Due = ({
  milestone,
  clock,
  today,
}: {
  milestone: ClientMilestone
  clock: Clock
  today: string
}) => {
  const { dueOn } = milestone
  if (dueOn === null) return null
  const due = `Due ${formatDue(dueOn, today, clock.locale)}`
  if (!isLate(milestone, today)) {
    return (
      <p>
        {due}
        {milestone.progress < 100 && (
          <>
            {' '}
            <span class="label">{countdown(dueOn, today)}</span>
          </>
        )}
      </p>
    )
  }
  const late = daysBetween(dueOn, today)
  return (
    <p class="red">
      {due}, {late === 1 ? 'a day' : `${late} days`} late
    </p>
  )
}

interface AnswerProps {
  milestone: ClientMilestone
  token: string
  refused: Refused | undefined
  pays: Pays | null
}

/** Loaded where something is billed by it. */
const Pay = async ({ milestone, token, pays }: AnswerProps) => {
  if (!pays || !milestone.bill) return null
  const { ApproveAndPay } = await import('./approve-and-pay.tsx')
  return <ApproveAndPay {...{ milestone, bill: milestone.bill, token, pays }} />
}

/** The client's word: one click to approve, a note to ask for changes. Both work without a script. */
const Answer = ({ milestone, token, refused, pays }: AnswerProps) => (
  <div class="actions">
    <Pay {...{ milestone, token, refused, pays }} />
    <form method="post" action={paths.clientAnswer(token, milestone.id, 'approve')}>
      <button class={pays && milestone.bill ? 'btn' : 'btn go'}>
        Approve<span class="unseen"> {milestone.title}</span>
      </button>
    </form>
    <details class="ask" open={refused !== undefined}>
      <summary class="btn">
        Ask for changes<span class="unseen"> to {milestone.title}</span>
      </summary>
      <form method="post" action={paths.clientAnswer(token, milestone.id, 'request-changes')}>
        <label>
          What should change?
          <textarea
            name="note"
            rows={3}
            maxlength={2000}
            required
            {...(refused ? { 'aria-invalid': 'true', 'aria-describedby': 'refused' } : {})}
          >
            {refused?.note}
          </textarea>
        </label>
        <button class="btn go">Send</button>
      </form>
    </details>
  </div>
)
