import { eq } from 'drizzle-orm'
import type { Ctx } from '../../ctx.ts'
import { contact, link } from '../../db/schema/links.ts'
import { organization } from '../../db/schema/organizations.ts'
import { portal } from '../../db/schema/portals.ts'
import type { Email } from '../emails/compose.ts'

/** What a mail about a portal says of it and of who sends it. */
export const portalFacts = {
  portalId: portal.id,
  project: portal.project,
  client: portal.client,
  archivedAt: portal.archivedAt,
  organization: {
    id: organization.id,
    name: organization.name,
    logo: organization.logo,
    accent: organization.accent,
  },
  senderName: organization.senderName,
  replyTo: organization.replyTo,
  slug: organization.slug,
  timeZone: organization.timeZone,
  locale: organization.locale,
}

/** What it has to know of the link that it leads to. */
export const linkFacts = {
  id: link.id,
  scope: link.scope,
  key: link.key,
  version: link.version,
  pausedAt: link.pausedAt,
  expiresAt: link.expiresAt,
  contactId: contact.id,
  contact: contact.name,
  email: contact.email,
  unsubscribedAt: contact.unsubscribedAt,
}

/** The link that a mail leads to; undefined once it is deleted. */
export async function linkOf(ctx: Ctx, mail: Email) {
  const [row] = await ctx.db
    .select(linkFacts)
    .from(link)
    .innerJoin(contact, eq(contact.id, link.contactId))
    .where(eq(link.id, mail.linkId ?? ''))
  return row
}
