import { and, isNull, sql } from 'drizzle-orm'
import type { TenantCtx } from '../../ctx.ts'
import { commit, mustChange } from '../../db/batch.ts'
import { invoice, payment } from '../../db/schema/invoices.ts'
import { ok } from '../../lib/result.ts'
import { record } from '../activity/record.ts'
import { enqueueStatement } from '../documents/enqueue.ts'
import { followBalance } from '../payments/follow.ts'
import { again, conflict, home, issued, type Answer } from './guards.ts'
import { mayVoid } from './ledger.ts'
import { freeMilestone } from './milestone.ts'
import { at, type InvoiceItem, type InvoicePath } from './queries.ts'

const facts = ({ id, number }: InvoiceItem) => ({ invoice: id, number: number ?? '' })

/** The rule `mayVoid`, in SQL. */
const voidable = sql`${invoice.status} = 'open'
  and ${invoice.paid} - ${invoice.refunded} - ${invoice.reversed} <= 0
  and not exists (select 1 from ${payment} where invoice_id = ${invoice.id} and state = 'pending')`

/** Nothing is owed on it any more. Its number stays, and so does why. */
export async function voidInvoice(
  ctx: TenantCtx,
  path: InvoicePath,
  { reason }: { reason: string },
): Answer {
  const found = await issued(ctx, 'invoice.void', path)
  if (!found.ok) return found
  const was = found.value
  if (was.status === 'void') return found
  if (was.status !== 'open') return conflict('invoice-not-open')
  if (!mayVoid(was, was.ledger)) return conflict('invoice-money-held')
  const written = await commit(ctx, [
    ctx.db
      .update(invoice)
      .set({
        status: 'void',
        voidedAt: ctx.now,
        voidReason: reason,
        balance: 0,
        credit: 0,
        version: sql`${invoice.version} + 1`,
      })
      .where(and(at(ctx.organization.id, path), voidable)),
    mustChange,
    freeMilestone(ctx, was),
    record(ctx, { kind: 'invoice.voided', portalId: was.portalId, data: facts(was) }),
    enqueueStatement(ctx, home(ctx, was.portalId)),
    ...followBalance(ctx, was.id),
  ])
  const now = await again(ctx, path)
  if (written.ok || !now.ok || now.value.status === 'void') return now
  return conflict(now.value.status === 'open' ? 'invoice-money-held' : 'invoice-not-open')
}

/** A retainer that is not paid again from now on. */
export async function endInvoice(ctx: TenantCtx, path: InvoicePath): Answer {
  const found = await issued(ctx, 'invoice.end', path)
  if (!found.ok) return found
  const was = found.value
  if (was.status === 'void') return conflict('invoice-void')
  if (!was.repeatable) return conflict('invoice-not-repeatable')
  if (was.endedAt !== null) return ok(was)
  await commit(ctx, [
    ctx.db
      .update(invoice)
      .set({ endedAt: ctx.now, version: sql`${invoice.version} + 1` })
      .where(and(at(ctx.organization.id, path), isNull(invoice.endedAt))),
    mustChange,
    record(ctx, { kind: 'invoice.ended', portalId: was.portalId, data: facts(was) }),
    ...followBalance(ctx, was.id),
  ])
  return again(ctx, path)
}
