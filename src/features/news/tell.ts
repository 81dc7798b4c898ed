import type { TenantCtx } from '../../ctx.ts'
import type { Statement } from '../../db/batch.ts'
import { enqueueUnlessWaiting, type NewJob } from '../jobs/enqueue.ts'
import { NEWS_WAITS } from './rules.ts'

export type Side = 'clients' | 'team'

/** The job that mails the news of a portal to one side of it: `notify` says what that is. */
export const newsJob = (organizationId: string, portalId: string, to: Side): NewJob => ({
  kind: 'messages.notify',
  key: `messages:${portalId}:${to}`,
  organizationId,
  data: { portal: portalId, to },
})

/** The statement by which one side of a portal is mailed its news, once it has gathered. */
export const tellNews = (ctx: TenantCtx, portalId: string, to: Side): Statement =>
  enqueueUnlessWaiting(ctx, {
    ...newsJob(ctx.organization.id, portalId, to),
    at: ctx.now + NEWS_WAITS,
  })
