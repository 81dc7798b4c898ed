import { and, asc, desc, eq, gt, isNull, lt, sql } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { message, reading, type AuthorKind } from '../../db/schema/messages.ts'
import { portal } from '../../db/schema/portals.ts'
import { pageOf, type Page } from '../../lib/page.ts'
import { portalStatement, type PortalItem } from '../portals/queries.ts'
import type { InboxInput } from './input.ts'
import { threadPage, type Place, type ThreadPage } from './rules.ts'

export type MessageItem = typeof message.$inferSelect

/** How many people's marks a thread shows: those who have read furthest. */
const MOST_READERS = 50

interface Shown extends Place {
  /** What the team has put away too. */
  archived: boolean
}

/** One more than the page shows, the nearest to where it starts first. */
function messagesAt(db: Database, organizationId: string, portalId: string, at: Shown) {
  const placeOf = (id: string) =>
    sql`(select seq from ${message} where id = ${id} and portal_id = ${portalId})`
  const { limit, cursor, after, archived } = at
  return db
    .select()
    .from(message)
    .where(
      and(
        eq(message.portalId, portalId),
        eq(message.organizationId, organizationId),
        archived ? undefined : isNull(message.archivedAt),
        cursor === undefined ? undefined : lt(message.seq, placeOf(cursor)),
        after === undefined ? undefined : gt(message.seq, placeOf(after)),
      ),
    )
    .orderBy(after === undefined ? desc(message.seq) : asc(message.seq))
    .limit(limit + 1)
}

const readingsOf = (db: Database, organizationId: string, portalId: string) =>
  db
    .select({
      kind: reading.readerKind,
      id: reading.readerId,
      name: reading.readerName,
      seq: reading.seq,
      at: reading.at,
    })
    .from(reading)
    .where(and(eq(reading.portalId, portalId), eq(reading.organizationId, organizationId)))
    .orderBy(desc(reading.seq))
    .limit(MOST_READERS)

export type ReadingItem = Awaited<ReturnType<typeof readingsOf>>[number]

const versionOf = (db: Database, organizationId: string, portalId: string) =>
  db
    .select({ version: portal.thread })
    .from(portal)
    .where(and(eq(portal.id, portalId), eq(portal.organizationId, organizationId)))

export interface Thread {
  /** Steps with every change: what an ETag is made of. */
  version: number
  page: ThreadPage<MessageItem>
  readings: ReadingItem[]
}

/** One page of a thread with who has read how far, in one round trip. */
export async function threadOf(
  db: Database,
  organizationId: string,
  portalId: string,
  at: Shown,
): Promise<Thread | undefined> {
  const [[head], rows, readings] = await db.batch([
    versionOf(db, organizationId, portalId),
    messagesAt(db, organizationId, portalId, at),
    readingsOf(db, organizationId, portalId),
  ])
  return head && { ...head, page: threadPage(rows, at), readings }
}

export interface PortalThread extends Thread {
  portal: PortalItem
}

/** The same with the portal around it, for the team's page. */
export async function portalThread(
  db: Database,
  organizationId: string,
  portalId: string,
  at: Shown,
): Promise<PortalThread | undefined> {
  const [[found], [head], rows, readings] = await db.batch([
    portalStatement(db, organizationId, portalId),
    versionOf(db, organizationId, portalId),
    messagesAt(db, organizationId, portalId, at),
    readingsOf(db, organizationId, portalId),
  ])
  return found && head && { portal: found, ...head, page: threadPage(rows, at), readings }
}

export interface MessagePath {
  portal: string
  message: string
}

const oneMessage = (db: Database, organizationId: string, path: MessagePath) =>
  db
    .select()
    .from(message)
    .where(
      and(
        eq(message.id, path.message),
        eq(message.portalId, path.portal),
        eq(message.organizationId, organizationId),
      ),
    )

export async function messageById(
  db: Database,
  organizationId: string,
  path: MessagePath,
): Promise<MessageItem | undefined> {
  const [row] = await oneMessage(db, organizationId, path)
  return row
}

/** One message with who has read how far, in one round trip. */
export async function messageWithReadings(
  db: Database,
  organizationId: string,
  path: MessagePath,
): Promise<{ message: MessageItem; readings: ReadingItem[] } | undefined> {
  const [[found], readings] = await db.batch([
    oneMessage(db, organizationId, path),
    readingsOf(db, organizationId, path.portal),
  ])
  return found && { message: found, readings }
}

interface Snippet {
  author: string
  kind: AuthorKind
  body: string
}

/** The newest words of a thread that are not put away: one row of an index. */
const latest = sql<string | null>`(
  select json_object('author', author_name, 'kind', author_kind, 'body', substr(body, 1, 300))
  from ${message} where portal_id = portal.id and archived_at is null
  order by seq desc limit 1)`.mapWith((text: string): Snippet => JSON.parse(text))

const inboxRow = {
  id: portal.id,
  project: portal.project,
  client: portal.client,
  unread: portal.unread,
  lastMessageAt: sql<number>`${portal.lastMessageAt}`,
  latest,
}

const inboxRows = (db: Database) => db.select(inboxRow).from(portal)
export type InboxItem = Awaited<ReturnType<typeof inboxRows>>[number]

/**
 * The threads of an organisation's active portals, whose last words are newest first. What the partial
 * indexes are about is written in literals, so that SQLite knows them.
 */
export async function inboxOf(
  db: Database,
  organizationId: string,
  { limit, cursor, unread }: InboxInput,
): Promise<Page<InboxItem>> {
  const [at, id] = cursor?.split('.') ?? []
  const rows = await inboxRows(db)
    .where(
      and(
        eq(portal.organizationId, organizationId),
        unread ? sql`${portal.unread} > 0` : sql`${portal.lastMessageAt} is not null`,
        isNull(portal.archivedAt),
        at === undefined
          ? undefined
          : sql`(${portal.lastMessageAt}, ${portal.id}) < (${Number(at)}, ${id})`,
      ),
    )
    .orderBy(desc(portal.lastMessageAt), desc(portal.id))
    .limit(limit + 1)
  return pageOf(rows, limit, (row) => `${row.lastMessageAt}.${row.id}`)
}
