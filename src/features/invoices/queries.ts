import { and, asc, desc, eq, getTableColumns, gte, lt, lte, sql, type SQL } from 'drizzle-orm'
import type { SQLiteSelect } from 'drizzle-orm/sqlite-core'
import type { Database } from '../../db/client.ts'
import {
  creditNote,
  invoice,
  invoiceKey,
  invoiceStatuses,
  payment,
  type PaymentKind,
  type PaymentMethod,
  type PaymentState,
} from '../../db/schema/invoices.ts'
import { portal } from '../../db/schema/portals.ts'
import { pageOf, type Page } from '../../lib/page.ts'
import { dueBefore, dueBetween, type DueBetween } from './ageing.ts'
import { cursorOf, type After, type ListInvoices } from './input.ts'
import { invoiceMatch, type InvoiceWord } from './search.ts'

export interface LedgerRow {
  id: string
  kind: PaymentKind
  method: PaymentMethod
  amount: number
  state: PaymentState
  receivedOn: string
  note: string
  by: string
  of: string | null
  /** Why it failed, where Stripe said so. */
  failure: string | null
}

export interface CreditNoteRow {
  id: string
  number: string
  amount: number
  reason: string
  issuedOn: string
}

// `invoice.id` is spelled out: a bare id would be the inner table's.
const ledger = sql`(
  select json_group_array(json_object('id', id, 'kind', kind, 'method', method, 'amount', amount,
    'state', state, 'receivedOn', received_on, 'note', note, 'by', "by", 'of', of_id,
    'failure', failure))
  from (select * from ${payment} where invoice_id = invoice.id order by id))`.mapWith(
  (text: string): LedgerRow[] => JSON.parse(text),
)

const creditNotes = sql`(
  select json_group_array(json_object('id', id, 'number', number, 'amount', amount, 'reason', reason,
    'issuedOn', issued_on))
  from (select * from ${creditNote} where invoice_id = invoice.id order by id))`.mapWith(
  (text: string): CreditNoteRow[] => JSON.parse(text),
)

const shown = { ...getTableColumns(invoice), ledger, creditNotes }

const select = (db: Database) => db.select(shown).from(invoice)

/** With its ledger and its credit notes, each the oldest first. */
export type InvoiceItem = Awaited<ReturnType<typeof select>>[number]

export interface InvoicePath {
  portal: string
  invoice: string
}

/** One invoice of one portal of one organisation: a path that is wrong anywhere leads nowhere. */
export const at = (organizationId: string, path: InvoicePath) =>
  and(
    eq(invoice.id, path.invoice),
    eq(invoice.portalId, path.portal),
    eq(invoice.organizationId, organizationId),
  )

export const invoiceStatement = (db: Database, organizationId: string, path: InvoicePath) =>
  select(db).where(at(organizationId, path))

export async function invoiceById(
  db: Database,
  organizationId: string,
  path: InvoicePath,
): Promise<InvoiceItem | undefined> {
  const [row] = await invoiceStatement(db, organizationId, path)
  return row
}

/** In literals, so that SQLite knows the partial indexes of what is due. */
const isOwed = sql`${invoice.status} = 'open' and ${invoice.balance} > 0`

/** What the list is narrowed to; `today` is the organisation's. */
export interface Listed extends ListInvoices {
  today: string
}

/** Which invoices a list is of: all of an organisation, or those of one of its portals. */
export interface Scope {
  organizationId: string
  portalId?: string | undefined
}

/** Which due days are meant; undefined for any. Overdue is the rule `isOverdue`. */
function dueOf({ status, age, today }: Listed): DueBetween | undefined {
  const overdue = status === 'overdue' ? dueBefore(today) : undefined
  return age === undefined ? overdue : { ...overdue, ...dueBetween(age, today) }
}

/** One range of an index. As row values, with one beginning: given two, SQLite would take the wider one. */
function dueIn({ from, to }: DueBetween, after: After | undefined): SQL | undefined {
  const on =
    after?.sort === 'due' && (from === undefined || after.dueOn >= from) ? after : undefined
  return and(
    on ? sql`(${invoice.dueOn}, ${invoice.id}) > (${on.dueOn}, ${on.id})` : undefined,
    !on && from !== undefined ? gte(invoice.dueOn, from) : undefined,
    to === undefined ? undefined : lte(invoice.dueOn, to),
  )
}

// The plus sign: a range of the portal's index, and the organisation checked row by row.
const inScope = ({ organizationId, portalId }: Scope): SQL | undefined =>
  portalId === undefined
    ? eq(invoice.organizationId, organizationId)
    : and(eq(invoice.portalId, portalId), sql`+${invoice.organizationId} = ${organizationId}`)

function ranged(scope: Scope, input: Listed): SQL | undefined {
  const { status, currency, sort, after } = input
  if (sort === 'due') {
    // The plus sign: a portal has one currency, and its index is by due days alone.
    const column =
      scope.portalId === undefined ? sql`${invoice.currency}` : sql`+${invoice.currency}`
    const within = currency === undefined ? undefined : sql`${column} = ${currency}`
    return and(inScope(scope), isOwed, within, dueIn(dueOf(input) ?? {}, after))
  }
  const kept = invoiceStatuses.find((each) => each === status)
  return and(inScope(scope), kept && eq(invoice.status, kept), after && lt(invoice.id, after.id))
}

/** The words that stand for what the list is narrowed to. */
function wordsOf({ status, currency, age }: Listed): InvoiceWord[] {
  if (status === undefined) return []
  if (status === 'problem') return ['owed', 'problem']
  return status === 'overdue' || currency !== undefined || age !== undefined ? ['owed'] : [status]
}

// Drizzle knows no full-text tables. `rowid` is the invoice's own number.
const rowid = sql`invoice_search.rowid`

/**
 * What is searched for. The cursor's number is looked up inside the statement: as a parameter D1 hands
 * it over as a float, by which the full-text table can't narrow what it reads.
 */
function matched(scope: Scope, input: Listed): SQL | undefined {
  const { q, currency, after } = input
  const match = invoiceMatch(q, { ...scope, words: wordsOf(input), currency, due: dueOf(input) })
  // Nothing that was typed can be searched for.
  if (match === undefined) return sql`false`
  const last = sql`(select "key" from ${invoiceKey} where invoice_id = ${after?.id})`
  return and(
    sql`invoice_search match ${match}`,
    after && sql`${rowid} < ${last}`,
    sql`+${invoice.organizationId} = ${scope.organizationId}`,
  )
}

/**
 * A list of invoices of any columns: one range of an index or of the full-text table, whatever it is
 * narrowed to, one row longer than it shows.
 */
export function narrowed<T extends SQLiteSelect>(query: T, scope: Scope, input: Listed) {
  const limit = input.limit + 1
  if (input.sort === 'found') {
    return query
      .innerJoin(invoiceKey, eq(invoiceKey.invoiceId, invoice.id))
      .innerJoin(sql`invoice_search`, eq(rowid, invoiceKey.key))
      .where(matched(scope, input))
      .orderBy(desc(rowid))
      .limit(limit)
  }
  const order = input.sort === 'due' ? [asc(invoice.dueOn), asc(invoice.id)] : [desc(invoice.id)]
  return query
    .where(ranged(scope, input))
    .orderBy(...order)
    .limit(limit)
}

/** Of the whole organisation. */
export async function listInvoices(
  db: Database,
  organizationId: string,
  input: Listed,
): Promise<Page<InvoiceItem>> {
  const rows = await narrowed(select(db).$dynamic(), { organizationId }, input)
  return pageOf(rows, input.limit, cursorOf[input.sort])
}

/** Of one portal; undefined where the organisation has none of that id. */
export async function listInvoicesOf(
  db: Database,
  organizationId: string,
  portalId: string,
  input: Listed,
): Promise<Page<InvoiceItem> | undefined> {
  const [[home], rows] = await db.batch([
    db
      .select({ id: portal.id })
      .from(portal)
      .where(and(eq(portal.id, portalId), eq(portal.organizationId, organizationId))),
    narrowed(select(db).$dynamic(), { organizationId, portalId }, input),
  ])
  return home && pageOf(rows, input.limit, cursorOf[input.sort])
}

/** What a table of invoices says of each, with whom it is for. */
const exported = {
  id: invoice.id,
  number: invoice.number,
  status: invoice.status,
  client: portal.client,
  project: portal.project,
  currency: invoice.currency,
  issuedOn: invoice.issuedOn,
  dueOn: invoice.dueOn,
  subtotal: invoice.subtotal,
  discount: invoice.discount,
  tax: invoice.tax,
  total: invoice.total,
  paid: invoice.paid,
  refunded: invoice.refunded,
  credited: invoice.credited,
  balance: invoice.balance,
  credit: invoice.credit,
}

const selectExported = (db: Database) =>
  db.select(exported).from(invoice).innerJoin(portal, eq(portal.id, invoice.portalId))

export type ExportedInvoice = Awaited<ReturnType<typeof selectExported>>[number]

export async function exportInvoices(
  db: Database,
  organizationId: string,
  input: Listed,
): Promise<Page<ExportedInvoice>> {
  const rows = await narrowed(selectExported(db).$dynamic(), { organizationId }, input)
  return pageOf(rows, input.limit, cursorOf[input.sort])
}
