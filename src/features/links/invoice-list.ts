import { sql } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { invoice, type InvoiceLine, type InvoiceTax } from '../../db/schema/invoices.ts'
import type { PriceKind } from '../../db/schema/organizations.ts'
import { encodeCursor } from '../../lib/cursor.ts'
import { pageOf, type Page } from '../../lib/page.ts'
import type { Place } from '../invoices/rules.ts'
import { online } from '../payments/asked.ts'
import { listed, type ClientInvoice } from './billing.ts'
import type { Visit } from './visits.ts'
import { visitWith } from './visit-with.ts'

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

export const detailed = sql`${listed}, 'prices', prices, 'lines', json(lines),
  'subtotal', subtotal, 'discount', discount, 'tax', tax, 'taxes', json(taxes),
  'supplyOn', supply_on, 'reverseCharge', reverse_charge, 'notes', notes`

const pageAt = ({ limit, after }: Place) => sql`(
  select json_object('online', ${online}, 'items', json_group_array(json_object(${detailed})))
  from (
    select * from ${invoice} where portal_id = portal.id and issued_at is not null
    ${after ? sql`and (issued_at, id) < (${after.at}, ${after.id})` : sql``}
    order by issued_at desc, id desc limit ${limit + 1}))`

export interface ClientInvoices extends Page<ClientInvoiceDetail> {
  /** Whether anything can be paid online. */
  online: boolean
}

/** What a token opens with a page of its portal's invoices, in one statement. */
export async function invoicesByHash(
  db: Database,
  hash: string,
  place: Place,
): Promise<(Visit & { invoices: ClientInvoices | null }) | undefined> {
  const found = await visitWith<{ online: number; items: ClientInvoiceDetail[] }>(
    db,
    hash,
    pageAt(place),
    'billing',
  )
  if (!found) return undefined
  const { visit, part } = found
  const cursor = ({ issuedAt, id }: ClientInvoiceDetail) => encodeCursor([issuedAt, id])
  const invoices = part && {
    ...pageOf(part.items, place.limit, cursor),
    online: part.online === 1,
  }
  return { ...visit, invoices }
}
