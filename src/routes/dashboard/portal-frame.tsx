import type { PropsWithChildren } from 'hono/jsx'
import type { Membership, Person } from '../../features/organizations/queries.ts'
import type { PortalItem } from '../../features/portals/queries.ts'
import { paths, withQuery } from '../../paths.ts'
import { Dashboard } from '../../ui/dashboard.tsx'
import { Ago } from '../../ui/time.tsx'
import { ArchivedNotice, PortalMenu } from './portal-menu.tsx'

export type PortalTab =
  'overview' | 'milestones' | 'messages' | 'files' | 'requests' | 'invoices' | 'access' | 'activity'

interface PortalFrameProps {
  person: Person
  membership: Membership
  portal: PortalItem
  tab: PortalTab
  now: number
}

/** What stands around every page of one portal: its name, what can be done with it, and its tabs. */
export const PortalFrame = ({
  person,
  membership,
  portal,
  tab,
  now,
  children,
}: PropsWithChildren<PortalFrameProps>) => {
  const { organization } = membership
  const { slug } = organization
  const archived = portal.archivedAt !== null
  const entry = (key: PortalTab, href: string, label: string, count = 0, of = '') => (
    <a href={href} {...(tab === key ? { 'aria-current': 'page' } : {})}>
      {label}
      <span data-part={`tab-${key}`}>
        {count > 0 && (
          <i>
            {count}
            <span class="unseen"> {of}</span>
          </i>
        )}
      </span>
    </a>
  )
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
            <Ago at={portal.createdAt} now={now} clock={organization} /> ·{' '}
            <span data-overall>{portal.progress}%</span> complete
          </p>
        </div>
        <PortalMenu membership={membership} portal={portal} />
      </div>
      <nav class="tabs" aria-label="Portal">
        {entry('overview', paths.portalOf(slug, portal.id), 'Overview')}
        {entry('milestones', paths.milestones(slug, portal.id), 'Milestones')}
        {entry('messages', paths.messages(slug, portal.id), 'Messages', portal.unread, 'unread')}
        {entry(
          'files',
          paths.files(slug, portal.id),
          'Files',
          portal.files,
          portal.files === 1 ? 'file' : 'files',
        )}
        {entry('requests', paths.fileRequests(slug, portal.id), 'Requests')}
        {entry(
          'invoices',
          paths.invoicesOf(slug, portal.id),
          'Invoices',
          portal.invoices,
          portal.invoices === 1 ? 'invoice' : 'invoices',
        )}
        {entry('access', paths.links(slug, portal.id), 'Access')}
        {entry('activity', paths.portalActivity(slug, portal.id), 'Activity')}
      </nav>
      <ArchivedNotice membership={membership} portal={portal} now={now} />
      {children}
    </Dashboard>
  )
}
