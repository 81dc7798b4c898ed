import { and, asc, desc, eq, inArray, lte, sql } from 'drizzle-orm'
import type { Ctx } from '../../ctx.ts'
import { commit, type Statement } from '../../db/batch.ts'
import { job } from '../../db/schema/jobs.ts'
import { backoff } from '../../lib/backoff.ts'
import { errorFields, log } from '../../lib/log.ts'
import { thrown } from '../../lib/thrown.ts'
import type { JobKind } from './enqueue.ts'
import { LEASE } from './rules.ts'

export type Job = typeof job.$inferSelect

/** What came of one attempt; `write` goes into the same batch as the job's own row. */
export type Outcome =
  /** With a reason when it ended without what it was for. */
  | { kind: 'done'; reason?: string; write?: readonly Statement[] }
  | { kind: 'later'; at: number; reason: string; write?: readonly Statement[] }

export type Handlers = Record<JobKind, (ctx: Ctx, job: Job) => Promise<Outcome>>

/** What had the jobs run: for the log, which leads from a request to the mail it caused. */
export type Runner = { requestId: string } | { cron: string }

/** Cloudflare lets one invocation hold six connections open. */
const AT_ONCE = 6

/** Which of the jobs that are due are taken: at most so many, of those due first or due last. */
export interface Slice {
  most: number
  from: 'oldest' | 'newest'
}

/** Claims a slice of the due jobs, runs them, and answers how many it claimed. */
export async function runDueJobs(
  ctx: Ctx,
  handlers: Handlers,
  { most, from }: Slice,
  by: Runner,
): Promise<number> {
  const due = ctx.db
    .select({ id: job.id })
    .from(job)
    .where(lte(job.nextAt, ctx.now))
    .orderBy(from === 'oldest' ? asc(job.nextAt) : desc(job.nextAt))
    .limit(most)
  const claimed = await ctx.db
    .update(job)
    .set({
      nextAt: ctx.now + LEASE,
      heldUntil: ctx.now + LEASE,
      attempts: sql`${job.attempts} + 1`,
    })
    .where(inArray(job.id, due))
    .returning()
  const waiting = [...claimed]
  const runner = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift())
      await attempt(ctx, handlers, next, by)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, runner))
  return claimed.length
}

async function attempt(ctx: Ctx, handlers: Handlers, claimed: Job, by: Runner): Promise<void> {
  const { id, kind, attempts, organizationId } = claimed
  const about = { job: id, kind, attempt: attempts, organization: organizationId, ...by }
  const outcome = await outcomeOf(ctx, handlers, claimed)
  // Whoever lost the lease no longer owns the row; the attempt's number tells.
  const mine = and(eq(job.id, claimed.id), eq(job.attempts, claimed.attempts))
  const settle =
    outcome.kind === 'done'
      ? ctx.db.delete(job).where(mine)
      : ctx.db
          .update(job)
          .set({ nextAt: outcome.at, heldUntil: null, error: outcome.reason || null })
          .where(mine)
  try {
    const kept = await commit(ctx, [...(outcome.write ?? []), settle])
    // Somebody else wrote the same a moment ago; when the lease ends, this finds that it is done.
    if (!kept.ok) throw new Error(`The batch was refused as ${kept.failure}.`)
    const { kind: became, reason } = outcome
    log(reason ? 'warn' : 'info', 'job', { ...about, outcome: became, reason })
  } catch (error) {
    // The lease ends by itself; the other jobs of this run must not end with it.
    log('error', 'job', { ...about, outcome: 'not kept', ...errorFields(error) })
  }
}

async function outcomeOf(ctx: Ctx, handlers: Handlers, claimed: Job): Promise<Outcome> {
  const handler: Handlers[JobKind] | undefined = Object.entries(handlers).find(
    ([kind]) => kind === claimed.kind,
  )?.[1]
  const retry = (reason: string): Outcome => ({
    kind: 'later',
    at: ctx.now + backoff(claimed.attempts),
    reason,
  })
  if (!handler) return retry(`This version knows no job "${claimed.kind}".`)
  try {
    return await handler(ctx, claimed)
  } catch (error) {
    return retry(thrown(error))
  }
}
