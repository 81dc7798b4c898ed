import { eq } from 'drizzle-orm'
import * as z from 'zod/mini'
import type { Ctx, TenantCtx } from '../../ctx.ts'
import { commit, type Statement } from '../../db/batch.ts'
import { stripeAccount } from '../../db/schema/payments.ts'
import { isId } from '../../lib/id.ts'
import { fail, ok, type Result } from '../../lib/result.ts'
import { eventIn } from '../../platform/stripe.ts'
import { endpointOf } from './account.ts'
import { keptEvent } from './events.ts'
import { lookAt } from './look-at.ts'
import { eventInput, type StripeEvent } from './objects.ts'
import { isKnownPayment, takeIn, type Beside } from './take.ts'
import { meaningOf } from './told.ts'

export interface Delivery {
  /** The name in the address it came to. */
  endpoint: string
  body: ArrayBuffer
  signature: string
}

/**
 * Takes in an event that Stripe delivers. Whose it is says the address, and that it is Stripe's the
 * signature: an address that is none answers as a wrong signature does. It is answered well once all
 * that it means is in the database, or, where Stripe has to be asked, the job that asks.
 */
export async function receiveStripe(
  ctx: Ctx,
  { endpoint, body, signature }: Delivery,
): Promise<Result<void, 'not-genuine' | 'not-an-event'>> {
  const found = isId(endpoint) ? await endpointOf(ctx, endpoint) : undefined
  if (!found) return fail('not-genuine')
  const { organization, mode, secrets } = found
  const genuine = await eventIn(new Uint8Array(body), signature, secrets, ctx.now)
  if (!genuine) return fail('not-genuine')
  const event = z.safeParse(eventInput, genuine)
  if (!event.success) return fail('not-an-event')
  const inside = Object.assign(ctx, { organization })
  const beside = () => [keptEvent(inside, event.data), heard(inside)]
  if (event.data.livemode === (mode === 'live')) await takeEvent(inside, event.data, beside)
  // Of the account's other half: kept, and nothing of ours.
  else await commit(inside, beside())
  return ok(undefined)
}

/** Takes in all that one event means, by whichever way it came, and however often. */
export async function takeEvent(ctx: TenantCtx, event: StripeEvent, beside: Beside): Promise<void> {
  const meaning = meaningOf(event)
  switch (meaning.kind) {
    case 'nothing':
      await commit(ctx, beside())
      return
    case 'money':
      await takeIn(ctx, meaning.told, beside)
      return
    case 'state': {
      const { told } = meaning
      if (await isKnownPayment(ctx, told.id)) await takeIn(ctx, told, beside)
      // A card that was declined at the till is no news before another pays.
      else if (!told.ours || told.state === 'failed') await commit(ctx, beside())
      else await commit(ctx, [...beside(), lookAt(ctx, told.id)])
      return
    }
    case 'ask': {
      const { payment, ours } = meaning
      const worth = ours || (await isKnownPayment(ctx, payment))
      await commit(ctx, worth ? [...beside(), lookAt(ctx, payment)] : beside())
    }
  }
}

/** That the account's webhook works: shown under Settings. */
const heard = (ctx: TenantCtx): Statement =>
  ctx.db
    .update(stripeAccount)
    .set({ eventAt: ctx.now })
    .where(eq(stripeAccount.organizationId, ctx.organization.id))
