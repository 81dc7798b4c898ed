import { eq } from 'drizzle-orm'
import * as z from 'zod/mini'
import type { Ctx, TenantCtx } from '../../ctx.ts'
import { organization } from '../../db/schema/organizations.ts'
import { backoff } from '../../lib/backoff.ts'
import { fail, ok, type Result } from '../../lib/result.ts'
import {
  disputesOf,
  paymentIntentOf,
  refundsOf,
  sessionOfPayment,
  type Connection,
} from '../../platform/stripe.ts'
import type { Job, Outcome } from '../jobs/run.ts'
import { organizationFields } from '../organizations/fields.ts'
import { connectionOf, noteTrouble } from './account.ts'
import { disputeInput, intentInput, refundInput, sessionInput } from './objects.ts'
import type { Told } from './decide.ts'
import { takeIn } from './take.ts'
import { ofDispute, ofIntent, ofRefund, ofSession } from './told.ts'

/** A job's ctx inside its organisation; what it takes in is Stripe's doing. */
export async function insideOf(ctx: Ctx, job: Job): Promise<TenantCtx | undefined> {
  const [found] = await ctx.db
    .select(organizationFields)
    .from(organization)
    .where(eq(organization.id, job.organizationId ?? ''))
  return found && { ...ctx, organization: found, actor: { kind: 'stripe' } }
}

/** What a job does when Stripe has not done what it was asked for. */
export function notDone(ctx: TenantCtx, job: Job, answer: Trouble): Outcome {
  const at = ctx.now + backoff(job.attempts)
  if (answer.kind === 'refused' && (answer.why === 'key' || answer.why === 'permission')) {
    return {
      kind: 'later',
      at,
      reason: answer.reason,
      write: [noteTrouble(ctx.db, ctx.organization.id, answer.reason)],
    }
  }
  return { kind: 'later', at, reason: answer.reason }
}

type Answer = Awaited<ReturnType<typeof paymentIntentOf>>
export type Trouble = Exclude<Answer, { kind: 'done' }>

/**
 * Asks Stripe how a payment stands, with what was given and taken back of it, and takes all of it in. It
 * is for events that say too little; nothing of it is guessed.
 */
export async function lookAtPayment(ctx: Ctx, job: Job): Promise<Outcome> {
  const inside = await insideOf(ctx, job)
  if (!inside) return { kind: 'done', reason: 'The organisation is gone.' }
  const connected = await connectionOf(ctx, inside.organization.id)
  // Who takes the key away is told what happens by the webhook alone.
  if (typeof connected === 'string') return { kind: 'done', reason: 'There is no key to ask with.' }
  const found = await standingOf(connected.connection, job.data['payment'] ?? '', ctx.now)
  if (!found.ok) {
    const { failure } = found
    if (failure.kind === 'refused' && (failure.why === 'gone' || failure.why === 'request')) {
      return { kind: 'done', reason: failure.reason }
    }
    return notDone(inside, job, failure)
  }
  for (const told of found.value) await takeIn(inside, told, () => [])
  return { kind: 'done' }
}

/**
 * The payment first, so that what takes it back finds it. Since when each stands so is in none of them:
 * `created` is when a debit or a refund was begun, days before it came. So all of it stands since now,
 * and the payment since before what takes it back; whoever knows better, as its event does, says earlier.
 */
async function standingOf(
  connection: Connection,
  payment: string,
  now: number,
): Promise<Result<Told[], Trouble>> {
  const intent = await paymentIntentOf(connection, payment)
  if (intent.kind !== 'done') return fail(intent)
  const session = await sessionOfPayment(connection, payment)
  if (session.kind !== 'done') return fail(session)
  const refunds = await refundsOf(connection, payment)
  if (refunds.kind !== 'done') return fail(refunds)
  const disputes = await disputesOf(connection, payment)
  if (disputes.kind !== 'done') return fail(disputes)
  const back = [...refunds.value, ...disputes.value].map(({ created }) => created * 1000)
  const at = Math.min(now, ...back)
  const seen = z.safeParse(sessionInput, session.value)
  const stands = z.safeParse(intentInput, intent.value)
  const money = stands.success ? ofIntent(stands.data, at) : undefined
  const came = seen.success
    ? ofSession(seen.data, { at, delayed: false, failed: money?.state === 'failed' })
    : undefined
  return ok([
    // Where it belongs is the session's word, how it stands the payment's own.
    ...(came && money ? [{ ...came, ...stateOf(money), means: money.means }] : []),
    ...refunds.value.flatMap((each) => {
      const refund = z.safeParse(refundInput, each)
      return refund.success ? (ofRefund(refund.data, now) ?? []) : []
    }),
    ...disputes.value.flatMap((each) => {
      const dispute = z.safeParse(disputeInput, each)
      // Since when it is so is not in it, only that it was when we asked; by the second, as events are.
      return dispute.success ? (ofDispute(dispute.data, now - (now % 1000)) ?? []) : []
    }),
  ])
}

const stateOf = ({ state, failure }: Told) => ({ state, failure })
