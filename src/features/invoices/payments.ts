import { sql, type SQL } from 'drizzle-orm'
import type { TenantCtx } from '../../ctx.ts'
import { commit, mustHold } from '../../db/batch.ts'
import { invoice, payment } from '../../db/schema/invoices.ts'
import { dayOf } from '../../lib/day.ts'
import { newId } from '../../lib/id.ts'
import { formatMoney, isInSteps } from '../../lib/money.ts'
import { fail } from '../../lib/result.ts'
import type { ActivityKind } from '../activity/kinds.ts'
import { record } from '../activity/record.ts'
import { enqueueDocument, enqueueStatement } from '../documents/enqueue.ts'
import { followBalance } from '../payments/follow.ts'
import { again, conflict, home, invoiceWhere, issued, wrong, type Answer } from './guards.ts'
import type { RecordPayment, Refund, Reversal } from './input.ts'
import { leftOf } from './ledger.ts'
import { stepMessage } from './pricing.ts'
import type { InvoiceItem, InvoicePath, LedgerRow } from './queries.ts'
import { receiptMails } from './receipts.ts'
import { settle } from './settle.ts'

export interface PaymentPath extends InvoicePath {
  payment: string
}

/** A receipt is mailed where it is asked for. */
type ByHand = Omit<RecordPayment, 'receipt'> & { receipt?: boolean }

/**
 * Money that came. More than is asked for is the client's credit; on a void invoice all of it is. An
 * archived portal's invoices are paid like any other's: the books go on.
 */
export async function recordPayment(
  ctx: TenantCtx,
  path: InvoicePath,
  { id = newId(ctx.now), amount, method, receivedOn, note, receipt = false }: ByHand,
): Answer {
  const found = await issued(ctx, 'payment.record', path)
  if (!found.ok) return found
  if (!isInSteps(amount, found.value.currency)) {
    return wrong('amount', stepMessage(found.value.currency))
  }
  if (receivedOn > dayOf(ctx.now, ctx.organization.timeZone)) {
    return wrong('receivedOn', 'This day is still to come.')
  }
  return enter(ctx, found.value, {
    row: { id, kind: 'payment', amount, method, receivedOn, note, ofId: null },
    holds: sql`${invoice.status} <> 'draft'`,
    kind: 'payment.recorded',
    receipt,
  })
}

/** Money that was given back by choice: the invoice does not ask for it again. */
export async function refundPayment(
  ctx: TenantCtx,
  path: PaymentPath,
  { id = newId(ctx.now), amount, note }: Refund,
): Answer {
  const found = await issued(ctx, 'payment.refund', path)
  if (!found.ok) return found
  const of = found.value.ledger.find((row) => row.id === path.payment)
  if (!of) return fail({ kind: 'missing' })
  if (found.value.ledger.some((row) => row.id === id)) return found
  const refused = refusedRefund(found.value, of, amount)
  if (refused) return refused
  // A machine of Stripe's gives it back: see payments/refund.
  if (of.method === 'stripe') return conflict('payment-through-stripe')
  const made = await enter(ctx, found.value, {
    row: { ...back(ctx, of), id, kind: 'refund', amount, note },
    holds: sql`${leftIn(of.id)} >= ${amount}`,
    kind: 'payment.refunded',
  })
  const late =
    !made.ok && made.failure.kind === 'conflict' && made.failure.reason === 'payment-gone'
  return late ? tooMuch() : made
}

const tooMuch = () => wrong('amount', 'This is more than is left of the payment.')

/** Why so much of a payment can't be given back. */
export function refusedRefund({ currency, ledger }: InvoiceItem, of: LedgerRow, amount: number) {
  if (!isInSteps(amount, currency)) return wrong('amount', stepMessage(currency))
  const left = leftOf(of, ledger)
  if (left === 0) return conflict('payment-gone')
  return amount > left ? tooMuch() : undefined
}

/** A payment that was entered by mistake, or never came after all: what it settled is owed again. */
export async function reversePayment(
  ctx: TenantCtx,
  path: PaymentPath,
  { id = newId(ctx.now), note }: Reversal,
): Answer {
  const found = await issued(ctx, 'payment.reverse', path)
  if (!found.ok) return found
  const of = found.value.ledger.find((row) => row.id === path.payment)
  if (!of) return fail({ kind: 'missing' })
  // Nobody entered it: it goes back by a refund, or by a dispute that Stripe itself tells of.
  if (of.method === 'stripe') return conflict('payment-through-stripe')
  if (isReversed(found.value, of)) return found
  const amount = leftOf(of, found.value.ledger)
  if (amount === 0) return conflict('payment-gone')
  const made = await enter(ctx, found.value, {
    row: { ...back(ctx, of), id, kind: 'reversal', amount, note },
    holds: sql`${leftIn(of.id)} = ${amount}`,
    kind: 'payment.reversed',
  })
  if (made.ok) return made
  // The second of two clicks at once finds it reversed by the first.
  const now = await again(ctx, path)
  return now.ok && isReversed(now.value, of) ? now : made
}

const isReversed = ({ ledger }: InvoiceItem, of: LedgerRow): boolean =>
  ledger.some((row) => row.of === of.id && row.kind === 'reversal')

/** The way it came is the way it goes back, today. */
const back = (ctx: TenantCtx, of: LedgerRow) => ({
  method: of.method,
  receivedOn: dayOf(ctx.now, ctx.organization.timeZone),
  ofId: of.id,
})

/** The rule `leftOf`, in SQL, of a payment that succeeded. */
export const leftIn = (id: string): SQL => sql`(
  select amount - (
    select coalesce(sum(amount), 0) from ${payment} where of_id = ${id} and state <> 'failed')
  from ${payment} where id = ${id} and kind = 'payment' and state = 'succeeded')`

interface NewEntry {
  row: Pick<
    typeof payment.$inferInsert,
    'id' | 'kind' | 'amount' | 'method' | 'receivedOn' | 'note' | 'ofId'
  >
  /** What has to be so of the invoice for the entry to count. */
  holds: SQL
  kind: ActivityKind
  receipt?: boolean
}

/** Writes an entry into the ledger, and what the invoice is by it. The same id again is no second entry. */
async function enter(
  ctx: TenantCtx,
  was: InvoiceItem,
  { row, holds, kind, receipt = false }: NewEntry,
): Answer {
  const path = { portal: was.portalId, invoice: was.id }
  const { actor } = ctx
  const written = await commit(ctx, [
    mustHold(invoiceWhere(ctx, path, holds)),
    ctx.db.insert(payment).values({
      ...row,
      organizationId: ctx.organization.id,
      portalId: was.portalId,
      invoiceId: was.id,
      currency: was.currency,
      state: 'succeeded',
      by: 'name' in actor ? actor.name : '',
      createdAt: ctx.now,
    }),
    settle(was.id, dayOf(ctx.now, ctx.organization.timeZone)),
    ...followBalance(ctx, was.id),
    record(ctx, {
      kind,
      portalId: was.portalId,
      data: {
        invoice: was.id,
        number: was.number ?? '',
        amount: formatMoney(row.amount, was.currency, ctx.organization.locale),
      },
    }),
    ...(row.kind === 'payment'
      ? [enqueueDocument(ctx, { kind: 'receipt', of: row.id }, home(ctx, was.portalId))]
      : []),
    enqueueStatement(ctx, home(ctx, was.portalId)),
    ...(receipt
      ? receiptMails(ctx, { portalId: was.portalId, invoiceId: was.id, paymentId: row.id })
      : []),
  ])
  const now = await again(ctx, path)
  if (written.ok || !now.ok) return now
  if (now.value.ledger.some((entry) => entry.id === row.id)) return now
  return conflict(written.failure === 'taken' ? 'changed-meanwhile' : 'payment-gone')
}
