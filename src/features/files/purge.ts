import { inArray, lte, sql } from 'drizzle-orm'
import type { Ctx } from '../../ctx.ts'
import { commit, raw } from '../../db/batch.ts'
import { file, fileVersion } from '../../db/schema/files.ts'
import { job } from '../../db/schema/jobs.ts'
import { deleteKeys } from '../../platform/bucket.ts'
import type { Job, Outcome } from '../jobs/run.ts'
import { objectKey } from './object.ts'
import { DELETED_KEPT } from './rules.ts'

/** Files that one purge takes; the rest is tomorrow's. */
const MOST = 1000

/**
 * Takes files that were deleted long enough ago away for good: their rows at once, their objects by a
 * job of the same batch for each, which names them, since nothing else does from then on.
 */
export async function purgeFiles(ctx: Ctx): Promise<void> {
  // Its id is the file's own: a file is purged once.
  const due = ctx.db
    .select({ id: file.id })
    .from(file)
    .where(lte(file.deletedAt, ctx.now - DELETED_KEPT))
    .orderBy(file.deletedAt)
    .limit(MOST)
  await commit(ctx, [
    raw(sql`
      insert into ${job} (id, organization_id, kind, key, data, next_at, created_at)
      select id, organization_id, 'files.delete', 'files:' || id,
        json_object('portal', portal_id, 'objects', coalesce(
          (select group_concat(object, ' ') from ${fileVersion} where file_id = file.id), '')),
        ${ctx.now}, ${ctx.now}
      from ${file} where id in ${due}`),
    ctx.db.delete(file).where(inArray(file.id, due)),
  ])
}

/** The objects of a purged file. What is gone already is no error. */
export async function deleteFileObjects(_: Ctx, job: Job, bucket: R2Bucket): Promise<Outcome> {
  const { portal: portalId = '', objects = '' } = job.data
  const organizationId = job.organizationId ?? ''
  const keys = objects
    .split(' ')
    .filter((object) => object !== '')
    .map((object) => objectKey({ organizationId, portalId }, object))
  await deleteKeys(bucket, keys)
  return { kind: 'done' }
}
