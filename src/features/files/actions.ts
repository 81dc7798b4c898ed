import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import type { TenantCtx } from '../../ctx.ts'
import { commit, mustChange } from '../../db/batch.ts'
import { file } from '../../db/schema/files.ts'
import type { Failure } from '../../lib/failure.ts'
import { fail, ok, type Result } from '../../lib/result.ts'
import { record } from '../activity/record.ts'
import { authorise } from '../organizations/rules.ts'
import { fileById, type FileItem, type FilePath } from './queries.ts'

type Answer = Promise<Result<FileItem, Failure>>

/**
 * Takes a file with all its versions away from both sides. The team alone may, also in an archived
 * portal: it makes room once the file is purged. Until then it can be brought back.
 */
export const deleteFile = (ctx: TenantCtx, path: FilePath): Answer => change(ctx, path, true)

/** Brings a deleted file back, unless another one has taken its name. */
export const restoreFile = (ctx: TenantCtx, path: FilePath): Answer => change(ctx, path, false)

async function change(ctx: TenantCtx, path: FilePath, away: boolean): Answer {
  if (!authorise(ctx.actor, 'file.delete')) return fail({ kind: 'forbidden' })
  const organizationId = ctx.organization.id
  const found = await fileById(ctx.db, organizationId, path)
  if (!found) return fail({ kind: 'missing' })
  const { id, name, portalId } = found
  const written = await commit(ctx, [
    ctx.db
      .update(file)
      .set({ deletedAt: away ? ctx.now : null })
      .where(
        and(
          eq(file.id, id),
          eq(file.organizationId, organizationId),
          away ? isNull(file.deletedAt) : isNotNull(file.deletedAt),
        ),
      ),
    mustChange,
    record(ctx, {
      kind: away ? 'file.deleted' : 'file.restored',
      portalId,
      data: { file: id, name },
    }),
  ])
  if (!written.ok && written.failure === 'taken') {
    return fail({ kind: 'conflict', reason: 'file-name-taken' })
  }
  const now = await fileById(ctx.db, organizationId, path)
  return now ? ok(now) : fail({ kind: 'missing' })
}
