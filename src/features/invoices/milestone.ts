import { and, eq, isNull } from 'drizzle-orm'
import type { TenantCtx } from '../../ctx.ts'
import { mustChange, type Statement } from '../../db/batch.ts'
import { milestone } from '../../db/schema/milestones.ts'
import type { InvoiceItem } from './queries.ts'

/** A milestone is billed once. */
export const billMilestone = (
  ctx: TenantCtx,
  { portalId, milestoneId }: { portalId: string; milestoneId: string },
  invoiceId: string,
): Statement[] => [
  ctx.db
    .update(milestone)
    .set({ invoiceId })
    .where(
      and(
        eq(milestone.id, milestoneId),
        eq(milestone.portalId, portalId),
        eq(milestone.organizationId, ctx.organization.id),
        isNull(milestone.invoiceId),
      ),
    ),
  mustChange,
]

/** What was billed by an invoice can be billed by another. */
export const freeMilestone = (ctx: TenantCtx, { id, portalId }: InvoiceItem): Statement =>
  ctx.db
    .update(milestone)
    .set({ invoiceId: null })
    .where(
      and(
        eq(milestone.portalId, portalId),
        eq(milestone.organizationId, ctx.organization.id),
        eq(milestone.invoiceId, id),
      ),
    )
