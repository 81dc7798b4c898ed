import { and, asc, eq, gt, isNull, or, sql } from 'drizzle-orm'
import type { Ctx } from '../../ctx.ts'
import { email } from '../../db/schema/emails.ts'
import { contact, link } from '../../db/schema/links.ts'
import { payersOf } from './rules.ts'

/** Whom one reminder goes to at most, and how many links are looked through for them. */
const MOST_RECIPIENTS = 50
const MOST_LINKS = 200

/** The last that was heard of a mail to an address is that it bounced. */
export const bounced = (organizationId: string) =>
  sql<boolean>`coalesce((
    select state from ${email} heard where heard."to" = ${contact.email} and heard.organization_id = ${organizationId}
      and heard.state in ('delivered', 'opened', 'bounced')
    order by heard.id desc limit 1) = 'bounced', 0)`.mapWith(Boolean)

const payers = ({ db, now }: Ctx, organizationId: string, portalId: string) =>
  db
    .select({
      contactId: contact.id,
      email: contact.email,
      linkId: link.id,
      scope: link.scope,
      bounced: bounced(organizationId),
    })
    .from(link)
    .innerJoin(contact, eq(contact.id, link.contactId))
    .where(
      and(
        eq(link.portalId, portalId),
        eq(link.organizationId, organizationId),
        isNull(link.pausedAt),
        or(isNull(link.expiresAt), gt(link.expiresAt, now)),
      ),
    )
    .orderBy(asc(link.id))
    .limit(MOST_LINKS)

export type PayerRow = Awaited<ReturnType<typeof payers>>[number]

/** Contacts whose reminders reach them: of living links to invoices alone, else of all living ones. */
export const payersOfPortal = async (ctx: Ctx, organizationId: string, portalId: string) =>
  payersOf(await payers(ctx, organizationId, portalId)).slice(0, MOST_RECIPIENTS)
