import type { Ctx } from '../../ctx.ts'
import type { Statement } from '../../db/batch.ts'
import { deleteBelow } from '../../platform/bucket.ts'
import { enqueue } from '../jobs/enqueue.ts'
import type { Job, Outcome } from '../jobs/run.ts'
import { objectsOf } from './rules.ts'

/** Thousands of objects that one run of the job takes away; the next run goes on. */
const SLICES_A_RUN = 5

/** The statement that has a portal's objects deleted; nothing in D1 names them any more by then. */
export const enqueueObjectsDeletion = (
  ctx: Ctx,
  { organizationId, portalId }: { organizationId: string; portalId: string },
): Statement => {
  const prefix = objectsOf(organizationId, portalId)
  return enqueue(ctx, {
    kind: 'objects.delete',
    key: `objects:${prefix}`,
    organizationId,
    data: { prefix },
  })
}

export async function deleteObjects(ctx: Ctx, job: Job, bucket: R2Bucket): Promise<Outcome> {
  const all = await deleteBelow(bucket, job.data['prefix'] ?? '', SLICES_A_RUN)
  return all
    ? { kind: 'done' }
    : { kind: 'later', at: ctx.now, reason: 'There were more files than one run deletes.' }
}
