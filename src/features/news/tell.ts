import type { Ctx } from '../../ctx.ts'
import type { Statement } from '../../db/batch.ts'
import { enqueueUnlessWaiting, type NewJob } from '../jobs/enqueue.ts'
import { NEWS_WAITS } from './rules.ts'

export type Side = 'clients' | 'team'

/** A portal and whose it is. */
export interface Place {
  organizationId: string
  portalId: string
}

/** The job that mails the news of a portal to one side of it: `notify` says what that is. */
export const newsJob = ({ organizationId, portalId }: Place, to: Side): NewJob => ({
  kind: 'messages.notify',
  key: `messages:${portalId}:${to}`,
  organizationId,
  data: { portal: portalId, to },
})

/** The statement by which one side of a portal is mailed its news, once it has gathered. */
export const tellNews = (ctx: Ctx, place: Place, to: Side): Statement =>
  enqueueUnlessWaiting(ctx, { ...newsJob(place, to), at: ctx.now + NEWS_WAITS })
