import { sql } from 'drizzle-orm'
import type { TenantCtx } from '../../ctx.ts'
import { raw, type Statement } from '../../db/batch.ts'
import { activity } from '../../db/schema/activity.ts'
import { portal } from '../../db/schema/portals.ts'
import { activityRow, insertWhen } from '../activity/record.ts'
import type { MilestoneItem } from './queries.ts'

/** Saves of one slider this close together (ms) are one move. */
const ONE_MOVE = 10 * 60_000

/**
 * Records that a milestone was moved. A slider saves at every pause, so what one person does to it
 * within ten minutes is kept as one entry, from where it stood to where it ends.
 */
export function recordMove(
  ctx: TenantCtx,
  was: MilestoneItem,
  now: { title: string; progress: number },
): Statement[] {
  const row = activityRow(ctx, {
    kind: 'milestone.moved',
    portalId: was.portalId,
    data: {
      milestone: was.id,
      title: now.title,
      from: String(was.progress),
      to: String(now.progress),
    },
  })
  // The newest news of the portal; in literals, so that SQLite knows the partial index.
  const latest = sql`(
    select id from ${activity} where portal_id = ${row.portalId} and client = 1 and topic <> 'messages'
    and at > ${ctx.now - ONE_MOVE} order by at desc limit 1)`
  const same = sql`kind = ${row.kind} and actor_id is ${row.actorId} and data ->> 'milestone' = ${was.id}`
  return [
    insertWhen(row, sql`not exists (select 1 from ${activity} where id = ${latest} and ${same})`),
    // With a new id as well: lists are in the order of ids, and what goes on is the newest.
    raw(sql`
      update ${activity} set id = ${row.id}, at = ${row.at},
        data = json_set(data, '$.to', ${row.data['to'] ?? ''}, '$.title', ${now.title})
      where id = ${latest} and ${same} and id <> ${row.id}`),
    // The trigger that keeps this sees new entries alone.
    raw(sql`
      update ${portal} set last_activity_at = max(last_activity_at, ${row.at})
      where id = ${row.portalId} and organization_id = ${row.organizationId}`),
  ]
}
