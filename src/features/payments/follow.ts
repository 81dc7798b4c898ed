import { sql, type SQL } from 'drizzle-orm'
import type { Ctx } from '../../ctx.ts'
import { raw, type Statement } from '../../db/batch.ts'
import { invoice, payment } from '../../db/schema/invoices.ts'
import { job } from '../../db/schema/jobs.ts'
import { paymentLink, stripeAccount } from '../../db/schema/payments.ts'
import { newId } from '../../lib/id.ts'
import type { JobKind } from '../jobs/enqueue.ts'
import { asked } from './asked.ts'
import { LEAST, MOST } from './rules.ts'

/** The rule `isCharged`, in SQL. */
const least = sql`coalesce(json_extract(${JSON.stringify(LEAST)}, '$.' || i.currency), 0)`

/** In which account, and which of its two halves, something was made. */
export const livesIn = (account: { mode: string; accountId: string | null }): string =>
  `${account.mode}:${account.accountId ?? ''}`
const home = sql`(a.mode || ':' || coalesce(a.account_id, ''))`

/** One row: what the invoice asks for online, 0 for nothing, and where. */
const wanted = (invoiceId: string): SQL => sql`(
  select i.*, ${home} as home,
    iif(a.sealed_key is not null and i.asks between max(1, ${least}) and ${MOST}, i.asks, 0) as wanted
  from (select *, ${asked} as asks from ${invoice} where id = ${invoiceId}) i
  left join ${stripeAccount} a on a.organization_id = i.organization_id)`

/**
 * Has an invoice's Payment Link follow what it asks for: the one that asks for something else is
 * switched off, and one for exactly that is made. It belongs into the batch of whatever moves the
 * balance, behind `settle`, and reads the sums that the batch itself has written. One that took its one
 * payment is done with as well, though as much is asked for again by now. Harmless when nothing moved,
 * and where no account is connected.
 */
export function followBalance(ctx: Ctx, invoiceId: string): Statement[] {
  ctx.enqueued = true
  const current = sql`l.invoice_id = ${invoiceId} and l.state <> 'off'`
  // Stripe counts a completed session, whatever became of its payment.
  const spent = sql`exists (
    select 1 from ${payment} p where p.invoice_id = l.invoice_id and p.link_id = l.id)`
  const stale = sql`${current} and exists (
    select 1 from ${wanted(invoiceId)} w
    where w.wanted <> l.amount or (l.account_id is not null and l.account_id <> w.home)
      or (not w.repeatable and ${spent}))`
  return [
    // One that is still being made is switched off by whoever makes it.
    jobOf(ctx, 'link.off', sql`${stale} and l.stripe_id is not null`),
    raw(sql`update ${paymentLink} as l set state = 'off', off_at = ${ctx.now} where ${stale}`),
    raw(sql`
      insert into ${paymentLink}
        (id, organization_id, portal_id, invoice_id, amount, currency, state, created_at)
      select ${newId(ctx.now)}, w.organization_id, w.portal_id, w.id, w.wanted, w.currency, 'making', ${ctx.now}
      from ${wanted(invoiceId)} w
      where w.wanted > 0 and not exists (select 1 from ${paymentLink} l where ${current})`),
    // Also for one whose job gave up.
    jobOf(ctx, 'link.make', sql`l.invoice_id = ${invoiceId} and l.state = 'making'`),
  ]
}

/** A job for the one link `l` of which something holds by then. */
export const jobOf = (ctx: { now: number }, kind: JobKind, holds: SQL): Statement =>
  raw(sql`
    insert into ${job} (id, organization_id, kind, key, data, next_at, attempts, created_at)
    select ${newId(ctx.now)}, l.organization_id, ${kind}, ${kind} || ':' || l.id,
      json_object('link', l.id), ${ctx.now}, 0, ${ctx.now}
    from ${paymentLink} l where ${holds}
    on conflict (key) do nothing`)
