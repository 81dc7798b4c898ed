import { and, eq, isNotNull, sql, type SQL } from 'drizzle-orm'
import type { Ctx, TenantCtx } from '../../ctx.ts'
import { commit, raw, type Statement } from '../../db/batch.ts'
import type { Database } from '../../db/client.ts'
import { job as jobs } from '../../db/schema/jobs.ts'
import { paymentLink, stripeAccount, stripeLeaving } from '../../db/schema/payments.ts'
import type { Failure } from '../../lib/failure.ts'
import { newId } from '../../lib/id.ts'
import { fail, ok, type Result } from '../../lib/result.ts'
import { enqueueUnlessWaiting } from '../jobs/enqueue.ts'
import type { Job, Outcome } from '../jobs/run.ts'
import { authorise } from '../organizations/rules.ts'
import { livesIn } from './follow.ts'

/** Links whose switching off is asked for anew at once; each is a job of its own. */
const MOST = 500

/** The account's links that can still be paid by at Stripe, of which at most so many are counted. */
export const COUNTED = 1000

const at = (organizationId: string, home: string) =>
  and(eq(stripeLeaving.organizationId, organizationId), eq(stripeLeaving.home, home))

/** Whether the organisation has a key to this very account again; then its present links are to be on. */
const isHome = (organizationId: string | SQL, home: string | SQL): SQL => sql`exists (
  select 1 from stripe_account a where a.organization_id = ${organizationId} and a.sealed_key is not null
  and a.mode || ':' || coalesce(a.account_id, '') = ${home})`

/** Rows `l` of links that are on at Stripe and should not be. In literals, so that SQLite knows the index. */
const stillOn = (organizationId: string | SQL, home: string | SQL): SQL => sql`
  payment_link l where l.organization_id = ${organizationId} and l.account_id = ${home}
  and l.stripe_id is not null and l.ended_at is null
  and (l.state = 'off' or not ${isHome(organizationId, home)})`

/** What is shown of accounts that were left; nothing that was sealed. */
export const leavingQuery = (db: Database, organizationId: string) =>
  db
    .select({
      home: stripeLeaving.home,
      keyEnd: stripeLeaving.keyEnd,
      accountName: stripeLeaving.accountName,
      leftAt: stripeLeaving.leftAt,
      trouble: stripeLeaving.trouble,
      /** Whether it is still being tried. */
      hasKey: sql<number>`${stripeLeaving.sealedKey} is not null`.mapWith(Boolean),
      links: sql<number>`(select count(*) from (
        select 1 from ${stillOn(sql`stripe_leaving.organization_id`, sql`stripe_leaving.home`)} limit ${COUNTED}))`,
    })
    .from(stripeLeaving)
    .where(eq(stripeLeaving.organizationId, organizationId))
    .orderBy(stripeLeaving.leftAt)
    .limit(10)

export type LeavingShown = Awaited<ReturnType<typeof leavingQuery>>[number]

interface Left {
  mode: 'test' | 'live'
  accountId: string | null
  accountName: string | null
  sealedKey: string | null
  keyEnd: string | null
}

const leaveJob = (ctx: TenantCtx, home: string): Statement => {
  ctx.enqueued = true
  const { id } = ctx.organization
  return enqueueUnlessWaiting(ctx, {
    kind: 'stripe.leave',
    key: `stripe.leave:${id}:${home}`,
    organizationId: id,
    data: { home },
  })
}

/**
 * The statements that leave an account: its key goes over, for switching off what it has made. It
 * belongs behind the change that takes the key out of `stripe_account`, and before the walk that has
 * every link looked at.
 */
export function leaveAccount(ctx: TenantCtx, was: Left): Statement[] {
  if (was.sealedKey === null) return []
  const { sealedKey, keyEnd, accountName } = was
  const home = livesIn(was)
  const set = { sealedKey, keyEnd, accountName, leftAt: ctx.now, trouble: null }
  return [
    ctx.db
      .insert(stripeLeaving)
      .values({ organizationId: ctx.organization.id, home, ...set })
      .onConflictDoUpdate({ target: [stripeLeaving.organizationId, stripeLeaving.home], set }),
    leaveJob(ctx, home),
  ]
}

/** The same account comes back: its new key sees to what the one before has left on. */
export const returnTo = (
  ctx: TenantCtx,
  home: string,
  { sealedKey, keyEnd }: Pick<Left, 'sealedKey' | 'keyEnd'>,
): Statement[] => [
  ctx.db
    .update(stripeLeaving)
    .set({ sealedKey, keyEnd, trouble: null })
    .where(at(ctx.organization.id, home)),
  leaveJob(ctx, home),
]

/** What Stripe has against switching a link off. `forGood`: it takes the key no longer, so it is let go. */
export const noteLeaving = (
  db: Database,
  organizationId: string,
  home: string,
  { reason, forGood }: { reason: string; forGood: boolean },
): Statement =>
  db
    .update(stripeLeaving)
    .set({ trouble: reason, ...(forGood ? { sealedKey: null } : {}) })
    .where(and(at(organizationId, home), isNotNull(stripeLeaving.sealedKey)))

const MINUTE = 60_000

/**
 * Waits until every link of an account that was left is off at Stripe, and then forgets the key. What
 * can't be switched off stays as a row without a key, and is shown until somebody has seen to it.
 */
export async function finishLeaving(ctx: Ctx, job: Job): Promise<Outcome> {
  const { home = '' } = job.data
  const id = job.organizationId ?? ''
  const [[row], links, working] = await ctx.db.batch([
    ctx.db
      .select({ sealedKey: stripeLeaving.sealedKey, trouble: stripeLeaving.trouble })
      .from(stripeLeaving)
      .where(at(id, home)),
    ctx.db
      .select({ id: sql<string>`l.id`, waits: waits(id) })
      .from(stillOn(id, home))
      .limit(MOST),
    ctx.db
      .select({ id: jobs.id })
      .from(jobs)
      .where(
        and(
          eq(jobs.organizationId, id),
          // The walk that marks links, and whoever may be making one by the old key at this moment.
          sql`(${jobs.kind} = 'links.follow' or ${jobs.kind} = 'link.make' and ${jobs.heldUntil} > ${ctx.now})`,
        ),
      )
      .limit(1),
  ])
  if (!row || row.sealedKey === null) return { kind: 'done' }
  const again: Outcome = { kind: 'later', at: ctx.now + MINUTE, reason: '' }
  if (working.length > 0) return again
  if (links.length === 0) {
    return { kind: 'done', write: [ctx.db.delete(stripeLeaving).where(at(id, home))] }
  }
  if (links.some((link) => link.waits)) return again
  // Nobody works on them: they were left on before, or their jobs gave up. Once more, and once only.
  if (job.data['asked'] === undefined) {
    return {
      kind: 'later',
      at: ctx.now,
      reason: '',
      write: [
        switchOffAll(
          ctx,
          id,
          links.map((link) => link.id),
        ),
        ctx.db
          .update(jobs)
          .set({ data: { home, asked: 'yes' } })
          .where(eq(jobs.id, job.id)),
      ],
    }
  }
  const reason = row.trouble ?? 'Stripe did not switch them off.'
  return { kind: 'done', write: [noteLeaving(ctx.db, id, home, { reason, forGood: true })] }
}

const waits = (organizationId: string) =>
  sql<number>`exists (
    select 1 from ${jobs} j where j.organization_id = ${organizationId} and j."key" = 'link.off:' || l.id)`.mapWith(
    Boolean,
  )

const switchOffAll = (ctx: Ctx, organizationId: string, links: readonly string[]): Statement => {
  const rows = JSON.stringify(links.map((link) => ({ id: newId(ctx.now), link })))
  return raw(sql`
    insert into ${jobs} (id, organization_id, kind, "key", data, next_at, attempts, created_at)
    select value ->> 'id', ${organizationId}, 'link.off', 'link.off:' || (value ->> 'link'),
      json_object('link', value ->> 'link'), ${ctx.now}, 0, ${ctx.now}
    from json_each(${rows}) where true
    on conflict ("key") do nothing`)
}

/** Lets the key of an account that was left go, whatever is still on there, and says no more of it. */
export async function forgetLeft(
  ctx: TenantCtx,
  { home }: { home: string },
): Promise<Result<void, Failure>> {
  if (!authorise(ctx.actor, 'payment.connect')) return fail({ kind: 'forbidden' })
  await commit(ctx, [ctx.db.delete(stripeLeaving).where(at(ctx.organization.id, home))])
  return ok(undefined)
}

/** The home of links as `stripe_account` has it now, in SQL; null without a key. */
export const homeNow = (organizationId: string): SQL => sql`(
  select mode || ':' || coalesce(account_id, '') from ${stripeAccount}
  where organization_id = ${organizationId} and sealed_key is not null)`

export const endedLink = (db: Database, now: number, link: string): Statement =>
  db.update(paymentLink).set({ endedAt: now }).where(eq(paymentLink.id, link))
