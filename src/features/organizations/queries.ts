import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm'
import type { Ctx, Organization } from '../../ctx.ts'
import type { Database } from '../../db/client.ts'
import { session, user } from '../../db/schema/accounts.ts'
import { member } from '../../db/schema/members.ts'
import { organization, type Role } from '../../db/schema/organizations.ts'
import { organizationFields } from './fields.ts'
import { mayFound } from './rules.ts'

export interface Membership {
  id: string
  role: Role
  /** Portals with messages that nobody of the team has seen. */
  unread: number
  organization: Organization
}

/** A signed-in person with every organisation they belong to. */
export interface Person {
  userId: string
  name: string
  email: string
  sessionId: string
  /** Milliseconds UTC at which the session ends unless it is renewed. */
  expiresAt: number
  memberships: Membership[]
  /** Whether they may open a further organisation. */
  mayFound: boolean
  /** Runs the whole product, and may see what is stuck in it. Said by whoever let the person in. */
  operator?: boolean
}

const memberships = sql`(
  select json_group_array(json(membership)) from (
    select json_object('id', m.id, 'role', m.role, 'unread', o.unread_portals, 'organization', json_object(
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
      sessionId: session.id,
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
  { db, settings, now }: Ctx,
  token: string,
): Promise<Person | undefined> {
  let query = prepared.get(db)
  if (!query) prepared.set(db, (query = bySession(db)))
  const [row] = await query.execute({ token, now })
  if (!row) return undefined
  const roles = row.memberships.map(({ role }) => role)
  return {
    ...row,
    expiresAt: row.expiresAt.getTime(),
    mayFound: mayFound({ email: row.email, roles }, settings),
  }
}

/** The roles a person has in their organisations. */
export async function rolesOf(db: Database, userId: string): Promise<Role[]> {
  const rows = await db
    .select({ role: member.role })
    .from(member)
    .where(eq(member.userId, userId))
    .limit(100)
  return rows.map(({ role }) => role)
}

/** An organisation by its id, if the person owns it. */
export async function ownOrganization(
  db: Database,
  userId: string,
  id: string,
): Promise<Organization | undefined> {
  const [row] = await db
    .select(organizationFields)
    .from(member)
    .innerJoin(organization, eq(organization.id, member.organizationId))
    .where(and(eq(member.userId, userId), eq(organization.id, id), eq(member.role, 'owner')))
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
