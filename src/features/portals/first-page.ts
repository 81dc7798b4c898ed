import { eq } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { portal } from '../../db/schema/portals.ts'
import { pageOf, type Page } from '../../lib/page.ts'
import { glanceOf, glanceStatements, type Glance } from '../glance/queries.ts'
import type { ListPortals } from './input.ts'
import { cursorAt, listing, type PortalItem } from './queries.ts'

export interface PortalPage extends Page<PortalItem> {
  /** Whether the organisation has a portal at all, whatever this page shows. */
  any: boolean
}

const one = (db: Database, organizationId: string) =>
  db
    .select({ id: portal.id })
    .from(portal)
    .where(eq(portal.organizationId, organizationId))
    .limit(1)

const pageOfPortals = (rows: PortalItem[], { limit, sort }: ListPortals) =>
  pageOf(rows, limit, cursorAt[sort])

/** A page of the list and what an empty one has to say, in one round trip. */
export async function portalPage(
  db: Database,
  organizationId: string,
  input: ListPortals,
): Promise<PortalPage> {
  const rows = listing(db, organizationId, input)
  const some = one(db, organizationId)
  const [found, items] = rows ? await db.batch([some, rows]) : [await some, []]
  return { ...pageOfPortals(items, input), any: found.length > 0 }
}

/** The first page of all, with money at a glance, in one round trip as well. */
export async function firstPage(
  db: Database,
  organizationId: string,
  input: ListPortals,
  money: { today: string; own: string },
): Promise<PortalPage & { glance: Glance | undefined }> {
  const rows = listing(db, organizationId, input)
  if (!rows) return { items: [], next: null, any: true, glance: undefined }
  const [found, items, ...seen] = await db.batch([
    one(db, organizationId),
    rows,
    ...glanceStatements(db, organizationId, money.today),
  ])
  const any = found.length > 0
  return { ...pageOfPortals(items, input), any, glance: any ? glanceOf(seen, money) : undefined }
}
