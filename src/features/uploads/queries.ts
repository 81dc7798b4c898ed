import { eq, sql } from 'drizzle-orm'
import type { TenantCtx } from '../../ctx.ts'
import { upload } from '../../db/schema/files.ts'
import { portal } from '../../db/schema/portals.ts'
import type { Ended } from './jobs.ts'
import type { Attempted } from './rules.ts'
import { own, senderIn, type Sender, type UploadPath } from './sender.ts'

/** An upload as its sender knows it. */
export interface UploadItem extends Attempted, Ended {
  name: string
  folder: string
  /** Of the bytes that are durable. */
  crc32: number
}

export const uploadFields = {
  id: upload.id,
  name: upload.name,
  folder: upload.folder,
  size: upload.size,
  offset: upload.offset,
  crc32: upload.crc32,
  state: upload.state,
  source: upload.source,
  byId: upload.byId,
  expiresAt: upload.expiresAt,
  lockedUntil: upload.lockedUntil,
  organizationId: upload.organizationId,
  portalId: upload.portalId,
  object: upload.object,
  multipart: upload.multipart,
}

export type UploadRow = typeof upload.$inferSelect

export async function uploadOf(
  ctx: TenantCtx,
  path: UploadPath,
  sender: Sender,
): Promise<UploadItem | undefined> {
  const [row] = await ctx.db
    .select({
      ...uploadFields,
      archived: sql<boolean>`${portal.archivedAt} is not null`.mapWith(Boolean),
    })
    .from(upload)
    .innerJoin(portal, eq(portal.id, upload.portalId))
    .where(own(ctx, path, sender))
  return row
}

/** Whether somebody can still go on with it, or it became a file: what was ended is as good as gone. */
export const isKnown = ({ state, expiresAt }: Attempted, now: number): boolean =>
  state === 'receiving' ? expiresAt > now : state !== 'aborted'

/** An upload that its sender asks about. */
export async function findUpload(
  ctx: TenantCtx,
  path: UploadPath,
): Promise<UploadItem | undefined> {
  const sender = senderIn(ctx, path.portal)
  const found = sender.ok ? await uploadOf(ctx, path, sender.value) : undefined
  return found && isKnown(found, ctx.now) ? found : undefined
}
