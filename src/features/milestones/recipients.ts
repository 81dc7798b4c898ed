import { and, asc, eq, gt, isNull, or } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { user } from '../../db/schema/accounts.ts'
import { contact, link } from '../../db/schema/links.ts'
import { member } from '../../db/schema/members.ts'

export interface Recipient {
  id: string
  email: string
  /** The link whose address their mail carries; null for the team. */
  linkId: string | null
}

/** Whom one request or answer is mailed to at most. */
const MOST_RECIPIENTS = 50
/** Links that are looked through for them; a contact may have several. */
const MOST_LINKS = 200

/** Contacts with a living link to everything who want mail, each with the newest such link. */
export async function clientsToAsk(
  db: Database,
  organizationId: string,
  portalId: string,
  now: number,
): Promise<Recipient[]> {
  const rows = await db
    .select({ id: contact.id, email: contact.email, linkId: link.id })
    .from(link)
    .innerJoin(contact, eq(contact.id, link.contactId))
    .where(
      and(
        eq(link.portalId, portalId),
        eq(link.organizationId, organizationId),
        eq(link.scope, 'all'),
        isNull(link.pausedAt),
        or(isNull(link.expiresAt), gt(link.expiresAt, now)),
        isNull(contact.unsubscribedAt),
      ),
    )
    .orderBy(asc(link.id))
    .limit(MOST_LINKS)
  const byContact = new Map(rows.map((row) => [row.id, row]))
  return [...byContact.values()].slice(0, MOST_RECIPIENTS)
}

/** Members who want news by mail, those first who joined first. */
export async function teamToTell(db: Database, organizationId: string): Promise<Recipient[]> {
  const rows = await db
    .select({ id: user.id, email: user.email })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .where(and(eq(member.organizationId, organizationId), eq(member.notify, true)))
    .orderBy(asc(member.createdAt))
    .limit(MOST_RECIPIENTS)
  return rows.map(({ id, email }) => ({ id, email, linkId: null }))
}
