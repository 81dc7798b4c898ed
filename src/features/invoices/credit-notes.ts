import { sql } from 'drizzle-orm'
import type { TenantCtx } from '../../ctx.ts'
import { commit, mustHold } from '../../db/batch.ts'
import { creditNote, invoice } from '../../db/schema/invoices.ts'
import { dayOf } from '../../lib/day.ts'
import { newId } from '../../lib/id.ts'
import { formatMoney } from '../../lib/money.ts'
import { enqueueDocument, enqueueStatement } from '../documents/enqueue.ts'
import { followBalance } from '../payments/follow.ts'
import { again, conflict, home, invoiceWhere, issued, wrong, type Answer } from './guards.ts'
import type { CreateCreditNote } from './input.ts'
import { owedOf } from './ledger.ts'
import { drawNumber, recordDrawn } from './numbers.ts'
import { priced } from './pricing.ts'
import type { InvoicePath } from './queries.ts'
import { settle } from './settle.ts'

const tooMuch = () => wrong('lines', 'This is more than is left of the invoice.')

/** Takes back what an issued invoice should not have asked for, at most what is left of it. */
export async function createCreditNote(
  ctx: TenantCtx,
  path: InvoicePath,
  { id = newId(ctx.now), lines, reason }: CreateCreditNote,
): Answer {
  const found = await issued(ctx, 'invoice.credit', path)
  if (!found.ok) return found
  const was = found.value
  if (was.creditNotes.some((note) => note.id === id)) return found
  if (was.status === 'void') return conflict('invoice-void')
  const { currency, prices, reverseCharge } = was
  const off = { discountPercent: null, discountAmount: null }
  const sums = priced({ currency, prices, reverseCharge, lines, ...off })
  if (!sums.ok) return sums
  const { total: amount, discount: _, ...columns } = sums.value
  if (amount === 0) return wrong('lines', 'A credit note takes something back.')
  if (amount > owedOf(was)) return tooMuch()
  const issuedOn = dayOf(ctx.now, ctx.organization.timeZone)
  const { draw, number } = drawNumber(ctx, 'credit-note', issuedOn)
  const isLeft = sql`${invoice.status} in ('open', 'paid')
    and ${invoice.total} - ${invoice.credited} >= ${amount}`
  const written = await commit(ctx, [
    mustHold(invoiceWhere(ctx, path, isLeft)),
    draw,
    ctx.db.insert(creditNote).values({
      id,
      organizationId: ctx.organization.id,
      portalId: was.portalId,
      invoiceId: was.id,
      number,
      ...columns,
      amount,
      reason,
      issuedOn,
      createdAt: ctx.now,
    }),
    settle(was.id),
    ...followBalance(ctx, was.id),
    recordDrawn(
      ctx,
      {
        kind: 'invoice.credited',
        portalId: was.portalId,
        data: {
          invoice: was.id,
          number: was.number ?? '',
          amount: formatMoney(amount, currency, ctx.organization.locale),
        },
      },
      { name: 'creditNote', number },
    ),
    enqueueDocument(ctx, { kind: 'credit-note', of: id }, home(ctx, was.portalId)),
    enqueueStatement(ctx, home(ctx, was.portalId)),
  ])
  const now = await again(ctx, path)
  if (written.ok || !now.ok) return now
  if (now.value.creditNotes.some((note) => note.id === id)) return now
  if (written.failure === 'taken') return conflict('changed-meanwhile')
  return now.value.status === 'void' ? conflict('invoice-void') : tooMuch()
}
