import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Actor, Ctx } from '../../ctx.ts'
import { commit, mustChange, raw } from '../../db/batch.ts'
import { file, fileRequest, fileVersion, upload, uploadPart } from '../../db/schema/files.ts'
import { job as jobs } from '../../db/schema/jobs.ts'
import { newId } from '../../lib/id.ts'
import { completeMultipart, deleteBeside, deleteObject, sizeOf } from '../../platform/multipart.ts'
import { insertFrom, rowOf, type Doer } from '../activity/record.ts'
import { objectKey } from '../files/object.ts'
import type { Job, Outcome } from '../jobs/run.ts'
import { tellNews } from '../news/tell.ts'
import { enqueueAbort, finishingKey } from './jobs.ts'
import type { UploadRow } from './queries.ts'

interface Finishing {
  uploadId: string
  organizationId: string
  /** Who sent it, as the log names them. */
  doer: Pick<Doer, 'kind' | 'id'>
}

/**
 * Makes a file of an upload that has all its bytes: the object in the bucket, then everything in D1 in
 * one batch. It may end anywhere and be begun again: the bucket is asked what it has first. False when
 * it can't become a file any more.
 */
export async function finishUpload(
  ctx: Ctx,
  bucket: R2Bucket,
  { uploadId, organizationId, doer }: Finishing,
): Promise<boolean> {
  const [[row], parts] = await ctx.db.batch([
    ctx.db
      .select()
      .from(upload)
      .where(and(eq(upload.id, uploadId), eq(upload.organizationId, organizationId))),
    ctx.db
      .select({ number: uploadPart.number, etag: uploadPart.etag })
      .from(uploadPart)
      .where(eq(uploadPart.uploadId, uploadId))
      .orderBy(asc(uploadPart.number)),
  ])
  if (row?.state !== 'completing') return row?.state === 'stored'
  const key = objectKey(row, row.object)
  if (!(await isWhole(bucket, key, row, parts))) {
    await giveUp(ctx, row)
    return false
  }
  await deleteBeside(bucket, key)
  const stored = await store(ctx, row, doer)
  if (stored) return true
  // Whoever finished it in the same moment has done all of this; with its portal gone, nobody wants it.
  const [left] = await ctx.db
    .select({ state: upload.state })
    .from(upload)
    .where(eq(upload.id, uploadId))
  if (!left) await deleteObject(bucket, key)
  return left?.state === 'stored'
}

async function isWhole(
  bucket: R2Bucket,
  key: string,
  row: UploadRow,
  parts: { number: number; etag: string }[],
): Promise<boolean> {
  if ((await sizeOf(bucket, key)) === row.size) return true
  if (row.multipart === null) return false
  const completed = await completeMultipart(bucket, { key, multipart: row.multipart }, parts)
  // Refused, or somebody else was faster.
  return completed || (await sizeOf(bucket, key)) === row.size
}

/** The file, its version and all that follows from it, once. */
async function store(ctx: Ctx, row: UploadRow, doer: Finishing['doer']): Promise<boolean> {
  const { id, organizationId, portalId, folder, name, size, source, byId, by, requestId } = row
  const contentType = row.contentType ?? 'application/octet-stream'
  // The one its object was put under, unless that file was there then, and has been deleted since.
  const [place = ''] = row.object.split('/')
  const fileId = sql`iif(exists (select 1 from ${file} where id = ${place}), ${newId(ctx.now)}, ${place})`
  const named = sql`portal_id = ${portalId} and folder = ${folder} and name = ${name} and deleted_at is null`
  const happened = rowOf(
    { now: ctx.now, organization: { id: organizationId } },
    { kind: 'file.uploaded', portalId },
    { ...doer, name: by },
  )
  const request = sql`(select title from ${fileRequest} where id = ${requestId} and portal_id = ${portalId})`
  const written = await commit(ctx, [
    ctx.db
      .update(upload)
      .set({ state: 'stored' })
      .where(
        and(
          eq(upload.id, id),
          eq(upload.organizationId, organizationId),
          eq(upload.state, 'completing'),
        ),
      ),
    mustChange,
    raw(sql`
      insert into ${file} (id, organization_id, portal_id, folder, name, version, latest, size, content_type, source, by_id, "by", created_at)
      values (${fileId}, ${organizationId}, ${portalId}, ${folder}, ${name}, 1, ${id}, ${size}, ${contentType},
        ${source}, ${byId}, ${by}, ${ctx.now})
      on conflict (portal_id, folder, name) where deleted_at is null do update set
        version = version + 1, latest = excluded.latest, size = excluded.size, content_type = excluded.content_type,
        source = excluded.source, by_id = excluded.by_id, "by" = excluded."by", created_at = excluded.created_at`),
    raw(sql`
      insert into ${fileVersion} (id, organization_id, portal_id, file_id, version, object, size, content_type, crc32, source, by_id, "by", request_id, created_at)
      select ${id}, ${organizationId}, ${portalId}, id, version, ${row.object}, ${size}, ${contentType}, ${row.crc32},
        ${source}, ${byId}, ${by}, ${requestId}, ${ctx.now}
      from ${file} where ${named}`),
    ...(requestId === null
      ? []
      : [
          ctx.db
            .update(fileRequest)
            .set({ fulfilledAt: ctx.now, fulfilledBy: by, nudgeAt: null })
            .where(
              and(
                eq(fileRequest.id, requestId),
                eq(fileRequest.portalId, portalId),
                isNull(fileRequest.fulfilledAt),
                isNull(fileRequest.closedAt),
              ),
            ),
        ]),
    insertFrom(
      happened,
      // Without the request's title where there is none: a patch takes nulls away.
      sql`json_patch(json_object('file', id, 'name', name, 'version', cast(version as text)),
        json_object('request', ${request}))`,
      sql`from ${file} where ${named}`,
    ),
    tellNews(ctx, { organizationId, portalId }, source === 'team' ? 'clients' : 'team'),
    ctx.db.delete(uploadPart).where(eq(uploadPart.uploadId, id)),
    ctx.db.delete(jobs).where(eq(jobs.key, finishingKey(id))),
  ])
  return written.ok
}

/** Its parts are gone: the room is free again, and its sender begins anew. */
async function giveUp(ctx: Ctx, row: UploadRow): Promise<void> {
  await commit(ctx, [
    ctx.db
      .update(upload)
      .set({ state: 'aborted' })
      .where(
        and(
          eq(upload.id, row.id),
          eq(upload.organizationId, row.organizationId),
          eq(upload.state, 'completing'),
        ),
      ),
    mustChange,
    enqueueAbort(ctx, row),
    ctx.db.delete(jobs).where(eq(jobs.key, finishingKey(row.id))),
  ])
}

const doers: readonly Actor['kind'][] = ['member', 'apiKey', 'contact']

/** The job: for uploads whose last request did not come that far. */
export async function completeUpload(ctx: Ctx, job: Job, bucket: R2Bucket): Promise<Outcome> {
  const { upload: uploadId = '', doer = '', doerId = '' } = job.data
  const kind = doers.find((known) => known === doer) ?? 'cron'
  const stored = await finishUpload(ctx, bucket, {
    uploadId,
    organizationId: job.organizationId ?? '',
    doer: { kind, id: doerId || null },
  })
  return stored
    ? { kind: 'done' }
    : { kind: 'done', reason: 'Its parts were no longer there, so it had to be begun anew.' }
}
