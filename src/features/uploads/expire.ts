import { and, eq, inArray, isNotNull, lte, sql } from 'drizzle-orm'
import type { Ctx } from '../../ctx.ts'
import { commit, raw, type Statement } from '../../db/batch.ts'
import { upload } from '../../db/schema/files.ts'
import type { Fields } from '../../lib/log.ts'
import { UPLOAD_LIVES } from '../files/rules.ts'
import { enqueueAborts, type Ended } from './jobs.ts'

/** What one run ends, and what it forgets, at most; the rest is the next one's. */
const MOST_ENDED = 200
const MOST_FORGOTTEN = 2000

const endedFields = {
  id: upload.id,
  organizationId: upload.organizationId,
  portalId: upload.portalId,
  object: upload.object,
  multipart: upload.multipart,
}

/**
 * Ends uploads that nobody went on with, and forgets those that are over. What ended is known for a
 * while longer, so that its sender hears of it.
 */
export async function expireUploads(ctx: Ctx): Promise<Fields> {
  const due = await ctx.db
    .select(endedFields)
    .from(upload)
    .where(and(lte(upload.expiresAt, ctx.now), eq(upload.state, 'receiving')))
    .orderBy(upload.expiresAt)
    .limit(MOST_ENDED)
  const ids = JSON.stringify(due.map(({ id }) => id))
  await commit(ctx, [
    raw(sql`
      delete from ${upload} where id in (
        select id from ${upload} where expires_at <= ${ctx.now} and state in ('stored', 'aborted')
        limit ${MOST_FORGOTTEN})`),
    raw(sql`
      update ${upload} set state = 'aborted', lock = null, locked_until = null, expires_at = ${ctx.now + UPLOAD_LIVES}
      where id in (select value from json_each(${ids})) and state = 'receiving' and expires_at <= ${ctx.now}`),
    enqueueAborts(
      ctx,
      due,
      sql`exists (select 1 from ${upload} where id = value ->> 'upload' and state = 'aborted')`,
    ),
  ])
  return { uploads: due.length }
}

/** What of a portal's unfinished uploads no listing of the bucket shows, to be cleared away with it. */
export async function abortsOf(
  ctx: Ctx,
  at: { organizationId: string; portalId: string },
): Promise<Statement> {
  const unfinished: Ended[] = await ctx.db
    .select(endedFields)
    .from(upload)
    .where(
      and(
        eq(upload.portalId, at.portalId),
        eq(upload.organizationId, at.organizationId),
        inArray(upload.state, ['receiving', 'completing']),
        isNotNull(upload.multipart),
      ),
    )
    .limit(MOST_FORGOTTEN)
  return enqueueAborts(ctx, unfinished)
}
