import { eq, sql, type SQL } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { contact, link, linkToken } from '../../db/schema/links.ts'
import type { ApprovalState } from '../../db/schema/milestones.ts'
import { organization } from '../../db/schema/organizations.ts'
import { portal } from '../../db/schema/portals.ts'
import { FILES_SHOWN } from '../files/rules.ts'
import { MESSAGES_SHOWN } from '../messages/rules.ts'
import { billing, type Billing } from './billing.ts'
import { filesAt, type ClientFile } from './latest-files.ts'
import { at, type LinkPath } from './path.ts'
import { VISIT } from './rules.ts'
import { messagesAt, readings, type ClientMessage, type ClientReading } from './thread.ts'
import { opened, type Visit } from './visits.ts'

export interface ClientMilestone {
  id: string
  title: string
  description: string
  dueOn: string | null
  progress: number
  approval: ApprovalState | null
  approvalBy: string | null
  approvalAt: number | null
  approvalNote: string | null
  /** What it is billed at; null where nothing is. */
  bill: ClientBill | null
}

/** An amount, or a part of the portal's price; null beside an invoice that it has already. */
export interface ClientBill {
  amount: number | null
  percent: string | null
  price: number | null
  invoice: string | null
}

/** A file that the team waits for. */
export interface ClientRequest {
  id: string
  title: string
  note: string
  dueOn: string | null
  askedBy: string
}

export interface Change {
  kind: string
  actorKind: string
  actorId: string | null
  actorName: string
  data: Record<string, string>
  at: number
}

/** What the client's page shows beside the visit itself; a link to invoices alone has none of it. */
export interface Content {
  /** 0 to 100. */
  progress: number
  plan: ClientMilestone[]
  /** Newest first, one more than the page shows. */
  messages: ClientMessage[]
  readings: ClientReading[]
  /** Of the thread: it steps with every change. */
  version: number
  /** The latest, newest first. */
  files: ClientFile[]
  /** Of all of them, and their bytes. */
  fileCount: number
  fileSize: number
  /** Messages that this contact has not seen. */
  unread: number
  /** Whether they are mailed the news. */
  mailed: boolean
  /** The newest ones that are open. */
  requests: ClientRequest[]
  /** The newest entry that clients may read, messages left out: the thread itself has those. */
  latest: Change | null
  /** When the visit before this one ended; null on the first. */
  since: number | null
  /** Others' doings since then, newest first, messages left out. */
  changes: Change[]
}

/** More than so many may have happened: then what is counted says so. */
export const MOST_CHANGES = 12
const MOST_REQUESTS = 20

// Names of columns are spelled out: in a subquery a bare one would be the inner table's. Those of tables
// are too, so that the page evaluates no schema of what it reads as JSON.
/** Of what waits for a sign-off alone: the others have nothing to be paid by it. */
const bill = sql`case when approval = 'requested'
  and coalesce(amount, percent * portal.price, invoice_id) is not null then json_object(
    'amount', amount, 'percent', percent, 'price', portal.price, 'invoice', invoice_id) end`

const plan = sql`(
  select json_group_array(json_object('id', id, 'title', title, 'description', description, 'dueOn', due_on,
    'progress', progress, 'approval', approval, 'approvalBy', approval_by, 'approvalAt', approval_at,
    'approvalNote', approval_note, 'bill', ${bill}))
  from (select * from milestone where portal_id = portal.id order by position, id limit 100))`

const messages = messagesAt({ limit: MESSAGES_SHOWN })

const files = filesAt({}, FILES_SHOWN)
/** Of the partial index `file_request_open`, in its literals. */
const requests = sql`(
  select json_group_array(json_object('id', id, 'title', title, 'note', note, 'dueOn', due_on,
    'askedBy', asked_by))
  from (
    select * from file_request where portal_id = portal.id and fulfilled_at is null and closed_at is null
    order by id desc limit ${sql.raw(String(MOST_REQUESTS))}))`

const change = sql`json_object('kind', kind, 'actorKind', actor_kind, 'actorId', actor_id,
  'actorName', actor_name, 'data', json(data), 'at', at)`

/** What the partial index `activity_news` holds, in its literals. */
const isNews = sql`portal_id = portal.id and client = 1 and topic <> 'messages'`

const latest = sql`(
  select ${change} from activity where ${isNews} order by at desc limit 1)`

/** While a visit lasts, the end of the one before; from then on, its own. */
const since = (fresh: SQL | number) =>
  sql`case when link.seen_at < ${fresh} then link.seen_at else link.since_at end`

const changes = (fresh: SQL | number) => sql`(
  select json_group_array(json(change)) from (
    select ${change} as change from activity
    where ${isNews} and at > ${since(fresh)} and actor_id is not contact.id
    order by at desc limit ${sql.raw(String(MOST_CHANGES))}))`

/** All of it as one JSON text, or null where the link opens invoices alone. */
const content = (fresh: SQL | number) =>
  sql<Content | null>`case when link.scope = 'all' then json_object(
    'progress', portal.progress, 'plan', json(${plan}), 'messages', json(${messages}), 'readings', json(${readings}),
    'files', json(${files}), 'fileCount', portal.files, 'fileSize', portal.files_size,
    'version', portal.thread, 'unread', contact.unread, 'mailed', json(iif(contact.unsubscribed_at is null, 'true', 'false')),
    'requests', json(${requests}), 'latest', json(${latest}), 'since', ${since(fresh)}, 'changes', json(${changes(fresh)})) end`.mapWith(
    (text: string): Content => JSON.parse(text),
  )

export interface Page extends Visit {
  content: Content | null
  billing: Billing
}

const byHash = (db: Database) =>
  db
    .select({
      ...opened,
      replacedAt: linkToken.replacedAt,
      content: content(sql`${sql.placeholder('fresh')}`),
      billing,
    })
    .from(linkToken)
    .innerJoin(link, eq(link.id, linkToken.linkId))
    .innerJoin(contact, eq(contact.id, link.contactId))
    .innerJoin(portal, eq(portal.id, link.portalId))
    .innerJoin(organization, eq(organization.id, link.organizationId))
    .where(eq(linkToken.hash, sql.placeholder('hash')))
    .prepare()

const prepared = new WeakMap<Database, ReturnType<typeof byHash>>()

/** The whole page that a token opens, in one statement. The link may be dead: ask `linkState`. */
export async function pageByHash(
  db: Database,
  hash: string,
  now: number,
): Promise<Page | undefined> {
  let query = prepared.get(db)
  if (!query) prepared.set(db, (query = byHash(db)))
  const [row] = await query.execute({ hash, fresh: now - VISIT })
  return row
}

/** The same for a member who looks through a client's eyes. */
export async function pageByLink(
  db: Database,
  organizationId: string,
  path: LinkPath,
  now: number,
): Promise<Page | undefined> {
  const [row] = await db
    .select({ ...opened, replacedAt: sql<null>`null`, content: content(now - VISIT), billing })
    .from(link)
    .innerJoin(contact, eq(contact.id, link.contactId))
    .innerJoin(portal, eq(portal.id, link.portalId))
    .innerJoin(organization, eq(organization.id, link.organizationId))
    .where(at(organizationId, path))
  return row
}
