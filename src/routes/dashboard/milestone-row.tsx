import type { MilestoneItem } from '../../features/milestones/queries.ts'
import type { Membership } from '../../features/organizations/queries.ts'
import { paths } from '../../paths.ts'
import { AskForApproval, MilestoneActs } from './milestone-acts.tsx'
import { MilestoneFacts } from './milestone-facts.tsx'

/** Why a save without a script was refused: it stands at the slider, which keeps the value. */
export interface Trouble {
  milestone: string
  message: string
  progress: string
}

interface RowProps {
  membership: Membership
  milestone: MilestoneItem
  /** How many there are. */
  of: number
  /** The page it stands on; on the milestones' own it can be moved, edited and deleted. */
  on: 'overview' | 'milestones'
  /** Whether it can be read and no longer changed. */
  archived: boolean
  trouble: Trouble | undefined
  now: number
}

export const MilestoneRow = (props: RowProps) => {
  const { membership, milestone, of, on, archived, trouble, now } = props
  const { organization } = membership
  const { id, title, portalId, progress } = milestone
  const name = `title-${id}`
  return (
    <li
      class={on === 'milestones' && !archived ? 'ms full' : 'ms'}
      id={`milestone-${id}`}
      data-url={paths.api.milestone(portalId, id)}
      data-version={String(milestone.version)}
      data-weight={String(milestone.weight)}
    >
      <div class="ms-what">
        <b id={name}>
          <bdi>{title}</bdi>
        </b>
        <MilestoneFacts milestone={milestone} clock={organization} now={now} />
        {!archived && <AskForApproval slug={organization.slug} milestone={milestone} />}
      </div>
      {archived ? (
        <>
          <progress max={100} value={progress} aria-labelledby={name}>
            {progress}%
          </progress>
          <span class="num">{progress}%</span>
        </>
      ) : (
        <Slider {...props} trouble={trouble?.milestone === id ? trouble : undefined} />
      )}
      {on === 'milestones' && !archived && (
        <MilestoneActs slug={organization.slug} milestone={milestone} of={of} />
      )}
    </li>
  )
}

/** A form of its own with a button; a script takes the button's place and saves by itself. */
const Slider = ({ membership, milestone, on, trouble }: RowProps) => {
  const { id, portalId, version, title, progress, approval } = milestone
  const value = trouble?.progress ?? String(progress)
  const wrong = `trouble-${id}`
  return (
    <progress-slider
      data-progress={String(progress)}
      data-approved={approval === 'approved' ? milestone.approvalBy : undefined}
    >
      <form
        method="post"
        action={paths.milestoneAction(membership.organization.slug, portalId, id, 'progress')}
      >
        <input type="hidden" name="version" value={String(version)} />
        <input type="hidden" name="from" value={on} />
        <input
          type="range"
          name="progress"
          min="0"
          max="100"
          value={value}
          autocomplete="off"
          aria-labelledby={`title-${id}`}
          aria-valuetext={`${value}%`}
          {...(trouble ? { 'aria-invalid': 'true', 'aria-describedby': wrong } : {})}
        />
        <output class="num" aria-hidden="true">
          {value}%
        </output>
        <span class="state">
          <button class="btn" data-save>
            Save<span class="unseen"> {title}</span>
          </button>
          <small role="status" data-said></small>
        </span>
        {approval === 'approved' && (
          <label class="reopen" data-save>
            <input type="checkbox" name="reopen" value="yes" /> Take the approval back
          </label>
        )}
        {trouble && (
          <p class="error" id={wrong}>
            {trouble.message}
          </p>
        )}
      </form>
    </progress-slider>
  )
}
