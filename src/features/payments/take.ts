import { and, eq, inArray, sql } from 'drizzle-orm'
import type { TenantCtx } from '../../ctx.ts'
import { commit, mustChange, mustHold, raw, type Statement } from '../../db/batch.ts'
import { invoice, payment } from '../../db/schema/invoices.ts'
import { unmatched } from '../../db/schema/payments.ts'
import { dayOf } from '../../lib/day.ts'
import { newId } from '../../lib/id.ts'
import { formatMoney } from '../../lib/money.ts'
import { record, type Happening } from '../activity/record.ts'
import { enqueueDocument, enqueueStatement } from '../documents/enqueue.ts'
import { home } from '../invoices/guards.ts'
import { standingAfter, type Happened } from '../invoices/ledger.ts'
import { receiptMails } from '../invoices/receipts.ts'
import { settle } from '../invoices/settle.ts'
import { followBalance } from './follow.ts'
import { earlyMark, knownOf, unmatchedId, type Facts } from './known.ts'
import { decide, type Decision, type Told } from './decide.ts'
import { kindOf, standingWords } from './words.ts'

/** Whoever writes second looks again; so many at once for one invoice are the most there can be. */
const MOST_TRIES = 20

/** What a verb writes beside what the ledger takes: how it came to be told. */
export type Beside = () => readonly Statement[]

/**
 * Takes in what Stripe told of one piece of money, in one batch with what is `beside` it. Told again,
 * at the same instant or in another order, it ends the same: `decide` looks at what is known, and the
 * batch holds only while that is still so.
 */
export async function takeIn(ctx: TenantCtx, told: Told, beside: Beside): Promise<Decision> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const facts = await knownOf(ctx, told)
    const decision = decide(told, { ...facts, asks: facts.link && facts.invoice })
    const written = await commit(ctx, [...writesOf(ctx, told, facts, decision), ...beside()])
    if (written.ok) return decision
  }
  throw new Error('What Stripe told could not be kept: others wrote at every try.')
}

function writesOf(ctx: TenantCtx, told: Told, facts: Facts, decision: Decision): Statement[] {
  switch (decision.kind) {
    case 'nothing':
      return []
    case 'keep':
      return keep(ctx, told, facts, decision.reason)
    case 'keep-anew':
      return [
        ctx.db
          .update(unmatched)
          .set({ state: decision.state, at: decision.at })
          .where(
            and(
              eq(unmatched.id, unmatchedId(ctx, told.id)),
              eq(unmatched.organizationId, ctx.organization.id),
              eq(unmatched.state, facts.kept?.state ?? decision.state),
              eq(unmatched.at, facts.kept?.at ?? decision.at),
            ),
          ),
        mustChange,
      ]
    case 'enter':
      return enter(ctx, told, facts)
    case 'move':
      return move(ctx, told, facts, decision)
  }
}

type Bill = NonNullable<Facts['invoice']>

/** What an invoice was read as: whoever changed it meanwhile has this looked at again. */
const unchanged = (ctx: TenantCtx, { id, version }: Bill): Statement =>
  mustHold(sql`exists (
    select 1 from ${invoice} where id = ${id} and organization_id = ${ctx.organization.id}
    and version = ${version})`)

/** A row as the ledger will hold it, or holds it by now. */
interface Entry {
  id: string
  told: Pick<Told, 'kind' | 'state' | 'amount' | 'at' | 'failure'>
}

function enter(ctx: TenantCtx, told: Told, facts: Facts): Statement[] {
  const { invoice: bill, link, of, early } = facts
  if (!bill) throw new Error('An entry has no invoice.')
  const entry = { id: newId(ctx.now), told }
  const row = (stripeId: string, { id, told: each }: Entry, ofId: string | null) => ({
    id,
    ...home(ctx, bill.portalId),
    invoiceId: bill.id,
    kind: each.kind,
    method: 'stripe' as const,
    currency: bill.currency,
    amount: each.amount,
    state: each.state,
    receivedOn: dayOf(each.at, ctx.organization.timeZone),
    note: stripeId === told.id ? meansWords[told.means ?? 'other'] : '',
    stripeId,
    linkId: stripeId === told.id ? (link?.id ?? null) : null,
    failure: each.failure,
    ofId,
    by: '',
    createdAt: each.at,
  })
  // What came before its payment is joined to it here.
  const joined = early
    .filter(({ currency }) => currency === bill.currency)
    .map((each) => ({
      kept: each.id,
      stripeId: each.id.slice(ctx.organization.id.length + 1),
      entry: { id: newId(ctx.now), told: { ...each, failure: null } },
    }))
  const waited = and(
    eq(unmatched.organizationId, ctx.organization.id),
    eq(unmatched.of, told.id),
    eq(unmatched.reason, 'early'),
  )
  return [
    unchanged(ctx, bill),
    mustHold(sql`${earlyMark(ctx, told.id)} = ${bill.early}`),
    ctx.db.insert(payment).values(row(told.id, entry, of?.id ?? null)),
    ...joined.map((each) =>
      ctx.db.insert(payment).values(row(each.stripeId, each.entry, entry.id)),
    ),
    ...(early.length === 0
      ? []
      : [
          ctx.db.delete(unmatched).where(
            and(
              waited,
              inArray(
                unmatched.id,
                joined.map(({ kept }) => kept),
              ),
            ),
          ),
          // What is left of it is in another currency.
          ctx.db.update(unmatched).set({ reason: 'currency', invoiceId: bill.id }).where(waited),
        ]),
    settle(bill.id, dayOf(ctx.now, ctx.organization.timeZone)),
    ...followBalance(ctx, bill.id),
    ...tellings(ctx, bill, facts, [entry, ...joined.map((each) => each.entry)]),
    ...receipt(ctx, bill, entry),
    enqueueStatement(ctx, home(ctx, bill.portalId)),
  ]
}

/** How it came, where Stripe said so; shown behind "Payment through Stripe". */
const meansWords = { card: 'Card', debit: 'Bank debit', other: '' } as const

function move(
  ctx: TenantCtx,
  told: Told,
  facts: Facts,
  { state, at, failure, quiet }: Decision & { kind: 'move' },
): Statement[] {
  const { row, invoice: bill } = facts
  if (!row || !bill) throw new Error('What is to be moved is not there.')
  const entry = { id: row.id, told: { ...row, state, at, failure } }
  return [
    unchanged(ctx, bill),
    ctx.db
      .update(payment)
      .set({
        state,
        failure,
        stripeId: told.id,
        createdAt: at,
        receivedOn: dayOf(at, ctx.organization.timeZone),
      })
      .where(
        and(
          eq(payment.id, row.id),
          eq(payment.organizationId, ctx.organization.id),
          eq(payment.state, row.state),
          sql`${payment.stripeId} is ${row.stripeId}`,
        ),
      ),
    mustChange,
    settle(bill.id, dayOf(ctx.now, ctx.organization.timeZone)),
    ...followBalance(ctx, bill.id),
    ...(quiet ? [] : [...tellings(ctx, bill, facts, [entry]), ...receipt(ctx, bill, entry)]),
    enqueueStatement(ctx, home(ctx, bill.portalId)),
  ]
}

/** Money for which there is no ledger, or not yet. */
function keep(
  ctx: TenantCtx,
  told: Told,
  { link, invoice: bill, of, keptOf }: Facts,
  reason: 'early' | 'currency' | 'gone',
): Statement[] {
  const { organization } = ctx
  const row = {
    id: unmatchedId(ctx, told.id),
    organizationId: organization.id,
    kind: told.kind,
    state: told.state,
    reason,
    of: told.of,
    currency: told.currency,
    amount: told.amount,
    invoiceId: link?.invoiceId ?? of?.invoiceId ?? keptOf?.invoiceId ?? null,
    at: told.at,
  }
  const stillUnknown = sql`not exists (
    select 1 from ${payment} where organization_id = ${organization.id} and stripe_id = ${told.of})`
  return [
    ...(of ? [] : [mustHold(stillUnknown)]),
    ctx.db.insert(unmatched).values(row),
    ...(told.kind === 'payment'
      ? [
          // What was told early of it waits for no ledger any more.
          raw(sql`
            update ${unmatched} set reason = ${reason}
            where organization_id = ${organization.id} and of = ${told.id} and reason = 'early'`),
          record(ctx, {
            kind: 'payment.unmatched',
            ...(bill ? { portalId: bill.portalId } : {}),
            data: { amount: formatMoney(told.amount, told.currency, organization.locale), reason },
          }),
        ]
      : []),
  ]
}

/** The activity of every entry, in the order in which they are written; how the invoice stands behind the last. */
function tellings(
  ctx: TenantCtx,
  bill: Bill,
  { happened, link }: Facts,
  entries: readonly Entry[],
): Statement[] {
  const { locale } = ctx.organization
  const money = (amount: number) => formatMoney(amount, bill.currency, locale)
  const others = happened.filter(({ id }) => entries.every((entry) => entry.id !== id))
  const now: Happened[] = entries.flatMap(({ told: { kind, amount, at, state } }) =>
    state === 'succeeded' ? [{ kind, amount, at }] : [],
  )
  const standing = standingWords(standingAfter(bill, [...others, ...now]), money)
  return entries.map(({ told }) => {
    const { kind, state, amount, failure } = told
    const other = kind === 'payment' && state !== 'failed' && link && link.amount !== amount
    const asked = other ? money(link.amount) : null
    const counts = state === 'succeeded' && kind !== 'refund'
    const happening: Happening = {
      kind: kindOf(kind, state),
      portalId: bill.portalId,
      data: {
        invoice: bill.id,
        number: bill.number ?? '',
        amount: money(amount),
        ...(asked === null ? {} : { asked }),
        ...(failure === null ? {} : { reason: failure }),
        ...(counts ? standing : {}),
      },
    }
    return record(ctx, happening)
  })
}

const receipt = (ctx: TenantCtx, bill: Bill, { id, told: { kind, state } }: Entry): Statement[] =>
  kind === 'payment' && state === 'succeeded'
    ? [
        enqueueDocument(ctx, { kind: 'receipt', of: id }, home(ctx, bill.portalId)),
        ...receiptMails(ctx, { portalId: bill.portalId, invoiceId: bill.id, paymentId: id }),
      ]
    : []

/** Whether the organisation knows this payment, in its ledger or among what no ledger could take. */
export async function isKnownPayment(ctx: TenantCtx, id: string): Promise<boolean> {
  const mine = eq(payment.organizationId, ctx.organization.id)
  const [rows, kept] = await ctx.db.batch([
    ctx.db
      .select({ id: payment.id })
      .from(payment)
      .where(and(mine, eq(payment.stripeId, id))),
    ctx.db
      .select({ id: unmatched.id })
      .from(unmatched)
      .where(eq(unmatched.id, unmatchedId(ctx, id))),
  ])
  return rows.length + kept.length > 0
}
