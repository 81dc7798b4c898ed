import type { Membership, Person } from '../../features/organizations/queries.ts'
import type { PortalItem } from '../../features/portals/queries.ts'
import { paths } from '../../paths.ts'
import { Dashboard } from '../../ui/dashboard.tsx'

interface DeletePortalProps {
  person: Person
  membership: Membership
  portal: PortalItem
}

/** The question before a portal is deleted: a page, so that every browser asks it. */
export const DeletePortalPage = ({ person, membership, portal }: DeletePortalProps) => {
  const { slug } = membership.organization
  const back = paths.portalOf(slug, portal.id)
  return (
    <Dashboard title="Delete portal" area="portals" person={person} membership={membership}>
      <p class="crumb">
        <a href={paths.portals(slug)}>Portals</a> / <a href={back}>{portal.project}</a>
      </p>
      <div class="top">
        <h1>Delete this portal?</h1>
      </div>
      <form
        method="post"
        action={paths.portalAction(slug, portal.id, 'delete')}
        class="card form stack"
      >
        <p class="plain-words">
          <b>{portal.project}</b> for <bdi>{portal.client}</bdi> goes for good, with everything in
          it: its links, its history and its files. Nobody can bring it back.
        </p>
        <div class="actions">
          <button class="btn danger">Delete for good</button>
          <a class="btn" href={back}>
            Cancel
          </a>
        </div>
      </form>
    </Dashboard>
  )
}
