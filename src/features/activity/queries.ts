import { and, desc, eq, lt } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { activity } from '../../db/schema/activity.ts'
import { pageOf, type Page, type PageInput } from '../../lib/page.ts'

export type ActivityItem = typeof activity.$inferSelect

/** What happened in one portal, newest first, one more than the page shows. */
export const newestActivity = (
  db: Database,
  organizationId: string,
  portalId: string,
  page: PageInput,
) =>
  db
    .select()
    .from(activity)
    .where(
      and(
        eq(activity.portalId, portalId),
        eq(activity.organizationId, organizationId),
        page.cursor ? lt(activity.id, page.cursor) : undefined,
      ),
    )
    .orderBy(desc(activity.id))
    .limit(page.limit + 1)

/** What happened in the organisation, newest first; `kind` keeps one kind alone. */
export async function activityOfOrganization(
  db: Database,
  organizationId: string,
  { limit, cursor, kind }: PageInput & { kind?: string | undefined },
): Promise<Page<ActivityItem>> {
  const rows = await db
    .select()
    .from(activity)
    .where(
      and(
        eq(activity.organizationId, organizationId),
        kind ? eq(activity.kind, kind) : undefined,
        cursor ? lt(activity.id, cursor) : undefined,
      ),
    )
    .orderBy(desc(activity.id))
    .limit(limit + 1)
  return pageOf(rows, limit)
}
