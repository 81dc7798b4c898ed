import type { Ctx } from '../../ctx.ts'
import type { Statement } from '../../db/batch.ts'
import { enqueueUnlessWaiting } from '../jobs/enqueue.ts'
import { NEWS_WAITS } from './rules.ts'

/**
 * The statement that has the other side of a portal told what is new, once it has gathered: messages,
 * and files, which wait in the same job, so that they come in one mail.
 */
export const tellOtherSide = (
  ctx: Ctx,
  {
    organizationId,
    portalId,
    from,
  }: { organizationId: string; portalId: string; from: 'team' | 'client' },
): Statement => {
  const to = from === 'team' ? 'clients' : 'team'
  return enqueueUnlessWaiting(ctx, {
    kind: 'messages.notify',
    key: `messages:${portalId}:${to}`,
    organizationId,
    data: { portal: portalId, to },
    at: ctx.now + NEWS_WAITS,
  })
}
