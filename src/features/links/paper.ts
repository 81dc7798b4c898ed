import { sql, type SQL } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { document } from '../../db/schema/documents.ts'
import { creditNote, invoice, payment } from '../../db/schema/invoices.ts'
import { job } from '../../db/schema/jobs.ts'
import type { DocumentKind, PaperAsked, PaperWanted } from '../documents/rules.ts'
import type { Visit } from './visits.ts'
import { visitWith } from './visit-with.ts'

/** A PDF that a client may read. */
export interface ClientPaper {
  kind: DocumentKind
  of: string
  /** What the file is called. */
  name: string
  /** As 0 or 1: whether it is in the bucket by now. */
  made: number
}

const facts = (kind: DocumentKind, of: SQL, name: SQL): SQL => sql`
  json_object('kind', ${kind}, 'of', ${of}, 'name', ${name}, 'made', exists(
    select 1 from ${document} where kind = ${kind} and "of" = ${of}))`

const issued = (id: string | SQL): SQL => sql`
  i.id = ${id} and i.portal_id = portal.id and i.issued_at is not null`

/** The PDF of an issued invoice of the portal in the row around, or of what belongs to it; or null. */
export function paperOf(asked: PaperAsked, id: string | SQL): SQL {
  switch (asked.kind) {
    case 'invoice':
      return sql`(
        select ${facts('invoice', sql`i.id`, sql`i.number`)} from ${invoice} i where ${issued(id)})`
    case 'credit-note':
      return sql`(
        select ${facts('credit-note', sql`n.id`, sql`n.number`)}
        from ${creditNote} n join ${invoice} i on i.id = n.invoice_id
        where n.id = ${asked.of} and ${issued(id)})`
    case 'receipt':
      return sql`(
        select ${facts('receipt', sql`p.id`, sql`'Receipt-' || i.number`)}
        from ${payment} p join ${invoice} i on i.id = p.invoice_id
        where p.id = ${asked.of} and p.kind = 'payment' and p.state = 'succeeded' and ${issued(id)})`
  }
}

/** Where nothing was issued there is no statement; while it is drawn anew, the last one is not shown. */
const statement = sql`(
  select json_object('kind', 'statement', 'of', portal.id, 'name', 'Statement', 'made',
    exists(select 1 from ${document} where kind = 'statement' and "of" = portal.id)
    and not exists(select 1 from ${job} where "key" = 'document:statement:' || portal.id))
  where exists(select 1 from ${invoice} where portal_id = portal.id and issued_at is not null))`

/** What a token opens with a PDF of its portal, in one statement; null where there is none of it. */
export async function paperByHash(
  db: Database,
  hash: string,
  wanted: PaperWanted,
): Promise<(Visit & { paper: ClientPaper | null }) | undefined> {
  const part = wanted.kind === 'statement' ? statement : paperOf(wanted, wanted.invoice)
  const found = await visitWith<ClientPaper>(db, hash, part, 'billing')
  return found && { ...found.visit, paper: found.part }
}
