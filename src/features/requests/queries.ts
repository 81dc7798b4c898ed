import { and, desc, eq, lt, sql } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { file, fileRequest, fileVersion } from '../../db/schema/files.ts'
import { pageOf, type Page, type PageInput } from '../../lib/page.ts'
import { portalStatement, type PortalItem } from '../portals/queries.ts'

export type RequestItem = typeof fileRequest.$inferSelect

export interface RequestPath {
  portal: string
  request: string
}

/** One request of one portal of one organisation: a path that is wrong anywhere leads nowhere. */
export const at = (organizationId: string, path: RequestPath) =>
  and(
    eq(fileRequest.id, path.request),
    eq(fileRequest.portalId, path.portal),
    eq(fileRequest.organizationId, organizationId),
  )

export async function requestById(
  db: Database,
  organizationId: string,
  path: RequestPath,
): Promise<RequestItem | undefined> {
  const [row] = await db.select().from(fileRequest).where(at(organizationId, path))
  return row
}

const newest = (organizationId: string, portalId: string, { cursor }: PageInput) =>
  and(
    eq(fileRequest.portalId, portalId),
    eq(fileRequest.organizationId, organizationId),
    cursor ? lt(fileRequest.id, cursor) : undefined,
  )

/** A page of a portal's requests, newest first; undefined where there is no such portal. */
export async function listRequests(
  db: Database,
  organizationId: string,
  portalId: string,
  page: PageInput,
): Promise<Page<RequestItem> | undefined> {
  const [[portal], rows] = await db.batch([
    portalStatement(db, organizationId, portalId),
    db
      .select()
      .from(fileRequest)
      .where(newest(organizationId, portalId, page))
      .orderBy(desc(fileRequest.id))
      .limit(page.limit + 1),
  ])
  return portal && pageOf(rows, page.limit)
}

/** A file that came for a request, as it is called now. */
interface CameFor {
  file: string
  name: string
  by: string
}

/** Of those that came for one request, the first ones that are still there. */
const MOST_CAME = 5

const came = sql`(
  select json_group_array(json_object('file', file, 'name', name, 'by', sender)) from (
    select f.id as file, f.name as name, v."by" as sender
    from ${fileVersion} v join ${file} f on f.id = v.file_id and f.deleted_at is null
    where v.request_id = file_request.id
    order by v.id limit ${sql.raw(String(MOST_CAME))}))`.mapWith((text: string): CameFor[] =>
  JSON.parse(text),
)

const withFiles = (db: Database, organizationId: string, portalId: string, page: PageInput) =>
  db
    .select({
      id: fileRequest.id,
      title: fileRequest.title,
      note: fileRequest.note,
      dueOn: fileRequest.dueOn,
      askedBy: fileRequest.askedBy,
      createdAt: fileRequest.createdAt,
      fulfilledAt: fileRequest.fulfilledAt,
      fulfilledBy: fileRequest.fulfilledBy,
      closedAt: fileRequest.closedAt,
      came,
    })
    .from(fileRequest)
    .where(newest(organizationId, portalId, page))
    .orderBy(desc(fileRequest.id))
    .limit(page.limit + 1)

export type RequestShown = Awaited<ReturnType<typeof withFiles>>[number]

export interface PortalRequests {
  portal: PortalItem
  requests: Page<RequestShown>
}

/** The same with its portal and the files that came, in one round trip. */
export async function portalRequests(
  db: Database,
  organizationId: string,
  portalId: string,
  page: PageInput,
): Promise<PortalRequests | undefined> {
  const [[portal], rows] = await db.batch([
    portalStatement(db, organizationId, portalId),
    withFiles(db, organizationId, portalId, page),
  ])
  return portal && { portal, requests: pageOf(rows, page.limit) }
}
