import type { PortalSort } from '../../features/portals/input.ts'
import type { PortalStatus } from '../../features/portals/rules.ts'
import { paths, withQuery } from '../../paths.ts'

/** What the list was asked for; every link on its page keeps the rest of it. */
export interface PortalView {
  q: string | undefined
  status: PortalStatus
  sort: PortalSort
}

/** The address of a view of the list, as short as it can be said. */
export const viewHref = (slug: string, { q, status, sort }: PortalView, cursor?: string): string =>
  withQuery(paths.portals(slug), {
    q,
    status: status === 'active' ? undefined : status,
    // A search is newest first.
    sort: q !== undefined || sort === 'newest' ? undefined : sort,
    cursor,
  })

const statuses: readonly [PortalStatus, string][] = [
  ['active', 'Active'],
  ['archived', 'Archived'],
]

const sorts: readonly [PortalSort, string][] = [
  ['newest', 'Newest'],
  ['activity', 'Last activity'],
  ['outstanding', 'Outstanding'],
]

interface PortalToolsProps {
  slug: string
  view: PortalView
}

/** Above the list: what to look for, which portals, and in which order. */
export const PortalTools = ({ slug, view }: PortalToolsProps) => (
  <div class="tools">
    <Search slug={slug} view={view} />
    <Chips slug={slug} view={view} />
  </div>
)

/** Works by Enter; a script searches while somebody types, and draws anew what `data-live` names. */
const Search = ({ slug, view }: PortalToolsProps) => (
  <form class="search" role="search" action={paths.portals(slug)} data-live="#views, #results">
    <input
      type="search"
      name="q"
      value={view.q ?? ''}
      maxlength={200}
      placeholder="Project, client or contact"
      aria-label="Search portals"
      autocomplete="off"
    />
    {view.status !== 'active' && <input type="hidden" name="status" value={view.status} />}
    <button class="btn">Search</button>
  </form>
)

const Chips = ({ slug, view }: PortalToolsProps) => (
  <div class="views" id="views">
    <nav class="chips" aria-label="Which portals">
      {statuses.map(([status, label]) => (
        <a
          href={viewHref(slug, { ...view, status })}
          {...(view.status === status ? { 'aria-current': 'true' } : {})}
        >
          {label}
        </a>
      ))}
    </nav>
    {view.q === undefined && (
      <nav class="chips" aria-labelledby="sort">
        <span class="label" id="sort">
          Sort by
        </span>
        {sorts.map(([sort, label]) => (
          <a
            href={viewHref(slug, { ...view, sort })}
            {...(view.sort === sort ? { 'aria-current': 'true' } : {})}
          >
            {label}
          </a>
        ))}
      </nav>
    )}
  </div>
)
