import type { Database } from '../../db/client.ts'
import { pageOf, type Page } from '../../lib/page.ts'
import type { ListMilestones } from '../milestones/input.ts'
import {
  newestTemplates,
  pageOfPlan,
  planCursor,
  planOf,
  TEMPLATES_OFFERED,
  type MilestoneItem,
  type TemplateListed,
} from '../milestones/queries.ts'
import { portalStatement, type PortalItem } from './queries.ts'

export interface PortalWithPlan {
  portal: PortalItem
  plan: MilestoneItem[]
  /** What an empty plan can be started from, newest first. */
  templates: TemplateListed[]
}

/** A portal's whole plan and what one could be made from, in one round trip. */
export async function portalWithPlan(
  db: Database,
  organizationId: string,
  id: string,
): Promise<PortalWithPlan | undefined> {
  const [[portal], plan, templates] = await db.batch([
    portalStatement(db, organizationId, id),
    planOf(db, organizationId, id),
    newestTemplates(db, organizationId, { limit: TEMPLATES_OFFERED - 1 }),
  ])
  return portal && { portal, plan, templates }
}

/** A page of a portal's plan; undefined where there is no such portal. */
export async function planPage(
  db: Database,
  organizationId: string,
  id: string,
  input: ListMilestones,
): Promise<Page<MilestoneItem> | undefined> {
  const [[portal], plan] = await db.batch([
    portalStatement(db, organizationId, id),
    pageOfPlan(db, organizationId, id, input),
  ])
  return portal && pageOf(plan, input.limit, planCursor)
}
