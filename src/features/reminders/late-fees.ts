import { and, asc, eq, inArray, isNotNull, sql, type SQL } from 'drizzle-orm'
import type { Ctx, TenantCtx } from '../../ctx.ts'
import { commit, mustChange } from '../../db/batch.ts'
import { invoice } from '../../db/schema/invoices.ts'
import { organization, type LateFee } from '../../db/schema/organizations.ts'
import { portal } from '../../db/schema/portals.ts'
import { dayOf } from '../../lib/day.ts'
import { newId } from '../../lib/id.ts'
import { formatMoney } from '../../lib/money.ts'
import { record } from '../activity/record.ts'
import { blank, columnsOf } from '../invoices/compose.ts'
import { portalTakes } from '../invoices/guards.ts'
import { shareOf } from '../invoices/totals.ts'
import { NO_FEE } from './rules.ts'

/** Drafts that one run makes; the next goes on. */
const MOST_FEES = 50

/** The partial index holds these alone; by another one every open invoice would be looked at. */
const lateOnes = sql`${invoice} indexed by invoice_without_fee`
const withoutFee = sql`status = 'open' and balance > 0 and overdue_since is not null and late_fee_id is null`

/**
 * Drafts the fees of invoices that have been overdue for as long as their organisation set, once each.
 * Nothing is asked of a client by it: the team issues the draft, changes it or deletes it.
 */
export async function draftLateFees(ctx: Ctx): Promise<void> {
  const [first] = await ctx.db.all<{ id: string }>(sql`
    select organization_id as id from ${lateOnes} where ${withoutFee} order by organization_id limit 1`)
  if (!first) return
  const zones = await ctx.db
    .selectDistinct({ zone: organization.timeZone })
    .from(organization)
    .where(isNotNull(organization.lateFee))
  if (zones.length === 0) return
  const days = JSON.stringify(
    Object.fromEntries(zones.map(({ zone }) => [zone, dayOf(ctx.now, zone)])),
  )
  const by = {
    today: sql`(${days} ->> o.time_zone)`,
    afterDays: sql`(o.late_fee ->> '$.afterDays')`,
    since: sql`coalesce(o.late_fee ->> '$.since', '')`,
  }
  // From organisation to organisation along the index, so that it takes a step for each that has any.
  // Only those with a fee to draft by now, or the ones that wait would keep the others from their turn.
  const late = await ctx.db.all<{ id: string }>(sql`
    with recursive late(id) as (
      select ${first.id}
      union all
      select (select min(organization_id) from ${lateOnes} where ${withoutFee} and organization_id > late.id)
      from late where late.id is not null)
    select late.id from late join ${organization} o on o.id = late.id
    where o.late_fee is not null and exists (
      select 1 from ${lateOnes} join ${portal} on portal.id = invoice.portal_id
      where invoice.organization_id = late.id and ${isDue(by)})
    limit ${MOST_FEES}`)
  if (late.length === 0) return
  const houses = await ctx.db
    .select({
      organization: {
        id: organization.id,
        slug: organization.slug,
        name: organization.name,
        currency: organization.currency,
        accent: organization.accent,
        logo: organization.logo,
        linkDays: organization.linkDays,
        locale: organization.locale,
        timeZone: organization.timeZone,
      },
      fee: organization.lateFee,
      prices: organization.prices,
    })
    .from(organization)
    .where(
      inArray(
        organization.id,
        late.map(({ id }) => id),
      ),
    )
  let left = MOST_FEES
  for (const { organization, fee, prices } of houses) {
    if (fee) left -= await feesOf({ ...ctx, organization }, fee, prices, left)
  }
}

/** What makes a fee due, of an invoice and its portal; nobody is asked for what wasn't said when they were billed. */
const isDue = ({
  today,
  afterDays,
  since,
}: Record<'today' | 'afterDays' | 'since', SQL>): SQL => sql`
  invoice.status = 'open' and invoice.balance > 0 and invoice.overdue_since is not null
  and invoice.late_fee_id is null and invoice.due_on <= date(${today}, '-' || ${afterDays} || ' days')
  and invoice.due_on >= ${since}
  and invoice.pending = 0 and invoice.problem_at is null and coalesce(invoice.promised_on < ${today}, 1)
  and portal.archived_at is null and portal.currency = invoice.currency`

const dueFees = (ctx: TenantCtx, { afterDays, since }: LateFee, most: number) => {
  const by = {
    today: sql`${dayOf(ctx.now, ctx.organization.timeZone)}`,
    afterDays: sql`${String(afterDays)}`,
    since: sql`${since ?? ''}`,
  }
  return ctx.db
    .select({
      id: invoice.id,
      number: sql<string>`${invoice.number}`,
      portalId: invoice.portalId,
      currency: invoice.currency,
      balance: invoice.balance,
      client: portal.client,
      buyer: portal.buyer,
      price: portal.price,
    })
    .from(invoice)
    .innerJoin(portal, eq(portal.id, invoice.portalId))
    .where(and(eq(invoice.organizationId, ctx.organization.id), isDue(by)))
    .orderBy(asc(invoice.dueOn), asc(invoice.id))
    .limit(most)
}

type DueFee = Awaited<ReturnType<typeof dueFees>>[number]

async function feesOf(
  ctx: TenantCtx,
  fee: LateFee,
  prices: 'net' | 'gross',
  most: number,
): Promise<number> {
  const due = most > 0 ? await dueFees(ctx, fee, most) : []
  for (const one of due) await draftFee(ctx, one, { amount: amountOf(fee, one), prices })
  return due.length
}

/** Of what is still owed, or as it was set for the currency. */
const amountOf = ({ percent, amounts }: LateFee, { balance, currency }: DueFee): number =>
  percent === null ? (amounts?.[currency] ?? 0) : shareOf(balance, percent, currency)

async function draftFee(
  ctx: TenantCtx,
  { id, number, portalId, currency, balance, ...home }: DueFee,
  { amount, prices }: { amount: number; prices: 'net' | 'gross' },
): Promise<void> {
  const draft = newId(ctx.now)
  const mark = (lateFeeId: string) => [
    ctx.db
      .update(invoice)
      .set({ lateFeeId })
      .where(
        and(
          eq(invoice.id, id),
          eq(invoice.organizationId, ctx.organization.id),
          eq(invoice.balance, balance),
          sql`${invoice.status} = 'open' and ${invoice.lateFeeId} is null`,
          portalTakes(ctx, portalId, currency),
        ),
      ),
    mustChange,
  ]
  const description = `Late fee for ${number}`
  const line = { description, quantity: '1', unitAmount: amount, taxRate: null }
  const columns = columnsOf(blank({ ...home, currency, prices, milestone: undefined }, [line]))
  if (amount === 0 || !columns.ok) {
    await commit(ctx, mark(NO_FEE))
    return
  }
  // Whoever was faster, by a payment or by another run, has the batch rolled back.
  await commit(ctx, [
    ...mark(draft),
    ctx.db.insert(invoice).values({
      id: draft,
      organizationId: ctx.organization.id,
      portalId,
      ...columns.value,
      // A fee is never asked for a fee.
      lateFeeId: draft,
      createdAt: ctx.now,
    }),
    record(ctx, {
      kind: 'invoice.late-fee',
      portalId,
      data: {
        invoice: id,
        number,
        fee: draft,
        amount: formatMoney(amount, currency, ctx.organization.locale),
      },
    }),
  ])
}
