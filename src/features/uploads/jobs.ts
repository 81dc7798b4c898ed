import { sql, type SQL } from 'drizzle-orm'
import type { Ctx } from '../../ctx.ts'
import { raw, type Statement } from '../../db/batch.ts'
import { job } from '../../db/schema/jobs.ts'
import { newId } from '../../lib/id.ts'
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
export const enqueueAbort = (ctx: Ctx, ended: Ended): Statement => enqueueAborts(ctx, [ended])

/** The same of many; `holds` is judged for each as `value`. */
export function enqueueAborts(ctx: Ctx, all: readonly Ended[], holds: SQL = sql`true`): Statement {
  ctx.enqueued = true
  const rows = all.map((ended) => ({
    id: newId(ctx.now),
    upload: ended.id,
    organizationId: ended.organizationId,
    data: { key: objectKey(ended, ended.object), multipart: ended.multipart ?? '' },
  }))
  return raw(sql`
    insert into ${job} (id, organization_id, kind, "key", data, next_at, attempts, created_at)
    select value ->> 'id', value ->> 'organizationId', 'upload.abort', 'upload-abort:' || (value ->> 'upload'),
      value -> 'data', ${ctx.now}, 0, ${ctx.now}
    from json_each(${JSON.stringify(rows)}) where ${holds}
    on conflict ("key") do nothing`)
}

/** Run again, it finds nothing left. */
export async function abortUpload(_: Ctx, { data }: Job, bucket: R2Bucket): Promise<Outcome> {
  const { key = '', multipart = '' } = data
  if (multipart !== '') await abortMultipart(bucket, { key, multipart })
  await deleteObject(bucket, key)
  await deleteBeside(bucket, key)
  return { kind: 'done' }
}
