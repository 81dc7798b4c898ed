import { and, asc, eq, gt, sql, type SQL } from 'drizzle-orm'
import type { TenantCtx } from '../../ctx.ts'
import { commit, mustChange, raw } from '../../db/batch.ts'
import { file, fileRequest, fileVersion, upload } from '../../db/schema/files.ts'
import { organization } from '../../db/schema/organizations.ts'
import { portal } from '../../db/schema/portals.ts'
import type { Failure } from '../../lib/failure.ts'
import { newId } from '../../lib/id.ts'
import { fail, ok, type Result } from '../../lib/result.ts'
import { MOST_FILE, UPLOAD_LIMIT, UPLOAD_LIVES } from '../files/rules.ts'
import type { CreateUpload } from './input.ts'
import { uploadOf, type UploadItem } from './queries.ts'
import { senderIn, type Sender } from './sender.ts'

/** `id` is the caller's: the same again begins nothing new. */
export interface NewUpload extends CreateUpload {
  id: string
  portal: string
}

/**
 * Begins an upload: room in the organisation's storage is taken for all of it, and it counts among
 * those of its link, in the very statement that makes it, so no race gets past either.
 */
export async function createUpload(
  ctx: TenantCtx,
  input: NewUpload,
): Promise<Result<UploadItem, Failure>> {
  const { id, portal: portalId, filename: name, folder, request, size } = input
  const known = senderIn(ctx, portalId)
  if (!known.ok) return known
  if (size > MOST_FILE) return fail({ kind: 'too-large', most: MOST_FILE })
  const sender = known.value
  const { source, byId, by, linkId } = sender
  const object = sql`coalesce((
    select id from ${file} where portal_id = portal.id and folder = ${folder} and name = ${name}
    and deleted_at is null), ${newId(ctx.now)}) || '/' || ${id}`
  const written = await commit(ctx, [
    raw(sql`
      insert into ${upload} (id, organization_id, portal_id, object, folder, name, size, source, by_id, "by", link_id, request_id, created_at, expires_at)
      select ${id}, organization_id, portal.id, ${object}, ${folder}, ${name}, ${size}, ${source}, ${byId}, ${by},
        ${linkId}, ${request ?? null}, ${ctx.now}, ${ctx.now + UPLOAD_LIVES}
      from ${portal} join ${organization} on organization.id = portal.organization_id
      where portal.id = ${portalId} and organization.id = ${ctx.organization.id} and archived_at is null
      and storage + ${size} <= ${ctx.settings.storage}
      and ${withinLimit(ctx, sender)} and ${takesFiles(sender, portalId, request)}`),
    mustChange,
  ])
  if (written.ok || written.failure === 'taken') {
    const made = await uploadOf(ctx, { portal: portalId, upload: id }, sender)
    // Taken: the first of two clicks began it; or the id is somebody else's.
    if (made?.name === name && made.folder === folder) return ok(made)
    return fail({ kind: 'conflict', reason: 'changed-meanwhile' })
  }
  return fail(await refusal(ctx, sender, input))
}

/** True while the link has begun fewer uploads than it may in an hour; the team has no such limit. */
function withinLimit(ctx: TenantCtx, { linkId }: Sender): SQL {
  if (linkId === null) return sql`true`
  return sql`(
    select count(*) from (
      select 1 from ${upload} where link_id = ${linkId} and created_at > ${ctx.now - UPLOAD_LIMIT.window}
      limit ${UPLOAD_LIMIT.most})) < ${UPLOAD_LIMIT.most}`
}

/** True while the request waits for a file; whoever answered it may add to that until it is closed. */
function takesFiles({ byId }: Sender, portalId: string, request: string | undefined): SQL {
  if (request === undefined) return sql`true`
  return sql`exists (
    select 1 from ${fileRequest} r where r.id = ${request} and r.portal_id = ${portalId} and r.closed_at is null
    and (r.fulfilled_at is null or exists (
      select 1 from ${fileVersion} v where v.request_id = r.id and v.by_id = ${byId})))`
}

async function refusal(ctx: TenantCtx, sender: Sender, input: NewUpload): Promise<Failure> {
  const organizationId = ctx.organization.id
  const [[place], [oldest], [asked]] = await ctx.db.batch([
    ctx.db
      .select({ archivedAt: portal.archivedAt, storage: organization.storage })
      .from(portal)
      .innerJoin(organization, eq(organization.id, portal.organizationId))
      .where(and(eq(portal.id, input.portal), eq(portal.organizationId, organizationId))),
    ctx.db
      .select({ at: upload.createdAt, count: sql<number>`count(*) over ()` })
      .from(upload)
      .where(
        and(
          eq(upload.linkId, sender.linkId ?? ''),
          gt(upload.createdAt, ctx.now - UPLOAD_LIMIT.window),
        ),
      )
      .orderBy(asc(upload.createdAt))
      .limit(1),
    ctx.db
      .select({ id: fileRequest.id })
      .from(fileRequest)
      .where(
        and(
          eq(fileRequest.id, input.request ?? ''),
          eq(fileRequest.portalId, input.portal),
          eq(fileRequest.organizationId, organizationId),
        ),
      ),
  ])
  if (!place) return { kind: 'missing' }
  if (place.archivedAt !== null) return { kind: 'conflict', reason: 'portal-archived' }
  if (input.request !== undefined && !asked) return { kind: 'missing' }
  if (oldest && oldest.count >= UPLOAD_LIMIT.most) {
    const free = oldest.at + UPLOAD_LIMIT.window
    return { kind: 'limited', retryAfter: Math.max(1, Math.ceil((free - ctx.now) / 1000)) }
  }
  if (place.storage + input.size > ctx.settings.storage) {
    return { kind: 'conflict', reason: 'storage-full' }
  }
  // Whatever it was is over by now where nothing was asked for.
  return {
    kind: 'conflict',
    reason: input.request === undefined ? 'changed-meanwhile' : 'request-over',
  }
}
