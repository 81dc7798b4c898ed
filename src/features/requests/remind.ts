import { asc, eq, lte, sql } from 'drizzle-orm'
import type { Ctx } from '../../ctx.ts'
import { commit, raw } from '../../db/batch.ts'
import { fileRequest } from '../../db/schema/files.ts'
import { job } from '../../db/schema/jobs.ts'
import { portal } from '../../db/schema/portals.ts'
import { newId } from '../../lib/id.ts'
import { newsJob } from '../news/tell.ts'

/** Requests that one run looks at; the next goes on with those that are due then. */
const MOST_DUE = 500

/** An archived portal is asked about again so much later (ms): it may have been restored. */
const ARCHIVED_WAITS = 86_400_000

/**
 * Has the clients of every portal mailed whose requests are due. What the mail is about is settled by
 * its job, which steps them on; a portal whose job waits already needs no second one.
 */
export async function remindOfRequests(ctx: Ctx): Promise<{ reminded: number }> {
  const due = await ctx.db
    .select({
      portalId: fileRequest.portalId,
      organizationId: fileRequest.organizationId,
      archivedAt: portal.archivedAt,
    })
    .from(fileRequest)
    .innerJoin(portal, eq(portal.id, fileRequest.portalId))
    .where(lte(fileRequest.nudgeAt, ctx.now))
    .orderBy(asc(fileRequest.nudgeAt))
    .limit(MOST_DUE)
  const portals = new Map(due.map((row) => [row.portalId, row]))
  const open = [...portals.values()].filter(({ archivedAt }) => archivedAt === null)
  if (portals.size === 0) return { reminded: 0 }
  const jobs = JSON.stringify(
    open.map((place) => ({ id: newId(ctx.now), ...newsJob(place, 'clients') })),
  )
  const archived = JSON.stringify(
    [...portals.values()].filter((row) => row.archivedAt !== null).map(({ portalId }) => portalId),
  )
  await commit(ctx, [
    raw(sql`
      insert into ${job} (id, organization_id, kind, "key", data, next_at, created_at, attempts)
      select value ->> 'id', value ->> 'organizationId', value ->> 'kind', value ->> 'key', value -> 'data', ${ctx.now}, ${ctx.now}, 0
      from json_each(${jobs}) where true
      on conflict ("key") do nothing`),
    // Out of the way of those that are to be mailed.
    raw(sql`
      update ${fileRequest} set nudge_at = ${ctx.now + ARCHIVED_WAITS}
      where nudge_at <= ${ctx.now} and portal_id in (
        select id from ${portal} where id in (select value from json_each(${archived})) and archived_at is not null)`),
  ])
  return { reminded: open.length }
}
