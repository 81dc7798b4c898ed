import { and, asc, eq, isNull, lte, sql } from 'drizzle-orm'
import type { Ctx } from '../../ctx.ts'
import { mustChangeAll, raw, type Statement } from '../../db/batch.ts'
import { fileRequest, fileVersion } from '../../db/schema/files.ts'
import { organization } from '../../db/schema/organizations.ts'
import { portal } from '../../db/schema/portals.ts'
import { nextNudge } from '../requests/rules.ts'
import type { Place, Side } from './tell.ts'

// What is news beside messages: it is told to a whole side at once, and marked as told in the batch
// that enqueues the mails. Whoever looked at the same time and writes second is rolled back.

/** Files that one mail can be about; what comes beyond is told with the next. */
const MOST_FILES = 500
const MOST_REQUESTS = 50

interface UntoldFile {
  id: string
  createdAt: number
}

interface DueRequest {
  id: string
  dueOn: string | null
  nudgeAt: number
  nudges: number
}

export interface Gathered {
  timeZone: string
  files: UntoldFile[]
  requests: DueRequest[]
}

/** Undefined where nobody is mailed: in a portal that is archived or gone. */
export async function gather(ctx: Ctx, place: Place, to: Side): Promise<Gathered | undefined> {
  const { db, now } = ctx
  const { organizationId, portalId } = place
  const [[home], files, requests] = await db.batch([
    db
      .select({ timeZone: organization.timeZone })
      .from(portal)
      .innerJoin(organization, eq(organization.id, portal.organizationId))
      .where(
        and(
          eq(portal.id, portalId),
          eq(portal.organizationId, organizationId),
          isNull(portal.archivedAt),
        ),
      ),
    db
      .select({ id: fileVersion.id, createdAt: fileVersion.createdAt })
      .from(fileVersion)
      .where(
        and(
          eq(fileVersion.portalId, portalId),
          eq(fileVersion.organizationId, organizationId),
          eq(fileVersion.source, to === 'team' ? 'client' : 'team'),
          sql`${fileVersion.told} = 0`,
        ),
      )
      .orderBy(asc(fileVersion.id))
      .limit(MOST_FILES),
    db
      .select({
        id: fileRequest.id,
        dueOn: fileRequest.dueOn,
        nudgeAt: sql<number>`${fileRequest.nudgeAt}`,
        nudges: fileRequest.nudges,
      })
      .from(fileRequest)
      .where(
        and(
          eq(fileRequest.portalId, portalId),
          eq(fileRequest.organizationId, organizationId),
          isNull(fileRequest.fulfilledAt),
          isNull(fileRequest.closedAt),
          to === 'clients' ? lte(fileRequest.nudgeAt, now) : sql`false`,
        ),
      )
      .orderBy(asc(fileRequest.id))
      .limit(MOST_REQUESTS),
  ])
  return home && { timeZone: home.timeZone, files, requests }
}

/** The statements that mark it as told, whether or not there is anybody to mail. */
export function settle(ctx: Ctx, { timeZone, files, requests }: Gathered): Statement[] {
  const ids = JSON.stringify(files.map(({ id }) => id))
  const steps = JSON.stringify(
    requests.map((request) => ({
      id: request.id,
      was: request.nudgeAt,
      ...nextNudge(request, ctx.now, timeZone),
    })),
  )
  return [
    ...(files.length === 0
      ? []
      : [
          raw(sql`
            update ${fileVersion} set told = 1
            where told = 0 and id in (select value from json_each(${ids}))`),
          mustChangeAll(files.length),
        ]),
    ...(requests.length === 0
      ? []
      : [
          raw(sql`
            update ${fileRequest} set nudge_at = step.value ->> 'nudgeAt', nudges = step.value ->> 'nudges'
            from json_each(${steps}) step
            where file_request.id = step.value ->> 'id' and file_request.nudge_at = step.value ->> 'was'`),
          mustChangeAll(requests.length),
        ]),
  ]
}
