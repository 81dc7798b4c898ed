import { and, eq, sql } from 'drizzle-orm'
import type { Ctx } from '../../ctx.ts'
import { invoice } from '../../db/schema/invoices.ts'
import { contact, link } from '../../db/schema/links.ts'
import { organization } from '../../db/schema/organizations.ts'
import { portal } from '../../db/schema/portals.ts'
import type { Email } from '../emails/compose.ts'
import { linkState } from '../links/rules.ts'
import { asked, online } from '../payments/asked.ts'

const query = (ctx: Ctx, mail: Email) =>
  ctx.db
    .select({
      pausedAt: link.pausedAt,
      expiresAt: link.expiresAt,
      contactId: contact.id,
      contact: contact.name,
      email: contact.email,
      portalId: portal.id,
      project: portal.project,
      client: portal.client,
      organization: {
        id: organization.id,
        name: organization.name,
        logo: organization.logo,
        accent: organization.accent,
      },
      timeZone: organization.timeZone,
      senderName: organization.senderName,
      replyTo: organization.replyTo,
      online: sql<number>`${online}`,
      invoice: {
        id: invoice.id,
        number: invoice.number,
        status: invoice.status,
        currency: invoice.currency,
        locale: invoice.locale,
        seller: invoice.seller,
        total: invoice.total,
        balance: invoice.balance,
        asked: sql<number>`${asked}`,
        dueOn: invoice.dueOn,
      },
    })
    .from(link)
    .innerJoin(contact, eq(contact.id, link.contactId))
    .innerJoin(portal, eq(portal.id, link.portalId))
    .innerJoin(organization, eq(organization.id, link.organizationId))
    .innerJoin(
      invoice,
      and(
        eq(invoice.id, mail.data['invoice'] ?? ''),
        eq(invoice.portalId, portal.id),
        sql`${invoice.issuedAt} is not null`,
      ),
    )
    .where(eq(link.id, mail.linkId ?? ''))

export type InvoiceMailFacts = Awaited<ReturnType<typeof query>>[number] & {
  /** What an issued invoice always has. */
  number: string
  locale: string
  dueOn: string
}

/** What a mail about an invoice tells, as it is at the moment of sending; or why nobody can be told. */
export async function invoiceMailFacts(ctx: Ctx, mail: Email): Promise<InvoiceMailFacts | string> {
  const [row] = await query(ctx, mail)
  if (!row) return 'The link was deleted before this was sent.'
  const state = linkState(row, ctx.now)
  if (state !== 'live') return `The link was ${state} before this was sent.`
  const { number, locale, dueOn } = row.invoice
  if (number === null || locale === null || dueOn === null) {
    throw new Error('An issued invoice is not whole.')
  }
  return { ...row, number, locale, dueOn }
}
