import { and, eq, isNull, lte, or, sql } from 'drizzle-orm'
import type { Ctx } from '../../ctx.ts'
import type { Statement } from '../../db/batch.ts'
import { job } from '../../db/schema/jobs.ts'
import { newId } from '../../lib/id.ts'

export type JobKind =
  | 'email.send'
  | 'messages.notify'
  | 'objects.delete'
  | 'files.delete'
  | 'upload.complete'
  | 'upload.abort'
  | 'document.make'
  | 'link.make'
  | 'link.off'
  | 'links.follow'
  | 'invoice.remind'
  | 'invoices.replan'
  | 'stripe.look'
  | 'stripe.reconcile'
  | 'stripe.leave'
  | 'refund.make'

export interface NewJob {
  kind: JobKind
  /** A second job with the same key can't be written while the first is unfinished. */
  key: string
  organizationId: string | null
  data: Record<string, string>
  /** Not before this instant; at once when it is left out. */
  at?: number
}

const rowOf = (ctx: Ctx, { at = ctx.now, ...wanted }: NewJob) => ({
  id: newId(ctx.now),
  ...wanted,
  nextAt: at,
  createdAt: ctx.now,
})

/** The statement that puts a job beside the change that wants it; it runs once the response is out. */
export function enqueue(ctx: Ctx, wanted: NewJob): Statement {
  ctx.enqueued = true
  return ctx.db.insert(job).values(rowOf(ctx, wanted))
}

/**
 * The same for a job that gathers: while one with its key waits, that one will do, whenever it is due.
 * One that is being run at this moment may have looked already, so its lease is taken from it and it
 * runs once more.
 */
export function enqueueUnlessWaiting(ctx: Ctx, wanted: NewJob): Statement {
  const row = rowOf(ctx, wanted)
  const running = sql`coalesce(${job.heldUntil} > ${ctx.now}, 0)`
  return ctx.db
    .insert(job)
    .values(row)
    .onConflictDoUpdate({
      target: job.key,
      set: {
        attempts: sql`${job.attempts} + ${running}`,
        heldUntil: sql`case when ${running} then null else ${job.heldUntil} end`,
        nextAt: sql`case when ${running} then ${row.nextAt} else ${job.nextAt} end`,
      },
    })
}

/** The statement that makes a job due now; one that a runner holds, or that is done, is left alone. */
export function hurry(ctx: Ctx, id: string): Statement {
  ctx.enqueued = true
  const free = or(isNull(job.heldUntil), lte(job.heldUntil, ctx.now))
  return ctx.db
    .update(job)
    .set({ nextAt: sql`min(${job.nextAt}, ${ctx.now})` })
    .where(and(eq(job.id, id), free))
}
