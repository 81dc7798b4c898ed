import type { LinkItem } from '../../features/links/queries.ts'
import type { Membership, Person } from '../../features/organizations/queries.ts'
import type { PortalDetail, PortalItem } from '../../features/portals/queries.ts'
import { paths, withQuery } from '../../paths.ts'
import { Pager } from '../../ui/pager.tsx'
import { LinkRow } from './link-row.tsx'
import { PortalFrame } from './portal-frame.tsx'

interface AccessProps {
  person: Person
  membership: Membership
  portal: PortalDetail
  /** Whether this is the first page of its links. */
  first: boolean
  now: number
}

/** Every link of a portal, page by page. */
export const AccessPage = ({ person, membership, portal, first, now }: AccessProps) => {
  const here = paths.links(membership.organization.slug, portal.id)
  const { items, next } = portal.links
  return (
    <PortalFrame person={person} membership={membership} portal={portal} tab="access" now={now}>
      <LinksCard membership={membership} portal={portal} links={items} now={now} />
      <Pager
        back={first ? undefined : { label: 'First links', href: here }}
        on={
          next === null
            ? undefined
            : { label: 'More links', href: withQuery(here, { cursor: next }) }
        }
      />
    </PortalFrame>
  )
}

interface LinksCardProps {
  membership: Membership
  portal: PortalItem
  links: readonly LinkItem[]
  now: number
  /** Where the rest of them is, if these are not all. */
  all?: string | undefined
}

export const LinksCard = ({ membership, portal, links, now, all }: LinksCardProps) => {
  const archived = portal.archivedAt !== null
  return (
    <section class="card" aria-labelledby="links">
      <div class="card-head">
        <h2 id="links">Access links</h2>
        {!archived && (
          <a class="btn" href={paths.newLink(membership.organization.slug, portal.id)}>
            Invite contact
          </a>
        )}
      </div>
      {links.length === 0 ? (
        <p class="empty">
          Nobody can open this portal now.
          {!archived && ' Invite a contact, and they get a link of their own.'}
        </p>
      ) : (
        <ul class="links">
          {links.map((link) => (
            <LinkRow membership={membership} link={link} archived={archived} now={now} />
          ))}
        </ul>
      )}
      {all !== undefined && (
        <p class="empty">
          <a href={all}>All links</a>
        </p>
      )}
    </section>
  )
}
