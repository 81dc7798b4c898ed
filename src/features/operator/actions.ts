import type { Ctx } from '../../ctx.ts'
import { commit } from '../../db/batch.ts'
import type { Failure } from '../../lib/failure.ts'
import { fail, ok, type Result } from '../../lib/result.ts'
import { hurry } from '../jobs/enqueue.ts'
import { isOperator } from './rules.ts'

/**
 * Makes a job due now, so that it runs after the response. Harmless when it is running, has run or is
 * asked for twice: it is still one job. Who asked is in the log.
 */
export async function runJobNow(ctx: Ctx, input: { job: string }): Promise<Result<void, Failure>> {
  const { actor, settings } = ctx
  if (actor.kind !== 'person' || !isOperator(actor.email, settings)) {
    return fail({ kind: 'missing' })
  }
  await commit(ctx, [hurry(ctx, input.job)])
  return ok(undefined)
}
