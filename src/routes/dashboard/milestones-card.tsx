import type { Child } from 'hono/jsx'
import type { MilestoneItem } from '../../features/milestones/queries.ts'
import type { Membership } from '../../features/organizations/queries.ts'
import type { PortalItem } from '../../features/portals/queries.ts'
import { paths, withQuery } from '../../paths.ts'
import { MilestoneRow, type Trouble } from './milestone-row.tsx'

/** The form to add a milestone, ready to be typed into. */
export const addHref = (slug: string, portalId: string): string =>
  `${withQuery(paths.milestones(slug, portalId), { add: '1' })}#add`

interface CardProps {
  membership: Membership
  portal: PortalItem
  plan: readonly MilestoneItem[]
  on: 'overview' | 'milestones'
  trouble?: Trouble | undefined
  now: number
  /** What an empty plan says. */
  empty: Child
}

/** A portal's plan with its sliders. */
export const MilestonesCard = (props: CardProps) => {
  const { membership, portal, plan, on, trouble, now, empty } = props
  const { slug } = membership.organization
  const archived = portal.archivedAt !== null
  return (
    <section class="card" aria-labelledby="plan" data-plan={slug}>
      <div class="card-head">
        <h2 id="plan">Milestones</h2>
        {!archived && (
          <a class="btn" href={addHref(slug, portal.id)}>
            Add<span class="unseen"> a milestone</span>
          </a>
        )}
      </div>
      {plan.length === 0 ? (
        empty
      ) : (
        <plan-order>
          <ol class="milestones">
            {plan.map((milestone) => (
              <MilestoneRow
                membership={membership}
                milestone={milestone}
                of={plan.length}
                on={on}
                archived={archived}
                trouble={trouble}
                now={now}
              />
            ))}
          </ol>
          <p class="unseen" role="status" data-order-said></p>
        </plan-order>
      )}
      {!archived && plan.length > 0 && <Reopen />}
    </section>
  )
}

/** The question before the slider of an approved milestone is moved; a script names who approved it. */
const Reopen = () => (
  <dialog id="reopen" aria-labelledby="reopen-title">
    <h3 id="reopen-title">Take the approval back?</h3>
    <p>
      <bdi data-by>The client</bdi> approved “<bdi data-title></bdi>”. If you change its progress,
      the approval is taken back, and they see that. You can ask for it again.
    </p>
    <form method="dialog" class="actions">
      <button class="btn danger" value="reopen">
        Take it back
      </button>
      <button class="btn" value="" autofocus>
        Keep it approved
      </button>
    </form>
  </dialog>
)
