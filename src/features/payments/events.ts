import { sql } from 'drizzle-orm'
import * as z from 'zod/mini'
import type { TenantCtx } from '../../ctx.ts'
import { raw, type Statement } from '../../db/batch.ts'
import { stripeEvent, unmatched } from '../../db/schema/payments.ts'
import { anyObject, type StripeEvent } from './objects.ts'

/** The statement that keeps an event as told. */
export function keptEvent(ctx: TenantCtx, { id, type, created, data }: StripeEvent): Statement {
  const about = z.safeParse(anyObject, data.object)
  const row = {
    id: `${ctx.organization.id}:${id}`,
    organizationId: ctx.organization.id,
    type,
    object: about.success ? about.data.id : null,
    at: created * 1000,
  }
  return ctx.db.insert(stripeEvent).values(row).onConflictDoNothing()
}

/** Which of these events are known already. */
export async function knownEvents(ctx: TenantCtx, ids: readonly string[]): Promise<Set<string>> {
  const { id } = ctx.organization
  const keys = JSON.stringify(ids.map((event) => `${id}:${event}`))
  const rows = await ctx.db
    .select({ id: stripeEvent.id })
    .from(stripeEvent)
    .where(sql`${stripeEvent.id} in (select value from json_each(${keys}))`)
  return new Set(rows.map((row) => row.id.slice(id.length + 1)))
}

/** How long (ms) events are known by their ids: Stripe itself lists them for 30 days. */
const EVENTS_KEPT = 40 * 86_400_000

/** What one purge takes; the rest is tomorrow's. */
const MOST = 20_000

/** Old events, and what somebody's own business on the same account gave back. */
export const purgeStripe = (now: number): Statement[] => [
  raw(sql`
    delete from ${stripeEvent} where id in (
      select id from ${stripeEvent} where at < ${now - EVENTS_KEPT} limit ${MOST})`),
  raw(sql`
    delete from ${unmatched} where reason = 'early' and at < ${now - EVENTS_KEPT}`),
]
