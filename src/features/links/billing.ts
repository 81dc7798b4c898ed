import { sql, type SQL } from 'drizzle-orm'
import type { InvoiceStatus } from '../../db/schema/invoices.ts'
import type { OwedOn } from '../invoices/rules.ts'
import { asked, online } from '../payments/asked.ts'

/** An invoice as a client's list shows it. */
export interface ClientInvoice {
  id: string
  number: string
  status: InvoiceStatus
  currency: string
  total: number
  paid: number
  refunded: number
  credited: number
  balance: number
  credit: number
  issuedOn: string
  issuedAt: number
  dueOn: string
  /** On its way, such as a bank debit. */
  pending: number
  /** What can be paid at this moment. */
  asked: number
  /** The day of the payment that settled it. */
  paidOn: string | null
  /** What the client answered. */
  promisedOn: string | null
  problemAt: number | null
}

/** What the client's page shows of a portal's invoices; every link opens it, drafts never. */
export interface Billing {
  outstanding: number
  /** Whether anything can be paid online, 0 or 1. */
  online: number
  /** By due day, of all that are open, however many are listed. */
  owed: OwedOn[]
  invoices: ClientInvoice[]
}

// The table by name: its schema would be a tenth of all that a client's page evaluates.

/** Open invoices that a page shows at most, and settled ones of each kind. */
const OPEN_SHOWN = 50
const SETTLED_SHOWN = 20

/** What a list says of each. */
export const listed = sql`'id', id, 'number', number, 'status', status, 'currency', currency, 'total', total,
  'paid', paid, 'refunded', refunded, 'credited', credited, 'balance', balance, 'credit', credit,
  'issuedOn', issued_on, 'issuedAt', issued_at, 'dueOn', due_on, 'paidOn', paid_on,
  'pending', pending, 'promisedOn', promised_on, 'problemAt', problem_at, 'asked', ${asked}`

/** One range of an index each, so that no draft is even read, and whatever is still open is there. */
const newest = (status: InvoiceStatus, most: number): SQL => sql`
  select * from (
    select * from invoice where portal_id = portal.id and status = ${sql.raw(`'${status}'`)}
    order by id desc limit ${sql.raw(String(most))})`

export const billing =
  sql<Billing>`json_object('outstanding', portal.outstanding, 'online', ${online}, 'owed', json((
  select json_group_array(json_object('dueOn', due_on, 'amount', amount)) from owed
  where portal_id = portal.id and currency = portal.currency)), 'invoices', json((
  select json_group_array(json_object(${listed})) from (
    ${newest('open', OPEN_SHOWN)} union all ${newest('paid', SETTLED_SHOWN)}
    union all ${newest('void', SETTLED_SHOWN)}))))`.mapWith((text: string): Billing => {
    const found: Billing = JSON.parse(text)
    found.invoices.sort(lastIssuedFirst)
    return found
  })

const lastIssuedFirst = (one: ClientInvoice, other: ClientInvoice): number =>
  other.issuedAt - one.issuedAt || (one.id < other.id ? 1 : -1)
