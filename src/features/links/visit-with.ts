import { eq, sql, type SQL } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { contact, link, linkToken } from '../../db/schema/links.ts'
import { organization } from '../../db/schema/organizations.ts'
import { portal } from '../../db/schema/portals.ts'
import { opened, type Visit } from './visits.ts'

const wholeLink = sql`link.scope = 'all'`

/**
 * What a token opens with a part of its portal, in one statement. `part` is one JSON text, in which
 * `portal.id` is that portal; it is null for a link to invoices alone, unless it is of those. The link
 * may be dead: ask `linkState`.
 */
export async function visitWith<T>(
  db: Database,
  hash: string,
  part: SQL,
  opens: 'all' | 'billing' = 'all',
): Promise<{ visit: Visit; part: T | null } | undefined> {
  const [row] = await db
    .select({
      ...opened,
      replacedAt: linkToken.replacedAt,
      part: sql<T | null>`case when ${opens === 'all' ? wholeLink : sql`true`} then ${part} end`.mapWith(
        (text: string): T => JSON.parse(text),
      ),
    })
    .from(linkToken)
    .innerJoin(link, eq(link.id, linkToken.linkId))
    .innerJoin(contact, eq(contact.id, link.contactId))
    .innerJoin(portal, eq(portal.id, link.portalId))
    .innerJoin(organization, eq(organization.id, link.organizationId))
    .where(eq(linkToken.hash, hash))
  if (!row) return undefined
  const { part: found, ...visit } = row
  return { visit, part: found }
}
