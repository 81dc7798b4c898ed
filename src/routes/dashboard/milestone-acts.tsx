import type { MilestoneItem } from '../../features/milestones/queries.ts'
import { mayRequestApproval } from '../../features/milestones/rules.ts'
import { paths, withQuery, type MilestoneAction } from '../../paths.ts'

interface ActsProps {
  slug: string
  milestone: MilestoneItem
  /** How many there are. */
  of: number
}

/** Stands below what is done and not signed off. */
export const AskForApproval = ({ slug, milestone }: Omit<ActsProps, 'of'>) => {
  const { id, portalId, title, progress, approval } = milestone
  if (progress < 100 || !mayRequestApproval(approval)) return null
  return (
    <form
      method="post"
      action={paths.milestoneAction(slug, portalId, id, 'request-approval')}
      class="ask"
    >
      <button class="btn">
        Ask for sign-off<span class="unseen"> of {title}</span>
      </button>
    </form>
  )
}

/** What can be done with one milestone beside moving its slider. */
export const MilestoneActs = ({ slug, milestone, of }: ActsProps) => {
  const { id, portalId, title, position, approval } = milestone
  const to = (action: MilestoneAction) => paths.milestoneAction(slug, portalId, id, action)
  const mayAsk = mayRequestApproval(approval)
  const billable =
    milestone.invoiceId === null && (milestone.amount !== null || milestone.percent !== null)
  const question = `delete-${id}`
  return (
    <div class="acts">
      <form method="post" action={to('move')} class="order" data-move>
        <input type="hidden" name="version" value={String(milestone.version)} />
        <button
          class="btn"
          name="position"
          value={String(position - 1)}
          aria-label={`Move ${title} up`}
          disabled={position === 0}
        >
          ↑
        </button>
        <button
          class="btn"
          name="position"
          value={String(position + 1)}
          aria-label={`Move ${title} down`}
          disabled={position === of - 1}
        >
          ↓
        </button>
      </form>
      <details class="more">
        <summary class="btn" aria-label={`More for ${title}`}>
          More
        </summary>
        <div class="menu">
          <a href={paths.milestone(slug, portalId, id)}>Edit</a>
          {billable && (
            <a href={withQuery(paths.newInvoice(slug, portalId), { milestone: id })}>Bill</a>
          )}
          {mayAsk && (
            <form method="post" action={to('request-approval')}>
              <button>Ask for sign-off</button>
            </form>
          )}
          <button type="button" class="red" commandfor={question} command="show-modal">
            Delete
          </button>
        </div>
      </details>
      <dialog id={question} aria-labelledby={`${question}-title`}>
        <h3 id={`${question}-title`}>
          Delete “<bdi>{title}</bdi>”?
        </h3>
        <p>It leaves the plan, for your client too. Nobody can bring it back.</p>
        <form method="post" action={to('delete')} class="actions">
          <button class="btn danger">Delete</button>
          <button class="btn" type="button" commandfor={question} command="close">
            Cancel
          </button>
        </form>
      </dialog>
    </div>
  )
}
