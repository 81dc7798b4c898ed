import { sql, type SQL } from 'drizzle-orm'
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

/** The places of a portal's milestones from 0 on, without holes, but for one that is left out. */
const ranks = (portalId: string, without: string | null) => sql`
  select id, row_number() over (order by position, id) - 1 as place from ${milestone}
  where portal_id = ${portalId} and id is not ${without}`

const place = (portalId: string, places: SQL): Statement =>
  raw(sql`
    update ${milestone} set position = ranked.place from (${places}) ranked
    where milestone.id = ranked.id and milestone.portal_id = ${portalId} and position <> ranked.place`)

/**
 * Moves a milestone to a place in the order as it is by then, so that of two people who move two
 * milestones at once neither undoes the other. The rule `moved` says the same.
 */
export const placeAt = (portalId: string, id: string, position: number): Statement =>
  place(
    portalId,
    sql`
      select id, place + (place >= ${position}) as place from (${ranks(portalId, id)})
      union all
      select ${id}, min(${position}, (select count(*) from (${ranks(portalId, id)})))`,
  )

/** Closes the hole that a deleted milestone left behind. */
export const closeRanks = (portalId: string): Statement => place(portalId, ranks(portalId, null))
