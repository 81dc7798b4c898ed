import { and, eq, sql, type SQL } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { document } from '../../db/schema/documents.ts'
import { creditNote, invoice, payment } from '../../db/schema/invoices.ts'
import { job } from '../../db/schema/jobs.ts'
import { portal } from '../../db/schema/portals.ts'
import { at, type InvoicePath } from '../invoices/queries.ts'
import { jobKey, type DocumentOf } from './rules.ts'

const made = ({ kind, of }: DocumentOf): SQL<number> =>
  sql<number>`exists(select 1 from ${document} where kind = ${kind} and "of" = ${of})`

export interface FoundDocument {
  /** Null while the invoice is a draft. */
  number: string | null
  /** As 0 or 1: whether it is in the bucket by now. */
  made: number
}

/** An invoice's PDF, as far as there can be one. */
export async function invoiceDocument(
  db: Database,
  organizationId: string,
  path: InvoicePath,
): Promise<FoundDocument | undefined> {
  const [row] = await db
    .select({ number: invoice.number, made: made({ kind: 'invoice', of: path.invoice }) })
    .from(invoice)
    .where(at(organizationId, path))
  return row
}

export async function creditNoteDocument(
  db: Database,
  organizationId: string,
  { note, ...path }: InvoicePath & { note: string },
): Promise<FoundDocument | undefined> {
  const [row] = await db
    .select({ number: creditNote.number, made: made({ kind: 'credit-note', of: note }) })
    .from(creditNote)
    .innerJoin(invoice, eq(invoice.id, creditNote.invoiceId))
    .where(and(eq(creditNote.id, note), at(organizationId, path)))
  return row
}

export async function receiptDocument(
  db: Database,
  organizationId: string,
  { payment: of, ...path }: InvoicePath & { payment: string },
): Promise<FoundDocument | undefined> {
  const succeeded = and(eq(payment.kind, 'payment'), eq(payment.state, 'succeeded'))
  const [row] = await db
    .select({ number: invoice.number, made: made({ kind: 'receipt', of }) })
    .from(payment)
    .innerJoin(invoice, eq(invoice.id, payment.invoiceId))
    .where(and(eq(payment.id, of), succeeded, at(organizationId, path)))
  return row
}

/** A portal's statement: whether anything was issued, and whether it tells of everything by now. */
export async function statementDocument(db: Database, organizationId: string, portalId: string) {
  const statement = { kind: 'statement', of: portalId } as const
  const [row] = await db
    .select({
      billed: sql<number>`exists(
        select 1 from ${invoice} where portal_id = portal.id and issued_at is not null)`,
      made: made(statement),
      waiting: sql<number>`exists(select 1 from ${job} where key = ${jobKey(statement)})`,
    })
    .from(portal)
    .where(and(eq(portal.id, portalId), eq(portal.organizationId, organizationId)))
  return row
}
