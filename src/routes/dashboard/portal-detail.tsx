import type { Membership, Person } from '../../features/organizations/queries.ts'
import type { PortalDetail } from '../../features/portals/queries.ts'
import { paths, withQuery } from '../../paths.ts'
import { Dashboard } from '../../ui/dashboard.tsx'
import { Pager } from '../../ui/pager.tsx'
import { Ago } from '../../ui/time.tsx'
import { LinkRow } from './link-row.tsx'
import { ArchivedNotice, PortalMenu } from './portal-menu.tsx'

interface PortalDetailProps {
  person: Person
  membership: Membership
  portal: PortalDetail
  /** Whether this is the first page of its links. */
  first: boolean
  now: number
}

export const PortalDetailPage = ({ person, membership, portal, first, now }: PortalDetailProps) => {
  const { organization } = membership
  const { slug } = organization
  const here = paths.portalOf(slug, portal.id)
  const { next } = portal.links
  const archived = portal.archivedAt !== null
  return (
    <Dashboard title={portal.project} area="portals" person={person} membership={membership}>
      <p class="crumb">
        <a href={withQuery(paths.portals(slug), { status: archived ? 'archived' : undefined })}>
          Portals
        </a>
      </p>
      <div class="top">
        <div>
          <h1>{portal.project}</h1>
          <p class="under">
            {archived && (
              <>
                <span class="tag">Archived</span>{' '}
              </>
            )}
            <bdi>{portal.client}</bdi> · <span class="num">{portal.currency}</span> · opened{' '}
            <Ago at={portal.createdAt} now={now} clock={organization} />
          </p>
        </div>
        <PortalMenu membership={membership} portal={portal} />
      </div>
      <ArchivedNotice membership={membership} portal={portal} now={now} />
      <section class="card" aria-labelledby="links">
        <div class="card-head">
          <h2 id="links">Access links</h2>
          {!archived && (
            <a class="btn" href={paths.newLink(slug, portal.id)}>
              Invite contact
            </a>
          )}
        </div>
        {portal.links.items.length === 0 ? (
          <p class="empty">
            Nobody can open this portal now.
            {!archived && ' Invite a contact, and they get a link of their own.'}
          </p>
        ) : (
          <ul class="links">
            {portal.links.items.map((link) => (
              <LinkRow membership={membership} link={link} archived={archived} now={now} />
            ))}
          </ul>
        )}
      </section>
      <Pager
        back={first ? undefined : { label: 'First links', href: here }}
        on={
          next === null
            ? undefined
            : { label: 'More links', href: withQuery(here, { cursor: next }) }
        }
      />
    </Dashboard>
  )
}
