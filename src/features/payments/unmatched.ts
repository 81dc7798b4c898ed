import { and, asc, eq, isNull, ne, sql } from 'drizzle-orm'
import type { TenantCtx } from '../../ctx.ts'
import { commit, mustChange } from '../../db/batch.ts'
import type { Database } from '../../db/client.ts'
import { unmatched } from '../../db/schema/payments.ts'
import type { Failure } from '../../lib/failure.ts'
import { formatMoney } from '../../lib/money.ts'
import { fail, ok, type Result } from '../../lib/result.ts'
import { record } from '../activity/record.ts'
import { authorise } from '../organizations/rules.ts'
import { unmatchedId } from './known.ts'

/** As many as somebody looks at in one go. */
const MOST = 20

/** Money that fits no invoice and that nobody has seen to, the oldest first. */
export const unmatchedOpen = (db: Database, organizationId: string) =>
  db
    .select({
      /** Without the organisation in front. */
      stripeId: sql<string>`substr(${unmatched.id}, length(${unmatched.organizationId}) + 2)`,
      kind: unmatched.kind,
      state: unmatched.state,
      reason: unmatched.reason,
      currency: unmatched.currency,
      amount: unmatched.amount,
      at: unmatched.at,
    })
    .from(unmatched)
    .where(
      and(
        eq(unmatched.organizationId, organizationId),
        // In literals, so that SQLite knows the partial index.
        sql`${unmatched.settledAt} is null and ${unmatched.reason} <> 'early'`,
      ),
    )
    .orderBy(asc(unmatched.at))
    .limit(MOST)

export type UnmatchedMoney = Awaited<ReturnType<typeof unmatchedOpen>>[number]

/** Somebody has seen to it: given it back in Stripe, or entered it where it belongs. Twice is once. */
export async function seenTo(ctx: TenantCtx, stripeId: string): Promise<Result<void, Failure>> {
  if (!authorise(ctx.actor, 'payment.record')) return fail({ kind: 'forbidden' })
  const mine = and(
    eq(unmatched.id, unmatchedId(ctx, stripeId)),
    eq(unmatched.organizationId, ctx.organization.id),
    ne(unmatched.reason, 'early'),
  )
  const [row] = await ctx.db.select().from(unmatched).where(mine)
  if (!row) return fail({ kind: 'missing' })
  if (row.settledAt !== null) return ok(undefined)
  const amount = formatMoney(row.amount, row.currency, ctx.organization.locale)
  await commit(ctx, [
    ctx.db
      .update(unmatched)
      .set({ settledAt: ctx.now })
      .where(and(mine, isNull(unmatched.settledAt))),
    mustChange,
    record(ctx, { kind: 'payment.seen-to', data: { amount } }),
  ])
  return ok(undefined)
}
