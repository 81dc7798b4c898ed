import type { Membership } from '../../features/organizations/queries.ts'
import { authorise } from '../../features/organizations/rules.ts'
import type { PortalItem } from '../../features/portals/queries.ts'
import { paths, type PortalAction } from '../../paths.ts'
import { Ago } from '../../ui/time.tsx'

interface PortalMenuProps {
  membership: Membership
  portal: PortalItem
}

/** What can be done with a portal as a whole. */
export const PortalMenu = ({ membership, portal }: PortalMenuProps) => {
  const { organization, role } = membership
  const to = (action: PortalAction) => paths.portalAction(organization.slug, portal.id, action)
  const archived = portal.archivedAt !== null
  const mayDelete = archived && authorise({ kind: 'member', role }, 'portal.delete')
  return (
    <details class="more">
      <summary class="btn" aria-label={`More for ${portal.project}`}>
        More
      </summary>
      <div class="menu">
        <a href={paths.editPortal(organization.slug, portal.id)}>Edit</a>
        <a href={to('duplicate')}>Duplicate</a>
        <form method="post" action={to(archived ? 'restore' : 'archive')}>
          <button>{archived ? 'Restore' : 'Archive'}</button>
        </form>
        {mayDelete && (
          <a class="red" href={to('delete')}>
            Delete
          </a>
        )}
      </div>
    </details>
  )
}

/** Says on an archived portal's page what that means. */
export const ArchivedNotice = ({ membership, portal, now }: PortalMenuProps & { now: number }) =>
  portal.archivedAt === null ? null : (
    <div class="notice banner">
      <p>
        Archived <Ago at={portal.archivedAt} now={now} clock={membership.organization} />. Its
        clients can still read it, and nobody new can be invited.
      </p>
      <form
        method="post"
        action={paths.portalAction(membership.organization.slug, portal.id, 'restore')}
      >
        <button class="btn">Restore</button>
      </form>
    </div>
  )
