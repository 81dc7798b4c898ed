import type { Ctx } from '../../ctx.ts'
import type { Statement } from '../../db/batch.ts'
import { abortMultipart, deleteBeside, deleteObject } from '../../platform/multipart.ts'
import type { Doer } from '../activity/record.ts'
import { objectKey } from '../files/object.ts'
import { enqueue } from '../jobs/enqueue.ts'
import type { Job, Outcome } from '../jobs/run.ts'
import { FINISHES } from './rules.ts'

export const finishingKey = (uploadId: string): string => `upload:${uploadId}`

/**
 * The statement that has an upload finished, whatever becomes of whoever received its last byte: that
 * one tries at once, and the job looks after it a little later.
 */
export const enqueueFinishing = (
  ctx: Ctx,
  { id, organizationId }: { id: string; organizationId: string },
  doer: Doer,
  now: number,
): Statement =>
  enqueue(ctx, {
    kind: 'upload.complete',
    key: finishingKey(id),
    organizationId,
    data: { upload: id, doer: doer.kind, doerId: doer.id ?? '' },
    at: now + FINISHES,
  })

/** What is needed to clear an upload away when its row is gone. */
export interface Ended {
  id: string
  organizationId: string
  portalId: string
  object: string
  multipart: string | null
}

/** The statement that has cleared away what the bucket holds of an upload that was ended. */
export const enqueueAbort = (ctx: Ctx, ended: Ended): Statement =>
  enqueue(ctx, {
    kind: 'upload.abort',
    key: `upload-abort:${ended.id}`,
    organizationId: ended.organizationId,
    data: { key: objectKey(ended, ended.object), multipart: ended.multipart ?? '' },
  })

/** Run again, it finds nothing left. */
export async function abortUpload(_: Ctx, job: Job, bucket: R2Bucket): Promise<Outcome> {
  const { key = '', multipart = '' } = job.data
  if (multipart !== '') await abortMultipart(bucket, { key, multipart })
  await deleteObject(bucket, key)
  await deleteBeside(bucket, key)
  return { kind: 'done' }
}
