import { and, eq, gt, lte } from 'drizzle-orm'
import type { Actor, TenantCtx } from '../../ctx.ts'
import { AlreadyClaimed, commit, type Claim } from '../../db/batch.ts'
import { idempotency } from '../../db/schema/idempotency.ts'
import type { Failure } from '../../lib/failure.ts'
import { sha256 } from '../../lib/hash.ts'
import type { Result } from '../../lib/result.ts'
import { KEPT } from './rules.ts'

export interface Call {
  /** What the caller sent as `Idempotency-Key`. */
  key: string
  /** All that makes it this call: method, path and body. */
  request: string
  /** The id that what it makes is to get. */
  resource: string
}

export type Once<T> =
  | { kind: 'ran'; result: Result<T, Failure> }
  /** It was done before; `resource` is the id that was given then. */
  | { kind: 'done-before'; resource: string }
  | { kind: 'another-call' }

/**
 * Runs a verb once for a key, a caller and 24 hours. That it was done is written in the batch of the
 * change itself, so there is no instant at which one is there without the other: of calls at the same
 * time one batch lands, and the others find its claim. What failed is not kept, and may be tried again.
 */
export async function once<T>(
  ctx: TenantCtx,
  call: Call,
  verb: () => Promise<Result<T, Failure>>,
): Promise<Once<T>> {
  const caller = callerOf(ctx.actor)
  const request = await sha256(call.request)
  const mine = and(
    eq(idempotency.organizationId, ctx.organization.id),
    eq(idempotency.caller, caller),
    eq(idempotency.key, call.key),
  )

  async function before(): Promise<Once<T> | undefined> {
    const [row] = await ctx.db
      .select({ request: idempotency.request, resource: idempotency.resource })
      .from(idempotency)
      .where(and(mine, gt(idempotency.createdAt, ctx.now - KEPT)))
    if (!row) return undefined
    return row.request === request
      ? { kind: 'done-before', resource: row.resource }
      : { kind: 'another-call' }
  }

  const known = await before()
  if (known) return known

  const claim: Claim = {
    landed: false,
    statements: [
      ctx.db.delete(idempotency).where(and(mine, lte(idempotency.createdAt, ctx.now - KEPT))),
      ctx.db.insert(idempotency).values({
        organizationId: ctx.organization.id,
        caller,
        key: call.key,
        request,
        resource: call.resource,
        createdAt: ctx.now,
      }),
    ],
  }
  ctx.claim = claim
  try {
    const result = await verb()
    if (claim.landed) return { kind: 'ran', result }
    // What it failed on may be what the same call, a moment earlier, has just done.
    if (!result.ok) return (await before()) ?? { kind: 'ran', result }
    // There was nothing to change, as in pausing what is paused; it counts as done all the same.
    await commit(ctx, [])
    return { kind: 'ran', result }
  } catch (error) {
    const landed = error instanceof AlreadyClaimed ? await before() : undefined
    if (landed) return landed
    throw error
  } finally {
    ctx.claim = undefined
  }
}

function callerOf(actor: Actor): string {
  switch (actor.kind) {
    case 'apiKey':
      return actor.id
    case 'member':
      return actor.userId
    case 'contact':
    case 'invoiceHolder':
    case 'person':
    case 'stranger':
    case 'sendgrid':
    case 'stripe':
    case 'cron':
      throw new Error(`Only keys and members call under an Idempotency-Key, not a ${actor.kind}.`)
  }
}
