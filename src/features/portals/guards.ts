import { and, eq, sql, type SQL } from 'drizzle-orm'
import type { TenantCtx } from '../../ctx.ts'
import { portal } from '../../db/schema/portals.ts'
import type { Failure } from '../../lib/failure.ts'

/** Only a portal that is not archived takes changes. */
export const portalIsOpen = (portalId: string, organizationId: string): SQL => sql`exists (
  select 1 from ${portal} where id = ${portalId} and organization_id = ${organizationId} and archived_at is null)`

/** Why a guarded change did not land: the portal is gone or archived, or somebody was faster. */
export async function whyNot(ctx: TenantCtx, portalId: string): Promise<Failure> {
  const [found] = await ctx.db
    .select({ archivedAt: portal.archivedAt })
    .from(portal)
    .where(and(eq(portal.id, portalId), eq(portal.organizationId, ctx.organization.id)))
  if (!found) return { kind: 'missing' }
  const reason = found.archivedAt === null ? 'changed-meanwhile' : 'portal-archived'
  return { kind: 'conflict', reason }
}
