import { and, eq, gt, sql } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { session } from '../../db/schema/accounts.ts'
import { apiKey } from '../../db/schema/keys.ts'
import { member } from '../../db/schema/members.ts'
import { organization } from '../../db/schema/organizations.ts'
import { portal } from '../../db/schema/portals.ts'
import { keyState } from '../keys/rules.ts'
import type { Asked, News } from './news-of-link.ts'

// The same question as in news-of-link.ts, asked by the team's credentials.

export async function newsForKey(
  db: Database,
  { hash, now }: Asked,
  portalId: string,
): Promise<News | undefined> {
  const [row] = await db
    .select({
      version: portal.thread,
      id: apiKey.id,
      name: apiKey.name,
      role: apiKey.role,
      expiresAt: apiKey.expiresAt,
      revokedAt: apiKey.revokedAt,
    })
    .from(apiKey)
    .innerJoin(portal, eq(portal.organizationId, apiKey.organizationId))
    .where(and(eq(apiKey.hash, hash), eq(portal.id, portalId)))
  if (!row || keyState(row, now) !== 'live') return undefined
  const { version, id, name, role } = row
  return { version, actor: { kind: 'apiKey', id, name, role } }
}

/** For the session of a person in the organisation that the call names. */
export async function newsForSession(
  db: Database,
  { token, slug, now }: { token: string; slug: string; now: number },
  portalId: string,
): Promise<News | undefined> {
  const [row] = await db
    .select({ version: portal.thread, userId: session.userId })
    .from(session)
    .innerJoin(organization, eq(organization.slug, slug))
    .innerJoin(
      member,
      and(eq(member.userId, session.userId), eq(member.organizationId, organization.id)),
    )
    .innerJoin(portal, eq(portal.organizationId, organization.id))
    .where(
      and(eq(session.token, token), gt(session.expiresAt, sql`${now}`), eq(portal.id, portalId)),
    )
  // Their name is on another table, and nothing here would be written or drawn with it.
  return (
    row && {
      version: row.version,
      actor: { kind: 'person', userId: row.userId, name: '', email: '' },
    }
  )
}
