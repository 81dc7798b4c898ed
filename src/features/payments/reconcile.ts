import { and, eq, isNotNull, sql } from 'drizzle-orm'
import * as z from 'zod/mini'
import type { Ctx, TenantCtx } from '../../ctx.ts'
import { commit, raw, type Statement } from '../../db/batch.ts'
import { job as jobs } from '../../db/schema/jobs.ts'
import { stripeAccount } from '../../db/schema/payments.ts'
import { newId } from '../../lib/id.ts'
import { eventsSince } from '../../platform/stripe.ts'
import { enqueue, type NewJob } from '../jobs/enqueue.ts'
import type { Job, Outcome } from '../jobs/run.ts'
import { connectionOf, noteSealed, noteTrouble } from './account.ts'
import { keptEvent, knownEvents } from './events.ts'
import { insideOf, notDone } from './look.ts'
import { eventInput } from './objects.ts'
import { takeEvent } from './receive.ts'
import { eventTypes } from './event-types.ts'

/** Accounts that one run takes on: those that waited longest. */
const MOST_ACCOUNTS = 500

/** Pages of a hundred events that one job reads; another goes on behind them. */
const PAGES_A_JOB = 3

/** Seconds that are read again each time: an event may be listed a little after it happened. */
const OVERLAP = 2 * 3600

/**
 * Has every account's events compared with what is known, by a job of its own: one account's trouble
 * stops no other, and while a job waits or runs there is no second.
 */
export async function reconcile(ctx: Ctx): Promise<{ accounts: number }> {
  const due = await ctx.db
    .select({ organizationId: stripeAccount.organizationId })
    .from(stripeAccount)
    .where(isNotNull(stripeAccount.sealedKey))
    .orderBy(stripeAccount.reconciledAt)
    .limit(MOST_ACCOUNTS)
  if (due.length === 0) return { accounts: 0 }
  const rows = JSON.stringify(
    due.map(({ organizationId }) => ({ id: newId(ctx.now), ...jobOf(organizationId, {}) })),
  )
  await commit(ctx, [
    raw(sql`
      insert into ${jobs} (id, organization_id, kind, "key", data, next_at, created_at, attempts)
      select value ->> 'id', value ->> 'organizationId', value ->> 'kind', value ->> 'key', value -> 'data', ${ctx.now}, ${ctx.now}, 0
      from json_each(${rows}) where true
      on conflict ("key") do nothing`),
  ])
  return { accounts: due.length }
}

/** How far a job has come: which events it reads, and behind which. */
interface Progress {
  since?: string
  after?: string
  /** The newest it has seen. */
  newest?: string
}

const jobOf = (organizationId: string, { since, after, newest }: Progress): NewJob => ({
  kind: 'stripe.reconcile',
  key: `stripe.reconcile:${organizationId}${after === undefined ? '' : `:${after}`}`,
  organizationId,
  data: {
    ...(since === undefined ? {} : { since }),
    ...(after === undefined ? {} : { after }),
    ...(newest === undefined ? {} : { newest }),
  },
})

/**
 * Reads an account's events, newest first, and takes in those that no webhook brought. The mark moves
 * on once all of them were read, and never by our own clock: to the newest event there was.
 */
export async function reconcileAccount(ctx: Ctx, job: Job): Promise<Outcome> {
  const inside = await insideOf(ctx, job)
  if (!inside) return { kind: 'done', reason: 'The organisation is gone.' }
  const { id } = inside.organization
  const connected = await connectionOf(ctx, id)
  if (typeof connected === 'string') {
    const write = [...noteSealed(ctx.db, id, connected), tried(inside)]
    return { kind: 'done', reason: 'There is no key to ask with.', write }
  }
  const { connection, mode } = connected
  const since = job.data['since'] ?? String(await beginning(inside))
  let { after, newest } = job.data
  for (let page = 0; page < PAGES_A_JOB; page++) {
    const told = await eventsSince(connection, { since: Number(since), types: eventTypes, after })
    if (told.kind !== 'done') {
      const outcome = notDone(inside, job, told)
      // The next hour's job looks whether the key is well again; this one must not stand in its way.
      if (told.kind === 'refused' && (told.why === 'key' || told.why === 'permission')) {
        const write = [noteTrouble(ctx.db, id, told.reason), tried(inside)]
        return { kind: 'done', reason: told.reason, write }
      }
      return outcome
    }
    const events = told.value.events.flatMap((each) => {
      const event = z.safeParse(eventInput, each)
      return event.success && event.data.livemode === (mode === 'live') ? [event.data] : []
    })
    const [first] = told.value.events
    if (first) newest = String(Math.max(first.created, Number(newest ?? 0)))
    const known = await knownEvents(
      inside,
      events.map((event) => event.id),
    )
    // In the order in which they happened, which spares joining what came too early.
    for (const event of events.toReversed()) {
      if (!known.has(event.id)) await takeEvent(inside, event, () => [keptEvent(inside, event)])
    }
    after = told.value.events.at(-1)?.id
    if (!told.value.more || after === undefined) {
      return { kind: 'done', write: [done(inside, newest)] }
    }
  }
  const next = { since, ...(after && { after }), ...(newest && { newest }) }
  return { kind: 'done', write: [enqueue(ctx, jobOf(id, next))] }
}

const mine = (ctx: TenantCtx) => and(eq(stripeAccount.organizationId, ctx.organization.id))

async function beginning(ctx: TenantCtx): Promise<number> {
  const [row] = await ctx.db
    .select({ to: stripeAccount.reconciledTo, createdAt: stripeAccount.createdAt })
    .from(stripeAccount)
    .where(mine(ctx))
  return Math.max(0, (row?.to ?? Math.floor((row?.createdAt ?? ctx.now) / 1000)) - OVERLAP)
}

const done = (ctx: TenantCtx, newest: string | undefined): Statement =>
  ctx.db
    .update(stripeAccount)
    .set({
      reconciledAt: ctx.now,
      ...(newest === undefined
        ? {}
        : {
            reconciledTo: sql`max(coalesce(${stripeAccount.reconciledTo}, 0), ${Number(newest)})`,
          }),
    })
    .where(mine(ctx))

const tried = (ctx: TenantCtx): Statement =>
  ctx.db.update(stripeAccount).set({ reconciledAt: ctx.now }).where(mine(ctx))
