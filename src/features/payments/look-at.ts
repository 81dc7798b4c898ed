import type { TenantCtx } from '../../ctx.ts'
import type { Statement } from '../../db/batch.ts'
import { enqueueUnlessWaiting } from '../jobs/enqueue.ts'

/** The statement that has Stripe asked how one payment stands. */
export function lookAt(ctx: TenantCtx, payment: string): Statement {
  ctx.enqueued = true
  return enqueueUnlessWaiting(ctx, {
    kind: 'stripe.look',
    key: `stripe.look:${ctx.organization.id}:${payment}`,
    organizationId: ctx.organization.id,
    data: { payment },
  })
}
