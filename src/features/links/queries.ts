import { and, asc, eq, gt, sql } from 'drizzle-orm'
import type { Organization } from '../../ctx.ts'
import type { Database } from '../../db/client.ts'
import { email, type EmailState } from '../../db/schema/emails.ts'
import { contact, link, linkToken } from '../../db/schema/links.ts'
import { organization } from '../../db/schema/organizations.ts'
import { portal } from '../../db/schema/portals.ts'
import type { PageInput } from '../../lib/page.ts'

const latestEmail = sql<string | null>`(
  select json_object('status', state, 'at', state_at, 'reason', reason) from ${email}
  where link_id = ${link.id} and kind = 'link' order by id desc limit 1)`.mapWith(
  (text: string): { status: EmailState; at: number; reason: string | null } => JSON.parse(text),
)

const shown = {
  id: link.id,
  portalId: link.portalId,
  contactId: link.contactId,
  contact: { name: contact.name, email: contact.email },
  scope: link.scope,
  version: link.version,
  key: link.key,
  expiresAt: link.expiresAt,
  pausedAt: link.pausedAt,
  seenAt: link.seenAt,
  seenCount: link.seenCount,
  createdAt: link.createdAt,
  email: latestEmail,
}

/** The links of one portal, oldest first, one more than the page shows; each with the mail last sent for it. */
export const linksOfPortal = (
  db: Database,
  organizationId: string,
  portalId: string,
  page: PageInput,
) =>
  db
    .select(shown)
    .from(link)
    .innerJoin(contact, eq(contact.id, link.contactId))
    .where(
      and(
        eq(link.portalId, portalId),
        eq(link.organizationId, organizationId),
        page.cursor ? gt(link.id, page.cursor) : undefined,
      ),
    )
    .orderBy(asc(link.id))
    .limit(page.limit + 1)

export type LinkItem = Awaited<ReturnType<typeof linksOfPortal>>[number]

export interface LinkPath {
  portal: string
  link: string
}

export async function linkById(
  db: Database,
  organizationId: string,
  path: LinkPath,
): Promise<LinkItem | undefined> {
  const [row] = await db
    .select(shown)
    .from(link)
    .innerJoin(contact, eq(contact.id, link.contactId))
    .where(
      and(
        eq(link.id, path.link),
        eq(link.portalId, path.portal),
        eq(link.organizationId, organizationId),
      ),
    )
  return row
}

const teamNames = sql`(
  select json_group_array(name) from (
    select u.name from member m join user u on u.id = m.user_id
    where m.organization_id = ${organization.id} order by m.created_at limit 4))`.mapWith(
  (text: string): string[] => JSON.parse(text),
)

const opened = {
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
  organization: {
    id: organization.id,
    slug: organization.slug,
    name: organization.name,
    timeZone: organization.timeZone,
    locale: organization.locale,
    currency: organization.currency,
  },
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
    .where(
      and(
        eq(link.id, path.link),
        eq(link.portalId, path.portal),
        eq(link.organizationId, organizationId),
      ),
    )
  return row
}

export interface Visit {
  linkId: string
  scope: LinkItem['scope']
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
  organization: Organization
  team: string[]
  /** Set when the token that was used is a past one. */
  replacedAt: number | null
}
