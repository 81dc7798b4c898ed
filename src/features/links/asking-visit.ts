import { desc, eq, sql } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { invoiceToken } from '../../db/schema/invoices.ts'
import { contact, link } from '../../db/schema/links.ts'
import { organization } from '../../db/schema/organizations.ts'
import { portal } from '../../db/schema/portals.ts'
import { opened, type Visit } from './visits.ts'

/**
 * Of whom a dead token of an invoice's mail was, for who asks for a new link before it: the contact's
 * newest link. It is no way in.
 */
export async function visitOfInvoiceToken(db: Database, hash: string): Promise<Visit | undefined> {
  const [row] = await db
    .select({ ...opened, replacedAt: sql<number | null>`${invoiceToken.replacedAt}` })
    .from(invoiceToken)
    .innerJoin(link, eq(link.contactId, invoiceToken.contactId))
    .innerJoin(contact, eq(contact.id, link.contactId))
    .innerJoin(portal, eq(portal.id, link.portalId))
    .innerJoin(organization, eq(organization.id, link.organizationId))
    .where(eq(invoiceToken.hash, hash))
    .orderBy(desc(link.id))
    .limit(1)
  return row
}
