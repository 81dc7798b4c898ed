import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { TenantCtx } from '../../ctx.ts'
import { commit, mustChange, mustHold, raw, type Statement } from '../../db/batch.ts'
import { invoice, payment, type DisputeStage, type PaymentState } from '../../db/schema/invoices.ts'
import { job } from '../../db/schema/jobs.ts'
import { unmatched } from '../../db/schema/payments.ts'
import { dayOf } from '../../lib/day.ts'
import { newId } from '../../lib/id.ts'
import { formatMoney } from '../../lib/money.ts'
import { record, type Happening } from '../activity/record.ts'
import { enqueueDocument, enqueueStatement } from '../documents/enqueue.ts'
import { jobKey } from '../documents/rules.ts'
import { home } from '../invoices/guards.ts'
import { standingAfter, type Happened } from '../invoices/ledger.ts'
import { receiptMails } from '../invoices/receipts.ts'
import { settle } from '../invoices/settle.ts'
import { followBalance } from './follow.ts'
import { earlyMark, knownOf, unmatchedId, type Facts } from './known.ts'
import { begins, decide, type Decision, type Means, type Standing, type Told } from './decide.ts'
import { standingOf } from './dispute.ts'
import { lookAt } from './look-at.ts'
import { meansNote } from './means.ts'
import { troubleMails } from './trouble.ts'
import { troubleIn } from './trouble-words.ts'
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
          .set({ state: decision.state, at: decision.at, dispute: decision.dispute })
          .where(
            and(
              eq(unmatched.id, unmatchedId(ctx, told.id)),
              eq(unmatched.organizationId, ctx.organization.id),
              eq(unmatched.state, facts.kept?.state ?? decision.state),
              eq(unmatched.at, facts.kept?.at ?? decision.at),
              sql`${unmatched.dispute} is ${json(facts.kept?.dispute)}`,
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

/** As a column holds it. */
const json = (value: object | null | undefined): string | null =>
  value ? JSON.stringify(value) : null

type Bill = NonNullable<Facts['invoice']>

/** What an invoice was read as: whoever changed it meanwhile has this looked at again. */
const unchanged = (ctx: TenantCtx, { id, version }: Bill): Statement =>
  mustHold(sql`exists (
    select 1 from ${invoice} where id = ${id} and organization_id = ${ctx.organization.id}
    and version = ${version})`)

/** A row as the ledger will hold it, or holds it by now. */
interface Entry {
  id: string
  told: Pick<Told, 'kind' | 'amount' | 'failure'> & Standing
  /** How it stood before. */
  was?: PaymentState
  /** Where its dispute was before. */
  stage?: DisputeStage
}

function enter(ctx: TenantCtx, told: Told, facts: Facts): Statement[] {
  const { invoice: bill, link, of, early } = facts
  if (!bill) throw new Error('An entry has no invoice.')
  const entry = { id: newId(ctx.now), told: { ...told, ...begins(told) } }
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
    note: stripeId === told.id && told.means !== null ? meansNote[told.means] : '',
    stripeId,
    linkId: stripeId === told.id ? (link?.id ?? null) : null,
    failure: each.failure,
    dispute: each.dispute,
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
    ...receipt(ctx, bill, entry, told.means),
    ...askHow(ctx, told, told.means),
    ...[entry, ...joined.map((each) => each.entry)].flatMap((each) => trouble(ctx, bill, each)),
    enqueueStatement(ctx, home(ctx, bill.portalId)),
  ]
}

function move(
  ctx: TenantCtx,
  told: Told,
  facts: Facts,
  { state, at, dispute, failure, means, quiet }: Decision & { kind: 'move' },
): Statement[] {
  const { row, invoice: bill } = facts
  if (!row || !bill) throw new Error('What is to be moved is not there.')
  const stage = row.dispute ? standingOf(row.dispute).stage : undefined
  const entry: Entry = {
    id: row.id,
    told: { ...row, state, at, dispute, failure },
    was: row.state,
    ...(stage && { stage }),
  }
  return [
    unchanged(ctx, bill),
    ctx.db
      .update(payment)
      .set({
        state,
        failure,
        dispute,
        ...(row.means === means || means === null ? {} : { note: meansNote[means] }),
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
    ...(quiet
      ? []
      : [
          ...tellings(ctx, bill, facts, [entry]),
          ...receipt(ctx, bill, entry, means),
          ...askHow(ctx, told, means),
        ]),
    ...(row.means === means ? [] : [receiptNow(ctx, row.id)]),
    ...trouble(ctx, bill, entry),
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
    reason,
    of: told.of,
    currency: told.currency,
    amount: told.amount,
    invoiceId: link?.invoiceId ?? of?.invoiceId ?? keptOf?.invoiceId ?? null,
    ...begins(told),
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
  return entries.map(({ told, was }) => {
    const { kind, state, amount, failure } = told
    const other = kind === 'payment' && state !== 'failed' && link && link.amount !== amount
    const asked = other ? money(link.amount) : null
    // Money that came, that was taken back, and that a dispute which was lost gave back after all.
    const counts = kind !== 'refund' && (state === 'succeeded' || was === 'succeeded')
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

/** So long (ms) a receipt waits for Stripe to say how it was paid: it is drawn once and never again. */
const PATIENCE = 120_000

const receipt = (
  ctx: TenantCtx,
  bill: Bill,
  { id, told: { kind, state } }: Entry,
  means: Means | null,
): Statement[] =>
  kind === 'payment' && state === 'succeeded'
    ? [
        enqueueDocument(
          ctx,
          { kind: 'receipt', of: id },
          home(ctx, bill.portalId),
          means === null ? ctx.now + PATIENCE : ctx.now,
        ),
        ...receiptMails(ctx, { portalId: bill.portalId, invoiceId: bill.id, paymentId: id }),
      ]
    : []

/** Has Stripe asked how a payment came, where what it told so far leaves that open. */
const askHow = (ctx: TenantCtx, { kind, id, state }: Told, means: Means | null): Statement[] =>
  kind === 'payment' && means === null && state !== 'failed' ? [lookAt(ctx, id)] : []

/** A receipt that waited for that waits no longer. */
const receiptNow = (ctx: TenantCtx, id: string): Statement =>
  ctx.db
    .update(job)
    .set({ nextAt: sql`min(${job.nextAt}, ${ctx.now})` })
    .where(and(eq(job.key, jobKey({ kind: 'receipt', of: id })), isNull(job.heldUntil)))

const trouble = (ctx: TenantCtx, bill: Bill, { id, told, was, stage }: Entry): Statement[] => {
  if (told.kind === 'payment' && was === told.state) return []
  const found = troubleIn(told, stage)
  return found === undefined ? [] : troubleMails(ctx, bill, { id, told }, found)
}

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
