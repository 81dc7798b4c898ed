import type { EmailItem } from '../../features/emails/queries.ts'
import type { LinkItem } from '../../features/links/queries.ts'
import type { Visit } from '../../features/links/visits.ts'
import { linkState } from '../../features/links/rules.ts'
import type { PortalItem } from '../../features/portals/queries.ts'
import type { PortalStatus } from '../../features/portals/rules.ts'
import { brandOf } from '../../ui/brand.ts'

const iso = (at: number): string => new Date(at).toISOString()
const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at))

const statusOf = ({ archivedAt }: { archivedAt: number | null }): PortalStatus =>
  archivedAt === null ? 'active' : 'archived'

export const portalView = (portal: PortalItem) => ({
  id: portal.id,
  project: portal.project,
  client: portal.client,
  currency: portal.currency,
  status: statusOf(portal),
  outstanding: portal.outstanding,
  lastActivityAt: iso(portal.lastActivityAt),
  lastSeenAt: isoOrNull(portal.lastSeenAt),
  createdAt: iso(portal.createdAt),
})

/** A link without its address. */
export const linkView = (link: LinkItem, now: number) => ({
  id: link.id,
  contact: { name: link.contact.name, email: link.contact.email },
  scope: link.scope,
  state: linkState(link, now),
  expiresAt: isoOrNull(link.expiresAt),
  lastSeenAt: isoOrNull(link.seenAt),
  seenCount: link.seenCount,
  email: link.email && { status: link.email.status, at: iso(link.email.at) },
})

export const emailView = (mail: EmailItem) => ({
  id: mail.id,
  portal: mail.portalId,
  kind: mail.kind,
  to: mail.to,
  status: mail.state,
  at: iso(mail.stateAt),
  reason: mail.reason,
  retriedBy: mail.retriedBy,
  createdAt: iso(mail.createdAt),
})

export const clientView = (visit: Visit, appUrl: string) => ({
  project: visit.project,
  client: visit.client,
  status: statusOf(visit),
  organization: brandOf(visit.organization, appUrl),
  contact: { name: visit.contactName },
  scope: visit.scope,
})
