import { eq, sql } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { document } from '../../db/schema/documents.ts'
import { invoice } from '../../db/schema/invoices.ts'
import { contact, link, linkToken } from '../../db/schema/links.ts'
import { organization } from '../../db/schema/organizations.ts'
import { portal } from '../../db/schema/portals.ts'
import { opened, type Visit } from './visits.ts'

/** The PDF of an invoice that its client may read. */
export interface ClientPaper {
  number: string
  /** As 0 or 1: whether it is in the bucket by now. */
  made: number
}

/** What a token opens with one issued invoice's PDF, in one statement. */
export async function paperByHash(
  db: Database,
  hash: string,
  invoiceId: string,
): Promise<(Visit & { paper: ClientPaper | null }) | undefined> {
  const paper = sql<ClientPaper | null>`(
    select json_object('number', number, 'made', exists(
      select 1 from ${document} where kind = 'invoice' and "of" = ${invoiceId}))
    from ${invoice}
    where id = ${invoiceId} and portal_id = portal.id and issued_at is not null)`.mapWith(
    (text: string): ClientPaper => JSON.parse(text),
  )
  const [row] = await db
    .select({ ...opened, replacedAt: linkToken.replacedAt, paper })
    .from(linkToken)
    .innerJoin(link, eq(link.id, linkToken.linkId))
    .innerJoin(contact, eq(contact.id, link.contactId))
    .innerJoin(portal, eq(portal.id, link.portalId))
    .innerJoin(organization, eq(organization.id, link.organizationId))
    .where(eq(linkToken.hash, hash))
  return row
}
