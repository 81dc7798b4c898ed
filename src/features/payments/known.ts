import { and, eq, or, sql, type SQL } from 'drizzle-orm'
import type { TenantCtx } from '../../ctx.ts'
import { creditNote, invoice, payment } from '../../db/schema/invoices.ts'
import { paymentLink, unmatched } from '../../db/schema/payments.ts'
import type { Happened } from '../invoices/ledger.ts'
import type { Means, Told } from './decide.ts'
import { meansColumn } from './means.ts'

/** Rows of the organisation alone: two accounts may name theirs alike. */
export const unmatchedId = ({ organization }: TenantCtx, stripeId: string): string =>
  `${organization.id}:${stripeId}`

const rows = {
  id: payment.id,
  stripeId: payment.stripeId,
  kind: payment.kind,
  method: payment.method,
  state: payment.state,
  amount: payment.amount,
  at: payment.createdAt,
  failure: payment.failure,
  dispute: payment.dispute,
  means: sql<Means | null>`${meansColumn}`,
  ofId: payment.ofId,
  invoiceId: payment.invoiceId,
  portalId: payment.portalId,
  currency: payment.currency,
}

/** What was told of a payment before the payment itself, as one text: a batch holds only while it stays. */
export const earlyMark = (ctx: TenantCtx, paymentId: string): SQL<string> => sql<string>`(
  select coalesce(group_concat(id || ' ' || state || ' ' || at || coalesce(dispute, ''), ','), '') from (
    select id, state, at, dispute from ${unmatched}
    where organization_id = ${ctx.organization.id} and of = ${paymentId} order by id))`

/** Everything that decides what becomes of what Stripe told, in one round trip. */
export async function knownOf(ctx: TenantCtx, told: Told) {
  const { db, organization } = ctx
  const mine = eq(payment.organizationId, organization.id)
  const paid = told.kind === 'payment' ? told.id : (told.of ?? '')
  const ofId = sql`(
    select id from ${payment} where organization_id = ${organization.id} and stripe_id = ${paid})`
  const invoiceId =
    told.link === null
      ? sql`(select invoice_id from ${payment} where organization_id = ${organization.id} and stripe_id = ${paid})`
      : sql`coalesce((
          select invoice_id from ${payment} where organization_id = ${organization.id} and stripe_id = ${paid}), (
          select invoice_id from ${paymentLink} where organization_id = ${organization.id} and stripe_id = ${told.link}))`
  const [ledger, links, kept, [found], happened] = await db.batch([
    db
      .select(rows)
      .from(payment)
      .where(
        and(
          mine,
          or(
            eq(payment.stripeId, told.id),
            eq(payment.stripeId, paid),
            // Ours that Stripe hasn't named yet: of this payment and this amount, whatever it says.
            sql`${payment.id} = ${told.asked ?? ''} and ${payment.kind} = ${told.kind} and ${payment.stripeId} is null
              and ${payment.amount} = ${told.amount} and ${payment.ofId} = ${ofId}`,
          ),
        ),
      ),
    db
      .select({ id: paymentLink.id, invoiceId: paymentLink.invoiceId, amount: paymentLink.amount })
      .from(paymentLink)
      .where(
        and(
          eq(paymentLink.organizationId, organization.id),
          eq(paymentLink.stripeId, told.link ?? ''),
        ),
      ),
    db
      .select()
      .from(unmatched)
      .where(
        and(
          eq(unmatched.organizationId, organization.id),
          or(
            eq(unmatched.id, unmatchedId(ctx, told.id)),
            eq(unmatched.id, unmatchedId(ctx, paid)),
            eq(unmatched.of, told.id),
          ),
        ),
      ),
    db
      .select({
        id: invoice.id,
        portalId: invoice.portalId,
        number: invoice.number,
        status: invoice.status,
        currency: invoice.currency,
        total: invoice.total,
        repeatable: invoice.repeatable,
        version: invoice.version,
        early: earlyMark(ctx, told.id),
      })
      .from(invoice)
      .where(and(sql`${invoice.id} = ${invoiceId}`, eq(invoice.organizationId, organization.id))),
    db
      .select({
        happened: sql`(
          select json_group_array(json_object('id', id, 'kind', kind, 'amount', amount, 'at', at)) from (
            select id, kind, amount, created_at as at from ${payment}
            where invoice_id = ${invoiceId} and state = 'succeeded'
            union all
            select id, 'credit-note', amount, created_at from ${creditNote} where invoice_id = ${invoiceId}))`.mapWith(
          (text: string): (Happened & { id: string })[] => JSON.parse(text),
        ),
      })
      .from(sql`(select 1)`),
  ])
  const row = ledger.find(
    ({ stripeId, id }) => stripeId === told.id || (stripeId === null && id === told.asked),
  )
  const of = told.kind === 'payment' ? undefined : ledger.find(({ stripeId }) => stripeId === paid)
  const byId = (id: string) => kept.find((each) => each.id === unmatchedId(ctx, id))
  return {
    row,
    of,
    kept: byId(told.id),
    keptOf: told.kind === 'payment' ? undefined : byId(paid),
    early: kept.filter((each) => each.of === told.id && each.kind !== 'payment'),
    link: links[0],
    invoice: found,
    happened: happened[0]?.happened ?? [],
  }
}

export type Facts = Awaited<ReturnType<typeof knownOf>>
