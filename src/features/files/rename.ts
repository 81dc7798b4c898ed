import { and, eq, isNull } from 'drizzle-orm'
import type { TenantCtx } from '../../ctx.ts'
import { commit, mustChange } from '../../db/batch.ts'
import { file } from '../../db/schema/files.ts'
import type { Failure } from '../../lib/failure.ts'
import { fail, ok, type Result } from '../../lib/result.ts'
import { record } from '../activity/record.ts'
import { authorise } from '../organizations/rules.ts'
import { portalIsOpen, whyNot } from '../portals/guards.ts'
import type { RenameFile } from './input.ts'
import { fileById, type FileItem, type FilePath } from './queries.ts'

interface Place {
  folder: string
  name: string
}

const whole = ({ folder, name }: Place): string => (folder === '' ? name : `${folder}/${name}`)
const isAt = (one: Place, { folder, name }: Place): boolean =>
  one.folder === folder && one.name === name

/**
 * Gives a file another name, folder or both, with all its versions. A name that another file has there is
 * refused: only what is sent becomes a version. Names live in the database alone; no object moves.
 */
export async function renameFile(
  ctx: TenantCtx,
  path: FilePath,
  wanted: RenameFile,
): Promise<Result<FileItem, Failure>> {
  if (!authorise(ctx.actor, 'file.rename')) return fail({ kind: 'forbidden' })
  const organizationId = ctx.organization.id
  const was = await standing(ctx, path)
  if (!was) return fail({ kind: 'missing' })
  const to = { folder: wanted.folder ?? was.folder, name: wanted.name ?? was.name }
  if (isAt(was, to)) return ok(was)
  const { id, portalId } = was
  const written = await commit(ctx, [
    ctx.db
      .update(file)
      .set(to)
      .where(
        and(
          eq(file.id, id),
          eq(file.organizationId, organizationId),
          eq(file.folder, was.folder),
          eq(file.name, was.name),
          isNull(file.deletedAt),
          portalIsOpen(portalId, organizationId),
        ),
      ),
    mustChange,
    record(ctx, {
      kind: 'file.renamed',
      portalId,
      data: { file: id, name: whole(to), was: whole(was) },
    }),
  ])
  if (!written.ok && written.failure === 'taken') {
    return fail({ kind: 'conflict', reason: 'file-name-taken' })
  }
  const now = await standing(ctx, path)
  if (!now) return fail({ kind: 'missing' })
  // The second of two clicks finds it there.
  return isAt(now, to) ? ok(now) : fail(await whyNot(ctx, portalId))
}

async function standing(ctx: TenantCtx, path: FilePath): Promise<FileItem | undefined> {
  const found = await fileById(ctx.db, ctx.organization.id, path)
  return found?.deletedAt === null ? found : undefined
}
