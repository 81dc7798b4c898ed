import type { Database } from '../../db/client.ts'
import { pageOf, type Page } from '../../lib/page.ts'
import type { PortalActivity } from '../activity/input.ts'
import { newestActivity, type ActivityItem } from '../activity/queries.ts'
import { portalStatement, type PortalItem } from './queries.ts'

export interface PortalLog {
  portal: PortalItem
  list: Page<ActivityItem>
}

/** A portal with a page of what happened in it, in one round trip. */
export async function portalLog(
  db: Database,
  organizationId: string,
  id: string,
  input: PortalActivity,
): Promise<PortalLog | undefined> {
  const [[portal], rows] = await db.batch([
    portalStatement(db, organizationId, id),
    newestActivity(db, organizationId, id, input),
  ])
  return portal && { portal, list: pageOf(rows, input.limit) }
}
