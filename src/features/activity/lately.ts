import { and, eq, gt, sql } from 'drizzle-orm'
import type { TenantCtx } from '../../ctx.ts'
import { activity } from '../../db/schema/activity.ts'
import type { ActivityKind } from './kinds.ts'
import { topicOf } from './topics.ts'

/** So long (ms) what is asked for again counts as the click before. */
const LATELY = 3_600_000

/** What the ids of an instant begin with. */
function idsFrom(instant: number): string {
  const hex = instant.toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}`
}

interface Lately {
  kind: ActivityKind
  portalId?: string
  /** What its data says, by name. */
  of: readonly [name: string, value: string]
}

/**
 * Whether this was recorded within the hour, in one range of an index. What is deleted leaves nothing
 * else behind that a second click could be told from somebody else's id by.
 */
export async function happenedLately(
  { db, organization, now }: TenantCtx,
  { kind, portalId, of }: Lately,
): Promise<boolean> {
  const [name, value] = of
  const found = await db
    .select({ id: activity.id })
    .from(activity)
    .where(
      and(
        eq(activity.organizationId, organization.id),
        eq(activity.topic, topicOf(kind)),
        gt(activity.id, idsFrom(now - LATELY)),
        eq(activity.kind, kind),
        portalId === undefined ? undefined : eq(activity.portalId, portalId),
        sql`${activity.data} ->> ${name} = ${value}`,
      ),
    )
    .limit(1)
  return found.length > 0
}
