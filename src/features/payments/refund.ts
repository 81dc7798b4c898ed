import { and, eq, isNull, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import * as z from 'zod/mini'
import type { Ctx, TenantCtx } from '../../ctx.ts'
import { commit, mustChange, mustHold, type Statement } from '../../db/batch.ts'
import { invoice, payment } from '../../db/schema/invoices.ts'
import { stripeAccount } from '../../db/schema/payments.ts'
import { dayOf } from '../../lib/day.ts'
import { newId } from '../../lib/id.ts'
import { formatMoney } from '../../lib/money.ts'
import { makeRefund, refundsOf } from '../../platform/stripe.ts'
import { record } from '../activity/record.ts'
import { again, conflict, home, issued, type Answer } from '../invoices/guards.ts'
import type { Refund } from '../invoices/input.ts'
import { leftIn, refundPayment, refusedRefund, type PaymentPath } from '../invoices/payments.ts'
import { settle } from '../invoices/settle.ts'
import { enqueue } from '../jobs/enqueue.ts'
import type { Job, Outcome } from '../jobs/run.ts'
import { connectionOf } from './account.ts'
import { followBalance } from './follow.ts'
import { insideOf, notDone } from './look.ts'
import { refundInput } from './objects.ts'
import { takeIn } from './take.ts'
import { mark, ofRefund } from './told.ts'

/** Gives a payment back, the way it came: what came through Stripe goes back through Stripe. */
export async function giveBack(ctx: TenantCtx, path: PaymentPath, input: Refund): Answer {
  const found = await issued(ctx, 'payment.refund', path)
  if (!found.ok) return found
  const of = found.value.ledger.find((row) => row.id === path.payment)
  if (of?.method !== 'stripe') return refundPayment(ctx, path, input)
  const { id = newId(ctx.now), amount, note } = input
  const was = found.value
  if (was.ledger.some((row) => row.id === id)) return found
  const refused = refusedRefund(was, of, amount)
  if (refused) return refused
  const written = await commit(ctx, [
    mustHold(sql`${leftIn(of.id)} >= ${amount}`),
    mustHold(sql`exists (
      select 1 from ${stripeAccount} where organization_id = ${ctx.organization.id} and sealed_key is not null)`),
    ctx.db.insert(payment).values({
      id,
      ...home(ctx, was.portalId),
      invoiceId: was.id,
      kind: 'refund',
      method: 'stripe',
      currency: was.currency,
      amount,
      state: 'pending',
      receivedOn: dayOf(ctx.now, ctx.organization.timeZone),
      note,
      ofId: of.id,
      by: 'name' in ctx.actor ? ctx.actor.name : '',
      createdAt: ctx.now,
    }),
    settle(was.id),
    ...followBalance(ctx, was.id),
    record(ctx, {
      kind: 'payment.refund-sent',
      portalId: was.portalId,
      data: {
        invoice: was.id,
        number: was.number ?? '',
        amount: formatMoney(amount, was.currency, ctx.organization.locale),
      },
    }),
    enqueue(ctx, {
      kind: 'refund.make',
      key: `refund:${id}`,
      organizationId: ctx.organization.id,
      data: { refund: id },
    }),
  ])
  const now = await again(ctx, path)
  if (written.ok || !now.ok) return now
  if (now.value.ledger.some((row) => row.id === id)) return now
  if (written.failure === 'taken') return conflict('changed-meanwhile')
  return refusedRefund(now.value, of, amount) ?? conflict('stripe-not-connected')
}

const paid = alias(payment, 'paid')

/**
 * Asks Stripe for a refund that the ledger holds as on its way. The job's id is the idempotency key;
 * Stripe forgets that after a day, so whoever asks again first looks whether it was made. What comes of
 * it is taken in like any other news of it, which may have come already.
 */
export async function makeRefundOf(ctx: Ctx, job: Job): Promise<Outcome> {
  const inside = await insideOf(ctx, job)
  if (!inside) return { kind: 'done', reason: 'The organisation is gone.' }
  const [row] = await ctx.db
    .select({
      id: payment.id,
      amount: payment.amount,
      currency: payment.currency,
      invoiceId: payment.invoiceId,
      portalId: payment.portalId,
      number: invoice.number,
      paymentIntent: paid.stripeId,
    })
    .from(payment)
    .innerJoin(paid, eq(paid.id, payment.ofId))
    .innerJoin(invoice, eq(invoice.id, payment.invoiceId))
    .where(waiting(inside, job.data['refund'] ?? ''))
  if (!row) return { kind: 'done' }
  const { id, amount, paymentIntent } = row
  const failed = (reason: string): Outcome => ({
    kind: 'done',
    reason,
    write: refundFailed(inside, row, reason),
  })
  const connected = await connectionOf(ctx, inside.organization.id)
  if (typeof connected === 'string') return failed('Stripe is no longer connected.')
  if (paymentIntent === null) return failed('Stripe knows no such payment.')
  const { connection } = connected
  if (job.attempts > 1) {
    const before = await refundsOf(connection, paymentIntent)
    if (before.kind !== 'done') return notDone(inside, job, before)
    const made = before.value.find(({ metadata }) => metadata?.[mark.refund] === id)
    if (made) return taken(inside, id, made)
  }
  const metadata = { [mark.refund]: id }
  const answer = await makeRefund(connection, { paymentIntent, amount, metadata }, job.id)
  if (answer.kind === 'done') return taken(inside, id, answer.value)
  const final = answer.kind === 'refused' && (answer.why === 'request' || answer.why === 'gone')
  return final ? failed(answer.reason) : notDone(inside, job, answer)
}

async function taken(ctx: TenantCtx, id: string, answer: object): Promise<Outcome> {
  const refund = z.parse(refundInput, answer)
  const told = ofRefund(refund, refund.created * 1000)
  if (!told) throw new Error('Stripe answered with a refund of nothing.')
  await takeIn(ctx, { ...told, asked: id }, () => [])
  return { kind: 'done' }
}

/** Ours that Stripe has not named yet. */
const waiting = ({ organization }: TenantCtx, id: string) =>
  and(
    eq(payment.id, id),
    eq(payment.organizationId, organization.id),
    eq(payment.state, 'pending'),
    isNull(payment.stripeId),
  )

interface Waiting {
  id: string
  amount: number
  currency: string
  invoiceId: string
  portalId: string
  number: string | null
}

function refundFailed(ctx: TenantCtx, row: Waiting, reason: string): Statement[] {
  return [
    ctx.db.update(payment).set({ state: 'failed', failure: reason }).where(waiting(ctx, row.id)),
    mustChange,
    settle(row.invoiceId),
    ...followBalance(ctx, row.invoiceId),
    record(ctx, {
      kind: 'payment.refund-failed',
      portalId: row.portalId,
      data: {
        invoice: row.invoiceId,
        number: row.number ?? '',
        amount: formatMoney(row.amount, row.currency, ctx.organization.locale),
        reason,
      },
    }),
  ]
}
