import { and, eq, sql, type SQL } from 'drizzle-orm'
import type { TenantCtx } from '../../ctx.ts'
import type { Database } from '../../db/client.ts'
import { document } from '../../db/schema/documents.ts'
import { creditNote, invoice, payment } from '../../db/schema/invoices.ts'
import { job } from '../../db/schema/jobs.ts'
import { portal } from '../../db/schema/portals.ts'
import type { Failure } from '../../lib/failure.ts'
import { fail, ok, type Result } from '../../lib/result.ts'
import { at, type InvoicePath } from '../invoices/queries.ts'
import { jobKey, type DocumentOf, type PaperWanted } from './rules.ts'

const made = ({ kind, of }: DocumentOf): SQL<number> =>
  sql<number>`exists(select 1 from ${document} where kind = ${kind} and "of" = ${of})`

interface Found {
  /** Null while the invoice is a draft. */
  number: string | null
  /** As 0 or 1: whether it is in the bucket by now. */
  made: number
}

async function invoiceDocument(
  db: Database,
  organizationId: string,
  path: InvoicePath,
): Promise<Found | undefined> {
  const [row] = await db
    .select({ number: invoice.number, made: made({ kind: 'invoice', of: path.invoice }) })
    .from(invoice)
    .where(at(organizationId, path))
  return row
}

async function creditNoteDocument(
  db: Database,
  organizationId: string,
  { note, ...path }: InvoicePath & { note: string },
): Promise<Found | undefined> {
  const [row] = await db
    .select({ number: creditNote.number, made: made({ kind: 'credit-note', of: note }) })
    .from(creditNote)
    .innerJoin(invoice, eq(invoice.id, creditNote.invoiceId))
    .where(and(eq(creditNote.id, note), at(organizationId, path)))
  return row
}

async function receiptDocument(
  db: Database,
  organizationId: string,
  { payment: of, ...path }: InvoicePath & { payment: string },
): Promise<Found | undefined> {
  const succeeded = and(eq(payment.kind, 'payment'), eq(payment.state, 'succeeded'))
  const [row] = await db
    .select({ number: invoice.number, made: made({ kind: 'receipt', of }) })
    .from(payment)
    .innerJoin(invoice, eq(invoice.id, payment.invoiceId))
    .where(and(eq(payment.id, of), succeeded, at(organizationId, path)))
  return row
}

/** A portal's statement: whether anything was issued, and whether it tells of everything by now. */
async function statementDocument(db: Database, organizationId: string, portalId: string) {
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

export interface TeamPaper extends DocumentOf {
  /** What the file is called. */
  name: string
  /** Whether it is in the bucket by now, and tells of everything. */
  made: boolean
}

/** A PDF that belongs to an invoice; a draft has none. */
async function invoicePaper(
  { db, organization: { id } }: TenantCtx,
  portal: string,
  wanted: Exclude<PaperWanted, { kind: 'statement' }>,
): Promise<Result<TeamPaper, Failure>> {
  const path = { portal, invoice: wanted.invoice }
  const paper = (found: Found | undefined, of: string, named = (number: string) => number) => {
    if (!found) return fail({ kind: 'missing' } as const)
    if (found.number === null) return fail({ kind: 'conflict', reason: 'invoice-draft' } as const)
    return ok({ kind: wanted.kind, of, name: named(found.number), made: found.made === 1 })
  }
  switch (wanted.kind) {
    case 'invoice':
      return paper(await invoiceDocument(db, id, path), path.invoice)
    case 'credit-note':
      return paper(await creditNoteDocument(db, id, { ...path, note: wanted.of }), wanted.of)
    case 'receipt': {
      const found = await receiptDocument(db, id, { ...path, payment: wanted.of })
      return paper(found, wanted.of, (number) => `Receipt-${number}`)
    }
  }
}

/** A PDF below a portal as the team asks for it, as far as there can be one. */
export async function paperForTeam(
  ctx: TenantCtx,
  portal: string,
  wanted: PaperWanted,
): Promise<Result<TeamPaper, Failure>> {
  if (wanted.kind !== 'statement') return invoicePaper(ctx, portal, wanted)
  const found = await statementDocument(ctx.db, ctx.organization.id, portal)
  if (!found) return fail({ kind: 'missing' })
  if (!found.billed) return fail({ kind: 'conflict', reason: 'statement-empty' })
  const made = found.made === 1 && found.waiting === 0
  return ok({ kind: 'statement', of: portal, name: 'Statement', made })
}
