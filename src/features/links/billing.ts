import { eq, sql, type SQL } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import {
  invoice,
  type InvoiceLine,
  type InvoiceStatus,
  type InvoiceTax,
} from '../../db/schema/invoices.ts'
import { contact, link, linkToken } from '../../db/schema/links.ts'
import { organization, type PriceKind } from '../../db/schema/organizations.ts'
import { portal } from '../../db/schema/portals.ts'
import { encodeCursor } from '../../lib/cursor.ts'
import type { Page } from '../../lib/page.ts'
import type { Place } from '../invoices/rules.ts'
import { opened, type Visit } from './visits.ts'

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
}

/** With all that it says. */
export interface ClientInvoiceDetail extends ClientInvoice {
  prices: PriceKind
  lines: InvoiceLine[]
  subtotal: number
  discount: number
  tax: number
  taxes: InvoiceTax[]
  supplyOn: string | null
  /** Kept as 0 or 1. */
  reverseCharge: number
  notes: string
}

/** What the client's page shows of a portal's invoices; every link opens it, drafts never. */
export interface Billing {
  outstanding: number
  invoices: ClientInvoice[]
}

/** Open invoices that a page shows at most, and settled ones of each kind. */
const OPEN_SHOWN = 50
const SETTLED_SHOWN = 20

const listed = sql`'id', id, 'number', number, 'status', status, 'currency', currency, 'total', total,
  'paid', paid, 'refunded', refunded, 'credited', credited, 'balance', balance, 'credit', credit,
  'issuedOn', issued_on, 'issuedAt', issued_at, 'dueOn', due_on`

/** One range of an index each, so that no draft is even read, and whatever is still open is there. */
const newest = (status: InvoiceStatus, most: number): SQL => sql`
  select * from (
    select * from ${invoice} where portal_id = portal.id and status = ${sql.raw(`'${status}'`)}
    order by id desc limit ${sql.raw(String(most))})`

export const billing =
  sql<Billing>`json_object('outstanding', portal.outstanding, 'invoices', json((
  select json_group_array(json_object(${listed})) from (
    ${newest('open', OPEN_SHOWN)} union all ${newest('paid', SETTLED_SHOWN)}
    union all ${newest('void', SETTLED_SHOWN)}))))`.mapWith((text: string): Billing => {
    const { outstanding, invoices }: Billing = JSON.parse(text)
    return { outstanding, invoices: invoices.sort(lastIssuedFirst) }
  })

const lastIssuedFirst = (one: ClientInvoice, other: ClientInvoice): number =>
  other.issuedAt - one.issuedAt || (one.id < other.id ? 1 : -1)

const detailed = ({ limit, after }: Place) =>
  sql<ClientInvoiceDetail[]>`(
  select json_group_array(json_object(${listed}, 'prices', prices, 'lines', json(lines),
    'subtotal', subtotal, 'discount', discount, 'tax', tax, 'taxes', json(taxes),
    'supplyOn', supply_on, 'reverseCharge', reverse_charge, 'notes', notes))
  from (
    select * from ${invoice} where portal_id = portal.id and issued_at is not null
    ${after ? sql`and (issued_at, id) < (${after.at}, ${after.id})` : sql``}
    order by issued_at desc, id desc limit ${limit + 1}))`.mapWith(
    (text: string): ClientInvoiceDetail[] => JSON.parse(text),
  )

/** What a token opens with a page of its portal's invoices, in one statement. */
export async function invoicesByHash(
  db: Database,
  hash: string,
  place: Place,
): Promise<(Visit & { invoices: Page<ClientInvoiceDetail> }) | undefined> {
  const [row] = await db
    .select({ ...opened, replacedAt: linkToken.replacedAt, invoices: detailed(place) })
    .from(linkToken)
    .innerJoin(link, eq(link.id, linkToken.linkId))
    .innerJoin(contact, eq(contact.id, link.contactId))
    .innerJoin(portal, eq(portal.id, link.portalId))
    .innerJoin(organization, eq(organization.id, link.organizationId))
    .where(eq(linkToken.hash, hash))
  if (!row) return undefined
  const { invoices: found, ...visit } = row
  const items = found.slice(0, place.limit)
  const last = found.length > place.limit ? items.at(-1) : undefined
  const next = last ? encodeCursor([last.issuedAt, last.id]) : null
  return { ...visit, invoices: { items, next } }
}
