import { and, asc, desc, eq, getTableColumns, gte, lt, sql, type SQL } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import {
  creditNote,
  invoice,
  payment,
  type PaymentKind,
  type PaymentMethod,
  type PaymentState,
} from '../../db/schema/invoices.ts'
import { portal } from '../../db/schema/portals.ts'
import { pageOf, type Page } from '../../lib/page.ts'
import { cursorOf, type After, type ListInvoices } from './input.ts'

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

/** The rule `isOverdue`, in SQL. */
const overdue = (today: string): SQL => sql`${isOwed} and ${invoice.dueOn} < ${today}`

/** Sorted by what an index holds, whatever the list is narrowed to, so that a page is one range of it. */
export const orders = {
  newest: [desc(invoice.id)],
  due: [asc(invoice.dueOn), asc(invoice.id)],
  number: [desc(invoice.number)],
} as const satisfies Record<After['sort'], readonly SQL[]>

/** As row values: written with `or`, this would read the whole list. */
const beyond = (after: Exclude<After, { sort: 'number' }>): SQL =>
  after.sort === 'newest'
    ? lt(invoice.id, after.id)
    : sql`(${invoice.dueOn}, ${invoice.id}) > (${after.dueOn}, ${after.id})`

/** One range, with one end: given two, SQLite would take the wider one. */
function numbered(prefix: string, after: After | undefined) {
  // No number goes on behind the last of all characters.
  const end = `${prefix}\u{10ffff}`
  const seen = after?.sort === 'number' && after.number < end ? after.number : end
  return and(gte(invoice.number, prefix), lt(invoice.number, seen))
}

/** What the list is narrowed to; `today` is the organisation's. */
export interface Listed extends ListInvoices {
  today: string
}

export const narrowed = ({ status, prefix, after, today }: Listed) =>
  and(
    status === undefined
      ? undefined
      : status === 'overdue'
        ? overdue(today)
        : eq(invoice.status, status),
    prefix === undefined ? undefined : numbered(prefix, after),
    after && after.sort !== 'number' ? beyond(after) : undefined,
  )

/** Of the whole organisation. */
export async function listInvoices(
  db: Database,
  organizationId: string,
  input: Listed,
): Promise<Page<InvoiceItem>> {
  const rows = await select(db)
    .where(and(eq(invoice.organizationId, organizationId), narrowed(input)))
    .orderBy(...orders[input.sort])
    .limit(input.limit + 1)
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
    select(db)
      // The plus sign: a range of the portal's index, and the organisation checked row by row.
      .where(
        and(
          eq(invoice.portalId, portalId),
          sql`+${invoice.organizationId} = ${organizationId}`,
          narrowed(input),
        ),
      )
      .orderBy(...orders[input.sort])
      .limit(input.limit + 1),
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
  const rows = await selectExported(db)
    .where(and(eq(invoice.organizationId, organizationId), narrowed(input)))
    .orderBy(...orders[input.sort])
    .limit(input.limit + 1)
  return pageOf(rows, input.limit, cursorOf[input.sort])
}
