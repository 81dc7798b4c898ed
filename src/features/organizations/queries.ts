import { and, asc, eq, gt, inArray, isNull, sql } from 'drizzle-orm'
import type { Organization } from '../../ctx.ts'
import type { Database } from '../../db/client.ts'
import { session, user } from '../../db/schema/accounts.ts'
import { apiKey, member, organization, type Role } from '../../db/schema/organizations.ts'

/** What a ctx knows of its organisation. */
export const organizationFields = {
  id: organization.id,
  slug: organization.slug,
  name: organization.name,
  timeZone: organization.timeZone,
  locale: organization.locale,
  currency: organization.currency,
  accent: organization.accent,
  logo: organization.logo,
  linkDays: organization.linkDays,
}

export interface Membership {
  id: string
  role: Role
  organization: Organization
}

/** A signed-in person with every organisation they belong to. */
export interface Person {
  userId: string
  name: string
  email: string
  /** Milliseconds UTC at which the session ends unless it is renewed. */
  expiresAt: number
  memberships: Membership[]
  /** Runs the whole product, and may see what is stuck in it. Said by whoever let the person in. */
  operator?: boolean
}

const memberships = sql`(
  select json_group_array(json(membership)) from (
    select json_object('id', m.id, 'role', m.role, 'organization', json_object(
      'id', o.id, 'slug', o.slug, 'name', o.name, 'timeZone', o.time_zone, 'locale', o.locale,
      'currency', o.currency, 'accent', o.accent, 'logo', o.logo, 'linkDays', o.link_days)) as membership
    from member m join organization o on o.id = m.organization_id
    where m.user_id = ${user.id} limit 100))`.mapWith((text: string): Membership[] =>
  JSON.parse(text),
)

const bySession = (db: Database) =>
  db
    .select({
      userId: user.id,
      name: user.name,
      email: user.email,
      expiresAt: session.expiresAt,
      memberships,
    })
    .from(session)
    .innerJoin(user, eq(user.id, session.userId))
    .where(
      and(
        eq(session.token, sql.placeholder('token')),
        gt(session.expiresAt, sql.placeholder('now')),
      ),
    )
    .prepare()

const prepared = new WeakMap<Database, ReturnType<typeof bySession>>()

/** The person of a session's token, with their organisations, in one statement that never writes. */
export async function personBySession(
  db: Database,
  token: string,
  now: number,
): Promise<Person | undefined> {
  let query = prepared.get(db)
  if (!query) prepared.set(db, (query = bySession(db)))
  const [row] = await query.execute({ token, now })
  return row && { ...row, expiresAt: row.expiresAt.getTime() }
}

/** The key by its hash, with its organisation; a revoked key is no key. */
export async function keyByHash(db: Database, hash: string) {
  const [row] = await db
    .select({
      id: apiKey.id,
      name: apiKey.name,
      role: apiKey.role,
      organization: organizationFields,
    })
    .from(apiKey)
    .innerJoin(organization, eq(organization.id, apiKey.organizationId))
    .where(and(eq(apiKey.hash, hash), isNull(apiKey.revokedAt)))
  return row
}

/** Owners and admins, who answer for an organisation; the oldest twenty. */
export const managersOf = (db: Database, organizationId: string) =>
  db
    .select({ name: user.name, email: user.email })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .where(and(eq(member.organizationId, organizationId), inArray(member.role, ['owner', 'admin'])))
    .orderBy(asc(member.createdAt))
    .limit(20)
