import { and, desc, eq, lt, sql } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { email, needsAttention } from '../../db/schema/emails.ts'
import { contact, link } from '../../db/schema/links.ts'
import { portal } from '../../db/schema/portals.ts'
import { pageOf, type Page, type PageInput } from '../../lib/page.ts'
import { linksOfPortal, type LinkItem } from '../links/queries.ts'

// Each reads one row of an index, whatever the portal holds. `portal.id` is spelled out: Drizzle leaves
// the table's name off in a query without joins, and a bare id would be the inner table's.
const firstContact = sql<string | null>`(
  select name from ${contact} where portal_id = portal.id order by id limit 1)`
const lastSeenAt = sql<number | null>`(
  select seen_at from ${link} where portal_id = portal.id order by seen_at desc limit 1)`

/** Whether the mail of a link that still exists did not arrive, and nobody has sent it again. */
const undelivered = sql`exists (
  select 1 from ${email} where portal_id = portal.id and ${needsAttention(email)}
  and kind = 'link' and link_id is not null)`.mapWith(Boolean)

const shown = {
  id: portal.id,
  project: portal.project,
  client: portal.client,
  currency: portal.currency,
  contact: firstContact,
  lastSeenAt,
  undelivered,
  archivedAt: portal.archivedAt,
  createdAt: portal.createdAt,
}

const select = (db: Database) => db.select(shown).from(portal)

export type PortalItem = Awaited<ReturnType<typeof select>>[number]

/** Newest first. */
export async function listPortals(
  db: Database,
  organizationId: string,
  page: PageInput,
): Promise<Page<PortalItem>> {
  const rows = await select(db)
    .where(
      and(
        eq(portal.organizationId, organizationId),
        page.cursor ? lt(portal.id, page.cursor) : undefined,
      ),
    )
    .orderBy(desc(portal.id))
    .limit(page.limit + 1)
  return pageOf(rows, page.limit)
}

const one = (db: Database, organizationId: string, id: string) =>
  select(db).where(and(eq(portal.id, id), eq(portal.organizationId, organizationId)))

export async function portalById(
  db: Database,
  organizationId: string,
  id: string,
): Promise<PortalItem | undefined> {
  const [found] = await one(db, organizationId, id)
  return found
}

export interface PortalDetail extends PortalItem {
  links: Page<LinkItem>
}

/** One portal with a page of its links, in one round trip. */
export async function portalWithLinks(
  db: Database,
  organizationId: string,
  id: string,
  page: PageInput,
): Promise<PortalDetail | undefined> {
  const [[found], links] = await db.batch([
    one(db, organizationId, id),
    linksOfPortal(db, organizationId, id, page),
  ])
  return found && { ...found, links: pageOf(links, page.limit) }
}
