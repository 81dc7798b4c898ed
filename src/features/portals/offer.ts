import { and, eq, sql } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { portal } from '../../db/schema/portals.ts'
import { offer, type Offer, type Selection } from '../files/archive-rows.ts'
import { portalStatement, type PortalItem } from './queries.ts'

/** The files that are meant, in a portal of one organisation, with the portal around them. */
export async function portalOffer(
  db: Database,
  organizationId: string,
  portalId: string,
  selection: Selection,
): Promise<(Offer & { portal: PortalItem }) | undefined> {
  const [[found], [offered]] = await db.batch([
    portalStatement(db, organizationId, portalId),
    db
      .select({
        offer: sql<Offer>`${offer(selection)}`.mapWith((text: string): Offer => JSON.parse(text)),
      })
      .from(portal)
      .where(and(eq(portal.id, portalId), eq(portal.organizationId, organizationId))),
  ])
  return found && offered && { ...offered.offer, portal: found }
}
