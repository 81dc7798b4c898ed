import { and, asc, desc, eq, lt } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { milestone, milestoneTemplate } from '../../db/schema/milestones.ts'
import { pageOf, type Page, type PageInput } from '../../lib/page.ts'
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

export type TemplateRow = typeof milestoneTemplate.$inferSelect

/** Newest first. */
export async function listTemplates(
  db: Database,
  organizationId: string,
  page: PageInput,
): Promise<Page<TemplateRow>> {
  const rows = await db
    .select()
    .from(milestoneTemplate)
    .where(
      and(
        eq(milestoneTemplate.organizationId, organizationId),
        page.cursor ? lt(milestoneTemplate.id, page.cursor) : undefined,
      ),
    )
    .orderBy(desc(milestoneTemplate.id))
    .limit(page.limit + 1)
  return pageOf(rows, page.limit)
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
