import { eq, sql, type SQL } from 'drizzle-orm'
import type { Organization } from '../../ctx.ts'
import type { Database } from '../../db/client.ts'
import { invoiceToken } from '../../db/schema/invoices.ts'
import { contact, link } from '../../db/schema/links.ts'
import { organization } from '../../db/schema/organizations.ts'
import { portal } from '../../db/schema/portals.ts'
import type { PaperAsked } from '../documents/rules.ts'
import { organizationFields } from '../organizations/fields.ts'
import { pageOfInvoice, type ClientInvoicePage } from './invoice-page.ts'
import { isLive } from './live.ts'
import { payFacts, readPay, type ClientPay, type PayRow } from './pay.ts'
import { paperOf, type ClientPaper } from './paper.ts'

/** What the token of an invoice's mail opens: that invoice, and nothing else of its portal. */
export interface Holder {
  invoiceId: string
  contactId: string
  contactName: string
  portalId: string
  project: string
  client: string
  organization: Organization
  /** Set when the contact's link was replaced since. */
  replacedAt: number | null
  /** As 0 or 1: whether the contact has a live link to the portal. */
  live: number
}

const ofToken = sql`${invoiceToken.invoiceId}`

/**
 * In one statement, with a part of the invoice as one JSON text. The token may be dead: ask `isDead`.
 * Its contact's links decide that, so pausing them is enough.
 */
async function holderWith<T>(
  db: Database,
  { hash, now }: { hash: string; now: number },
  part: SQL,
): Promise<(Holder & { part: T | null }) | undefined> {
  const [row] = await db
    .select({
      invoiceId: invoiceToken.invoiceId,
      contactId: contact.id,
      contactName: contact.name,
      portalId: portal.id,
      project: portal.project,
      client: portal.client,
      organization: organizationFields,
      replacedAt: invoiceToken.replacedAt,
      live: sql<number>`exists(
        select 1 from ${link} where contact_id = ${contact.id} and ${isLive(now)})`,
      part: sql<T | null>`${part}`.mapWith((text: string): T => JSON.parse(text)),
    })
    .from(invoiceToken)
    .innerJoin(contact, eq(contact.id, invoiceToken.contactId))
    .innerJoin(portal, eq(portal.id, invoiceToken.portalId))
    .innerJoin(organization, eq(organization.id, invoiceToken.organizationId))
    .where(eq(invoiceToken.hash, hash))
  return row
}

export type HeldPage = Holder & { part: ClientInvoicePage | null }
export type HeldPaper = Holder & { part: ClientPaper | null }

/** With the invoice; null while it is a draft. */
export const invoiceByToken = (
  db: Database,
  at: { hash: string; now: number },
): Promise<HeldPage | undefined> => holderWith(db, at, pageOfInvoice(ofToken))

/** With how it is paid. */
export async function payByToken(
  db: Database,
  at: { hash: string; now: number },
): Promise<(Holder & { part: ClientPay | null }) | undefined> {
  const row = await holderWith<PayRow>(db, at, payFacts(ofToken))
  return row && { ...row, part: row.part && readPay(row.part) }
}

/** With a PDF of it, or of what belongs to it. */
export const paperByToken = (
  db: Database,
  at: { hash: string; now: number },
  asked: PaperAsked,
): Promise<HeldPaper | undefined> => holderWith(db, at, paperOf(asked, ofToken))

/** A token that opens nothing any more. */
export const isDead = ({ replacedAt, live }: Holder): boolean => replacedAt !== null || live === 0
