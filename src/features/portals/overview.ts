import type { Database } from '../../db/client.ts'
import { pageOf, type Page } from '../../lib/page.ts'
import type { ActivityItem } from '../activity/queries.ts'
import { newestActivity } from '../activity/queries.ts'
import { linksOfPortal, type LinkItem } from '../links/queries.ts'
import { planOf, type MilestoneItem } from '../milestones/queries.ts'
import { portalStatement, type PortalItem } from './queries.ts'

export interface Overview {
  portal: PortalItem
  plan: MilestoneItem[]
  links: Page<LinkItem>
  activity: ActivityItem[]
}

const LINKS_SHOWN = 5
const ACTIVITY_SHOWN = 8

/** What the team sees of a portal at first, in one round trip. */
export async function overviewOf(
  db: Database,
  organizationId: string,
  id: string,
): Promise<Overview | undefined> {
  const [[portal], plan, links, activity] = await db.batch([
    portalStatement(db, organizationId, id),
    planOf(db, organizationId, id),
    linksOfPortal(db, organizationId, id, { limit: LINKS_SHOWN }),
    newestActivity(db, organizationId, id, { limit: ACTIVITY_SHOWN - 1 }),
  ])
  return portal && { portal, plan, links: pageOf(links, LINKS_SHOWN), activity }
}
