import { eq, sql, type SQL } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { contact, link, linkToken } from '../../db/schema/links.ts'
import type { AuthorKind } from '../../db/schema/messages.ts'
import { organization } from '../../db/schema/organizations.ts'
import { portal } from '../../db/schema/portals.ts'
import { threadPage, type Place, type ThreadPage } from '../messages/rules.ts'
import { opened, type Visit } from './visits.ts'

export interface ClientMessage {
  id: string
  authorKind: AuthorKind
  authorId: string
  authorName: string
  body: string
  seq: number
  createdAt: number
}

export interface ClientReading {
  kind: AuthorKind
  id: string
  name: string
  seq: number
  at: number
}

/** Those who have read furthest: enough to name one of the others. */
const READERS_SHOWN = 6

const placeOf = (id: string): SQL =>
  sql`(select seq from message where id = ${id} and portal_id = portal.id)`

/** One more message than a page shows, the nearest to where it starts first, as one JSON text. */
export function messagesAt({ limit, cursor, after }: Place): SQL {
  const from =
    after !== undefined
      ? sql`and seq > ${placeOf(after)}`
      : cursor !== undefined
        ? sql`and seq < ${placeOf(cursor)}`
        : sql``
  const order = after === undefined ? sql`desc` : sql`asc`
  return sql`(
    select json_group_array(json_object('id', id, 'authorKind', author_kind, 'authorId', author_id,
      'authorName', author_name, 'body', body, 'seq', seq, 'createdAt', created_at))
    from (
      select * from message where portal_id = portal.id and archived_at is null ${from}
      order by seq ${order} limit ${sql.raw(String(limit + 1))}))`
}

export const readings = sql`(
  select json_group_array(json_object('kind', reader_kind, 'id', reader_id, 'name', reader_name,
    'seq', seq, 'at', at))
  from (
    select * from reading where portal_id = portal.id order by seq desc
    limit ${sql.raw(String(READERS_SHOWN))}))`

interface Row {
  version: number
  messages: ClientMessage[]
  readings: ClientReading[]
}

/** A page of the thread as a client sees it. */
export interface ClientThread {
  version: number
  page: ThreadPage<ClientMessage>
  readings: ClientReading[]
}

/** What a token opens with a page of its thread, in one statement; no thread for invoices alone. */
export async function threadByHash(
  db: Database,
  hash: string,
  place: Place,
): Promise<(Visit & { thread: ClientThread | null }) | undefined> {
  const [row] = await db
    .select({
      ...opened,
      replacedAt: linkToken.replacedAt,
      thread:
        sql<Row | null>`case when link.scope = 'all' then json_object('version', portal.thread,
        'messages', json(${messagesAt(place)}), 'readings', json(${readings})) end`.mapWith(
          (text: string): Row => JSON.parse(text),
        ),
    })
    .from(linkToken)
    .innerJoin(link, eq(link.id, linkToken.linkId))
    .innerJoin(contact, eq(contact.id, link.contactId))
    .innerJoin(portal, eq(portal.id, link.portalId))
    .innerJoin(organization, eq(organization.id, link.organizationId))
    .where(eq(linkToken.hash, hash))
  if (!row) return undefined
  const { thread, ...visit } = row
  return {
    ...visit,
    thread: thread && {
      version: thread.version,
      page: threadPage(thread.messages, place),
      readings: thread.readings,
    },
  }
}
