import { and, asc, eq, gt, sql } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { email, type EmailState } from '../../db/schema/emails.ts'
import { contact, link } from '../../db/schema/links.ts'
import type { PageInput } from '../../lib/page.ts'
import { at, type LinkPath } from './path.ts'

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

export async function linkById(
  db: Database,
  organizationId: string,
  path: LinkPath,
): Promise<LinkItem | undefined> {
  const [row] = await db
    .select(shown)
    .from(link)
    .innerJoin(contact, eq(contact.id, link.contactId))
    .where(at(organizationId, path))
  return row
}
