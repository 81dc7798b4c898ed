import { and, asc, desc, eq, getTableColumns, lt, sql } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { user } from '../../db/schema/accounts.ts'
import { activity } from '../../db/schema/activity.ts'
import { member } from '../../db/schema/members.ts'
import { portal } from '../../db/schema/portals.ts'
import { pageOf, type Page } from '../../lib/page.ts'
import type { ListActivity, PortalActivity } from './input.ts'

export type ActivityItem = typeof activity.$inferSelect

/**
 * What was asked for, as one range of one index. A portal's log is a range of the portal's indexes;
 * that it is the organisation's is checked row by row, which the plus sign says.
 */
const wanted = (
  organizationId: string,
  { portal, topic, person, cursor }: Omit<ListActivity, 'limit'>,
) =>
  and(
    portal === undefined
      ? eq(activity.organizationId, organizationId)
      : eq(activity.portalId, portal),
    portal === undefined ? undefined : sql`+${activity.organizationId} = ${organizationId}`,
    topic === undefined ? undefined : eq(activity.topic, topic),
    person === undefined ? undefined : eq(activity.actorId, person),
    cursor ? lt(activity.id, cursor) : undefined,
  )

const entries = (db: Database, organizationId: string, input: ListActivity) =>
  db
    .select()
    .from(activity)
    .where(wanted(organizationId, input))
    .orderBy(desc(activity.id))
    .limit(input.limit + 1)

/** What happened in one portal, newest first, one more than the page shows. */
export const newestActivity = (
  db: Database,
  organizationId: string,
  portalId: string,
  input: PortalActivity,
) => entries(db, organizationId, { ...input, portal: portalId })

/** What happened in the organisation, newest first. */
export async function activityOf(
  db: Database,
  organizationId: string,
  input: ListActivity,
): Promise<Page<ActivityItem>> {
  return pageOf(await entries(db, organizationId, input), input.limit)
}

/** The same for one portal; undefined where the organisation has none of that id. */
export async function activityOfPortal(
  db: Database,
  organizationId: string,
  portalId: string,
  input: PortalActivity,
): Promise<Page<ActivityItem> | undefined> {
  const [[home], rows] = await db.batch([
    portalNames(db).where(and(eq(portal.id, portalId), eq(portal.organizationId, organizationId))),
    newestActivity(db, organizationId, portalId, input),
  ])
  return home && pageOf(rows, input.limit)
}

export interface Named {
  id: string
  name: string
}

const portalNames = (db: Database) =>
  db.select({ id: portal.id, name: portal.project }).from(portal)

/** How many people and portals can be chosen by name; the others are reached through an entry of theirs. */
const MOST_CHOICES = 50

export interface ActivityPage {
  /** Each with the name of its portal, as it is now. */
  list: Page<ActivityItem & { project: string | null }>
  /** What can be chosen by name, the chosen portal among it. */
  choices: { people: Named[]; portals: Named[] }
}

/**
 * A page of the organisation's activity with the names it needs, in one round trip; undefined for a
 * portal that the organisation doesn't have. The name of a portal is one row of an index for each
 * entry: read as a set of its own beside the list, the same names cost half as much again.
 */
export async function activityPage(
  db: Database,
  organizationId: string,
  input: ListActivity,
): Promise<ActivityPage | undefined> {
  const [rows, chosen, people, recent] = await db.batch([
    db
      .select({ ...getTableColumns(activity), project: portal.project })
      .from(activity)
      .leftJoin(portal, eq(portal.id, activity.portalId))
      .where(wanted(organizationId, input))
      .orderBy(desc(activity.id))
      .limit(input.limit + 1),
    portalNames(db).where(
      and(eq(portal.id, input.portal ?? ''), eq(portal.organizationId, organizationId)),
    ),
    db
      .select({ id: member.id, name: user.name })
      .from(member)
      .innerJoin(user, eq(user.id, member.userId))
      .where(eq(member.organizationId, organizationId))
      .orderBy(asc(member.createdAt))
      .limit(MOST_CHOICES),
    portalNames(db)
      .where(and(eq(portal.organizationId, organizationId), eq(portal.archived, false)))
      .orderBy(desc(portal.lastActivityAt), desc(portal.id))
      .limit(MOST_CHOICES),
  ])
  if (input.portal !== undefined && chosen.length === 0) return undefined
  const others = recent.filter(({ id }) => id !== input.portal)
  return { list: pageOf(rows, input.limit), choices: { people, portals: [...chosen, ...others] } }
}
