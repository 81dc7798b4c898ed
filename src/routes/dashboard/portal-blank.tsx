import type { PropsWithChildren } from 'hono/jsx'
import { paths } from '../../paths.ts'
import { viewHref, type PortalView } from './portal-tools.tsx'

interface PortalBlankProps {
  slug: string
  view: PortalView
  /** Whether this is the first page of the view. */
  first: boolean
  /** Whether the organisation has a portal at all. */
  any: boolean
}

/** What an empty list says, and where to go from it. */
export const PortalBlank = ({ slug, view, first, any }: PortalBlankProps) => {
  if (!first) {
    return (
      <Blank title="No further portals" words="You have reached the end of the list.">
        <a class="btn go" href={viewHref(slug, view)}>
          Back to its beginning
        </a>
      </Blank>
    )
  }
  if (view.q !== undefined) {
    const other = view.status === 'active' ? 'archived' : 'active'
    return (
      <Blank
        title={`Nothing found for “${view.q}”`}
        words={`No ${view.status} portal has a project, client or contact with words that begin like this.`}
      >
        <div class="actions">
          <a class="btn go" href={viewHref(slug, { ...view, status: other })}>
            Look among the {other} ones
          </a>
          <a class="btn" href={viewHref(slug, { ...view, q: undefined })}>
            Clear the search
          </a>
        </div>
      </Blank>
    )
  }
  if (view.status === 'archived') {
    return (
      <Blank
        title="Nothing is archived"
        words="When a project is over, archive its portal: it leaves the list, its clients can still read it, and you can restore it at any time."
      >
        <a class="btn" href={paths.portals(slug)}>
          Back to the active ones
        </a>
      </Blank>
    )
  }
  return any ? (
    <Blank
      title="No active portals"
      words="All of your portals are archived. Open a new one, or restore one of those."
    >
      <div class="actions">
        <a class="btn go" href={paths.newPortal(slug)}>
          New portal
        </a>
        <a class="btn" href={viewHref(slug, { ...view, status: 'archived' })}>
          Archived portals
        </a>
      </div>
    </Blank>
  ) : (
    <Blank
      title="Open your first portal"
      words="Name the project and the client, add one person, and they get an email with a link. One click and they are in: no account, no password."
    >
      <a class="btn go" href={paths.newPortal(slug)}>
        New portal
      </a>
    </Blank>
  )
}

const Blank = ({ title, words, children }: PropsWithChildren<{ title: string; words: string }>) => (
  <div class="card blank">
    <h2>{title}</h2>
    <p>{words}</p>
    {children}
  </div>
)
