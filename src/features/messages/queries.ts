import { and, desc, eq, isNotNull, isNull, lt, sql } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { message, reading } from '../../db/schema/messages.ts'
import { portal } from '../../db/schema/portals.ts'
import { pageOf, type Page } from '../../lib/page.ts'
import type { InboxInput, ListMessages } from './input.ts'

export type MessageItem = typeof message.$inferSelect
export type ReadingItem = Pick<
  typeof reading.$inferSelect,
  'readerKind' | 'readerId' | 'readerName' | 'at'
>

/** How many people's marks a thread shows: those who looked last. */
const MOST_READERS = 50

/** The newest messages of a thread, one more than the page shows. */
export const newestMessages = (
  db: Database,
  organizationId: string,
  portalId: string,
  { limit, cursor, archived }: ListMessages,
) =>
  db
    .select()
    .from(message)
    .where(
      and(
        eq(message.portalId, portalId),
        eq(message.organizationId, organizationId),
        archived ? undefined : isNull(message.archivedAt),
        cursor ? lt(message.id, cursor) : undefined,
      ),
    )
    .orderBy(desc(message.id))
    .limit(limit + 1)

export const readingsOf = (db: Database, organizationId: string, portalId: string) =>
  db
    .select({
      readerKind: reading.readerKind,
      readerId: reading.readerId,
      readerName: reading.readerName,
      at: reading.at,
    })
    .from(reading)
    .where(and(eq(reading.portalId, portalId), eq(reading.organizationId, organizationId)))
    .limit(MOST_READERS)

const headOf = (db: Database, organizationId: string, portalId: string) =>
  db
    .select({ thread: portal.thread, unread: portal.unread })
    .from(portal)
    .where(and(eq(portal.id, portalId), eq(portal.organizationId, organizationId)))

export interface Thread {
  /** What an ETag is made of: it steps with every change. */
  version: number
  /** Of the team. */
  unread: number
  messages: Page<MessageItem>
  readings: ReadingItem[]
}

/** One page of a thread with who has read how far, in one round trip. */
export async function threadOf(
  db: Database,
  organizationId: string,
  portalId: string,
  input: ListMessages,
): Promise<Thread | undefined> {
  const [[head], rows, readings] = await db.batch([
    headOf(db, organizationId, portalId),
    newestMessages(db, organizationId, portalId, input),
    readingsOf(db, organizationId, portalId),
  ])
  if (!head) return undefined
  const { thread, unread } = head
  return { version: thread, unread, messages: pageOf(rows, input.limit), readings }
}

export async function messageById(
  db: Database,
  organizationId: string,
  path: { portal: string; message: string },
): Promise<MessageItem | undefined> {
  const [row] = await db
    .select()
    .from(message)
    .where(
      and(
        eq(message.id, path.message),
        eq(message.portalId, path.portal),
        eq(message.organizationId, organizationId),
      ),
    )
  return row
}

/** The newest words of a thread that are not put away: one row of an index. */
const latest = sql<string | null>`(
  select json_object('author', author_name, 'kind', author_kind, 'body', substr(body, 1, 200))
  from ${message} where portal_id = portal.id and archived_at is null order by id desc limit 1)`.mapWith(
  (text: string): { author: string; kind: 'member' | 'contact'; body: string } => JSON.parse(text),
)

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

/** The threads of an organisation, whose last words are newest first. */
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
        isNotNull(portal.lastMessageAt),
        // In literals, so that SQLite knows the partial index.
        unread ? sql`${portal.unread} > 0` : undefined,
        at === undefined
          ? undefined
          : sql`(${portal.lastMessageAt}, ${portal.id}) < (${Number(at)}, ${id})`,
      ),
    )
    .orderBy(desc(portal.lastMessageAt), desc(portal.id))
    .limit(limit + 1)
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  const next = rows.length > limit && last ? `${last.lastMessageAt}.${last.id}` : null
  return { items, next }
}
