import { and, isNull, lt, lte, or, sql } from 'drizzle-orm'
import type { TenantCtx } from '../../ctx.ts'
import { commit } from '../../db/batch.ts'
import { job } from '../../db/schema/jobs.ts'
import { paymentLink } from '../../db/schema/payments.ts'
import { followBalance } from './follow.ts'

/** From then on a job keeps its pauses, however often somebody asks: Stripe is not to be hammered. */
const HURRIED = 5

/** Somebody wants to pay and there is no link yet: has it made now, whatever became of it before. */
export async function hurryLink(ctx: TenantCtx, invoiceId: string): Promise<void> {
  await commit(ctx, [
    ...followBalance(ctx, invoiceId),
    ctx.db
      .update(job)
      .set({ nextAt: sql`min(${job.nextAt}, ${ctx.now})` })
      .where(
        and(
          sql`${job.key} = (
            select 'link.make:' || l.id from ${paymentLink} l
            where l.invoice_id = ${invoiceId} and l.state <> 'off')`,
          lt(job.attempts, HURRIED),
          or(isNull(job.heldUntil), lte(job.heldUntil, ctx.now)),
        ),
      ),
  ])
}
