import { desc, eq, sql } from 'drizzle-orm'
import type { Organization } from '../../ctx.ts'
import type { Database } from '../../db/client.ts'
import { contact, link, linkToken, type Scope } from '../../db/schema/links.ts'
import { organization } from '../../db/schema/organizations.ts'
import { portal } from '../../db/schema/portals.ts'
import { organizationFields } from '../organizations/fields.ts'
import { at, type LinkPath } from './path.ts'

const teamNames = sql`(
  select json_group_array(name) from (
    select u.name from member m join user u on u.id = m.user_id
    where m.organization_id = ${organization.id} order by m.created_at limit 3))`.mapWith(
  (text: string): string[] => JSON.parse(text),
)

/** What a visit is read with. */
export const opened = {
  linkId: link.id,
  scope: link.scope,
  expiresAt: link.expiresAt,
  pausedAt: link.pausedAt,
  seenAt: link.seenAt,
  contactId: contact.id,
  contactName: contact.name,
  contactEmail: contact.email,
  portalId: portal.id,
  project: portal.project,
  client: portal.client,
  currency: portal.currency,
  archivedAt: portal.archivedAt,
  organization: organizationFields,
  team: teamNames,
}

const byHash = (db: Database) =>
  db
    .select({ ...opened, replacedAt: linkToken.replacedAt })
    .from(linkToken)
    .innerJoin(link, eq(link.id, linkToken.linkId))
    .innerJoin(contact, eq(contact.id, link.contactId))
    .innerJoin(portal, eq(portal.id, link.portalId))
    .innerJoin(organization, eq(organization.id, link.organizationId))
    .where(eq(linkToken.hash, sql.placeholder('hash')))
    .prepare()

const prepared = new WeakMap<Database, ReturnType<typeof byHash>>()

/** Everything a token opens, in one statement. The link may be dead: ask `linkState`. */
export async function visitByHash(db: Database, hash: string): Promise<Visit | undefined> {
  let query = prepared.get(db)
  if (!query) prepared.set(db, (query = byHash(db)))
  const [row] = await query.execute({ hash })
  return row
}

/**
 * The same by the token of an invoice's mail, for who asks for a new link before it: the contact's
 * newest link. It is no way in.
 */
export async function visitOfInvoiceToken(db: Database, hash: string): Promise<Visit | undefined> {
  const [row] = await db
    .select({ ...opened, replacedAt: sql<number | null>`t.replaced_at` })
    .from(link)
    .innerJoin(sql`invoice_token t`, sql`t.contact_id = ${link.contactId} and t.hash = ${hash}`)
    .innerJoin(contact, eq(contact.id, link.contactId))
    .innerJoin(portal, eq(portal.id, link.portalId))
    .innerJoin(organization, eq(organization.id, link.organizationId))
    .orderBy(desc(link.id))
    .limit(1)
  return row
}

/** The same for a member who looks through a client's eyes. */
export async function visitByLink(
  db: Database,
  organizationId: string,
  path: LinkPath,
): Promise<Visit | undefined> {
  const [row] = await db
    .select({ ...opened, replacedAt: sql<null>`null` })
    .from(link)
    .innerJoin(contact, eq(contact.id, link.contactId))
    .innerJoin(portal, eq(portal.id, link.portalId))
    .innerJoin(organization, eq(organization.id, link.organizationId))
    .where(at(organizationId, path))
  return row
}

export interface Visit {
  linkId: string
  scope: Scope
  expiresAt: number | null
  pausedAt: number | null
  seenAt: number | null
  contactId: string
  contactName: string
  contactEmail: string
  portalId: string
  project: string
  client: string
  currency: string
  /** Set when the portal is archived: it can be read, and nothing written. */
  archivedAt: number | null
  organization: Organization
  team: string[]
  /** Set when the token that was used is a past one. */
  replacedAt: number | null
}
