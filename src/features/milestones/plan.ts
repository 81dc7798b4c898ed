import { sql } from 'drizzle-orm'
import { raw, type Statement } from '../../db/batch.ts'
import { milestone } from '../../db/schema/milestones.ts'
import { portal } from '../../db/schema/portals.ts'

/**
 * Brings a portal's stored progress and next milestone up to its plan; it belongs into the batch of
 * every change of the plan, behind it. Run for any portal, it also rebuilds them.
 */
export const refreshPlan = (portalId: string): Statement =>
  raw(sql`
    update ${portal} set
      progress = coalesce((select sum(weight * progress) / sum(weight) from ${milestone} where portal_id = ${portalId}), 0),
      (next_title, next_due_on) = (
        select title, due_on from ${milestone}
        where portal_id = ${portalId} and progress < 100 order by position, id limit 1)
    where id = ${portalId}`)

/** Gives the milestones of a portal their places in this order; others keep theirs. */
export const placeInOrder = (portalId: string, ids: readonly string[]): Statement =>
  raw(sql`
    update ${milestone} set position = place.key
    from json_each(${JSON.stringify(ids)}) place
    where milestone.id = place.value and milestone.portal_id = ${portalId}`)
