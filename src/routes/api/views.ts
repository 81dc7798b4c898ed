import type { EmailItem } from '../../features/emails/queries.ts'
import type { LinkItem } from '../../features/links/queries.ts'
import type { ClientFile } from '../../features/links/latest-files.ts'
import type { ClientMessage } from '../../features/links/thread.ts'
import type { Visit } from '../../features/links/visits.ts'
import { linkState } from '../../features/links/rules.ts'
import type { ClientMilestone, ClientRequest, Content } from '../../features/links/content.ts'
import type { MilestoneItem, Move } from '../../features/milestones/queries.ts'
import { overdueSum } from '../../features/invoices/rules.ts'
import { nextOf } from '../../features/milestones/rules.ts'
import type { MessageItem } from '../../features/messages/queries.ts'
import { MESSAGES_SHOWN, seenBy } from '../../features/messages/rules.ts'
import type { PortalItem } from '../../features/portals/queries.ts'
import type { PortalStatus } from '../../features/portals/rules.ts'
import { brandOf } from '../../ui/brand.ts'

const iso = (at: number): string => new Date(at).toISOString()
const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at))

const statusOf = ({ archivedAt }: { archivedAt: number | null }): PortalStatus =>
  archivedAt === null ? 'active' : 'archived'

/** `today` is where the organisation is. */
export const portalView = (portal: PortalItem, today: string) => ({
  id: portal.id,
  project: portal.project,
  client: portal.client,
  currency: portal.currency,
  price: portal.price,
  buyer: portal.buyer,
  status: statusOf(portal),
  progress: portal.progress,
  nextMilestone:
    portal.nextTitle === null ? null : { title: portal.nextTitle, dueOn: portal.nextDueOn },
  outstanding: portal.outstanding,
  overdue: overdueSum(portal.owed, today),
  unread: portal.unread,
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

type Shown = Omit<ClientMilestone, 'bill'>

const approvalView = ({ approval, approvalBy, approvalAt, approvalNote }: Shown) =>
  approval === null
    ? null
    : { state: approval, by: approvalBy, at: isoOrNull(approvalAt), note: approvalNote || null }

/** A milestone as its client sees it. */
export const clientMilestoneView = (milestone: Shown) => ({
  id: milestone.id,
  title: milestone.title,
  description: milestone.description,
  dueOn: milestone.dueOn,
  progress: milestone.progress,
  approval: approvalView(milestone),
})

export const milestoneView = (milestone: MilestoneItem) => ({
  ...clientMilestoneView(milestone),
  amount: milestone.amount,
  percent: milestone.percent,
  invoice: milestone.invoiceId,
  weight: milestone.weight,
  position: milestone.position,
  version: milestone.version,
})

export const moveView = ({ by, at }: Move) => ({ by, at: iso(at) })

/** What a link to everything opens besides. */
function contentView({ progress, plan, unread, messages, readings, files, requests }: Content) {
  const next = nextOf(plan)
  return {
    progress,
    nextMilestone: next ? { title: next.title, dueOn: next.dueOn } : null,
    milestones: plan.map(clientMilestoneView),
    unread,
    messages: messages.slice(0, MESSAGES_SHOWN).map((message) => messageView(message, readings)),
    files: files.map(fileView),
    fileRequests: requests.map(clientRequestView),
  }
}

/** An open one, as its client sees it. */
const clientRequestView = ({ id, title, note, dueOn, askedBy }: ClientRequest) => ({
  id,
  title,
  note,
  dueOn,
  askedBy,
  fulfilledAt: null,
})

type Readings = Parameters<typeof seenBy>[1]

/** A message as both sides read it. */
export const messageView = (message: ClientMessage, readings: Readings) => ({
  id: message.id,
  body: message.body,
  author: { kind: message.authorKind, name: message.authorName },
  createdAt: iso(message.createdAt),
  seen: seenBy(message, readings).map(({ name, at }) => ({ name, at: iso(at) })),
})

/** A file as both sides see it. */
export const fileView = (file: ClientFile) => ({
  id: file.id,
  name: file.name,
  folder: file.folder,
  size: file.size,
  contentType: file.contentType,
  version: file.version,
  source: file.source,
  by: file.by,
  createdAt: iso(file.createdAt),
})

/** Whether it was put away is the team's to know. */
export const teamMessageView = (message: MessageItem, readings: Readings) => ({
  ...messageView(message, readings),
  archivedAt: isoOrNull(message.archivedAt),
})

/** `content` is null for a link to invoices alone, which leaves its fields out. */
export const clientView = (visit: Visit, content: Content | null, appUrl: string) => ({
  project: visit.project,
  client: visit.client,
  currency: visit.currency,
  status: statusOf(visit),
  organization: brandOf(visit.organization, appUrl),
  contact: { name: visit.contactName },
  scope: visit.scope,
  ...(content && contentView(content)),
})
