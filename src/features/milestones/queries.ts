import { and, asc, desc, eq, lt, sql } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { activity } from '../../db/schema/activity.ts'
import { milestone, milestoneTemplate } from '../../db/schema/milestones.ts'
import { encodeCursor } from '../../lib/cursor.ts'
import { pageOf, type Page, type PageInput } from '../../lib/page.ts'
import type { ListMilestones } from './input.ts'
import { MOST_MILESTONES } from './rules.ts'

export type MilestoneItem = typeof milestone.$inferSelect

/** The plan of one portal in its order. */
export const planOf = (db: Database, organizationId: string, portalId: string) =>
  db
    .select()
    .from(milestone)
    .where(and(eq(milestone.portalId, portalId), eq(milestone.organizationId, organizationId)))
    .orderBy(asc(milestone.position), asc(milestone.id))
    .limit(MOST_MILESTONES)

/** A page of the plan in its order, one more than it shows. */
export const pageOfPlan = (
  db: Database,
  organizationId: string,
  portalId: string,
  { limit, after }: ListMilestones,
) =>
  db
    .select()
    .from(milestone)
    .where(
      and(
        eq(milestone.portalId, portalId),
        eq(milestone.organizationId, organizationId),
        after && sql`(${milestone.position}, ${milestone.id}) > (${after.position}, ${after.id})`,
      ),
    )
    .orderBy(asc(milestone.position), asc(milestone.id))
    .limit(limit + 1)

export const planCursor = ({ position, id }: MilestoneItem): string => encodeCursor([position, id])

export interface MilestonePath {
  portal: string
  milestone: string
}

/** One milestone of one portal of one organisation: a path that is wrong anywhere leads nowhere. */
export const at = (organizationId: string, path: MilestonePath) =>
  and(
    eq(milestone.id, path.milestone),
    eq(milestone.portalId, path.portal),
    eq(milestone.organizationId, organizationId),
  )

export async function milestoneById(
  db: Database,
  organizationId: string,
  path: MilestonePath,
): Promise<MilestoneItem | undefined> {
  const [row] = await db.select().from(milestone).where(at(organizationId, path))
  return row
}

export interface Move {
  by: string
  at: number
}

/** Entries of a portal's activity that are looked through for the last move of a milestone. */
const MOVES_LOOKED_AT = 50

/** Who moved a milestone last; undefined when that was long ago. */
export async function lastMove(
  db: Database,
  organizationId: string,
  path: MilestonePath,
): Promise<Move | undefined> {
  const recent = db
    .select({ by: activity.actorName, kind: activity.kind, data: activity.data, at: activity.at })
    .from(activity)
    .where(
      and(
        eq(activity.portalId, path.portal),
        eq(activity.client, true),
        eq(activity.organizationId, organizationId),
      ),
    )
    .orderBy(desc(activity.at))
    .limit(MOVES_LOOKED_AT)
    .as('recent')
  const [row] = await db
    .select({ by: recent.by, at: recent.at })
    .from(recent)
    .where(
      sql`${recent.kind} = 'milestone.moved' and ${recent.data} ->> 'milestone' = ${path.milestone}`,
    )
    .limit(1)
  return row
}

/** A template as a list shows it. */
const templateShown = {
  id: milestoneTemplate.id,
  name: milestoneTemplate.name,
  count: sql<number>`json_array_length(${milestoneTemplate.items})`,
  createdAt: milestoneTemplate.createdAt,
}

export type TemplateRow = typeof milestoneTemplate.$inferSelect

/** The templates of an organisation, newest first, one more than a page shows. */
export const newestTemplates = (db: Database, organizationId: string, page: PageInput) =>
  db
    .select(templateShown)
    .from(milestoneTemplate)
    .where(
      and(
        eq(milestoneTemplate.organizationId, organizationId),
        page.cursor ? lt(milestoneTemplate.id, page.cursor) : undefined,
      ),
    )
    .orderBy(desc(milestoneTemplate.id))
    .limit(page.limit + 1)

export type TemplateListed = Awaited<ReturnType<typeof newestTemplates>>[number]

/** Templates that can be chosen from at once. */
export const TEMPLATES_OFFERED = 50

export async function listTemplates(
  db: Database,
  organizationId: string,
  page: PageInput,
): Promise<Page<TemplateListed>> {
  return pageOf(await newestTemplates(db, organizationId, page), page.limit)
}

export async function templateById(
  db: Database,
  organizationId: string,
  id: string,
): Promise<TemplateRow | undefined> {
  const [row] = await db
    .select()
    .from(milestoneTemplate)
    .where(and(eq(milestoneTemplate.id, id), eq(milestoneTemplate.organizationId, organizationId)))
  return row
}
