import { sql, type SQL } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import {
  creditNote,
  invoice,
  payment,
  type InvoiceStatus,
  type PaymentKind,
  type PaymentMethod,
  type PaymentState,
  type Seller,
} from '../../db/schema/invoices.ts'
import type { Buyer } from '../../db/schema/portals.ts'
import { online } from '../payments/asked.ts'
import type { Means } from '../payments/decide.ts'
import { meansColumn } from '../payments/means.ts'
import { detailed, type ClientInvoiceDetail } from './invoice-list.ts'
import type { Visit } from './visits.ts'
import { visitWith } from './visit-with.ts'

/** A movement of money as a client sees it: who entered it and why is the team's to know. */
export interface ClientPayment {
  id: string
  kind: PaymentKind
  method: PaymentMethod
  /** How it came through Stripe, where that is known. */
  means: Means | null
  amount: number
  state: PaymentState
  receivedOn: string
  /** The Payment Link it came by. */
  link: string | null
}

export interface ClientCreditNote {
  id: string
  number: string
  amount: number
  reason: string
  issuedOn: string
}

/** An invoice as it was issued, and what became of it. */
export interface ClientInvoicePage extends ClientInvoiceDetail {
  status: Exclude<InvoiceStatus, 'draft'>
  seller: Seller
  buyer: Buyer
  locale: string
  discountPercent: string | null
  reversed: number
  /** 0 or 1, as in `Billing`. */
  online: number
  /** Each the oldest first. */
  payments: ClientPayment[]
  creditNotes: ClientCreditNote[]
}

/**
 * An invoice of the portal in the row around, by its id; null for a draft, and another portal's.
 * `organization.id` is of that row as well.
 */
export const pageOfInvoice = (id: string | SQL) => sql`(
  select json_object(${detailed}, 'seller', json(seller), 'buyer', json(buyer), 'locale', locale,
    'discountPercent', discount_percent, 'reversed', reversed, 'online', ${online},
    'payments', json((
      select json_group_array(json_object('id', id, 'kind', kind, 'method', method, 'means', ${meansColumn}, 'amount', amount,
        'state', state, 'receivedOn', received_on, 'link', link_id))
      from (select * from ${payment} where invoice_id = ${id} and (state <> 'failed' or kind = 'payment') order by id))),
    'creditNotes', json((
      select json_group_array(json_object('id', id, 'number', number, 'amount', amount, 'reason', reason,
        'issuedOn', issued_on))
      from (select * from ${creditNote} where invoice_id = ${id} order by id))))
  from ${invoice} where id = ${id} and portal_id = portal.id and issued_at is not null)`

/** What a token opens with one invoice of its portal, in one statement; null for a draft, and another's. */
export async function invoiceByHash(
  db: Database,
  hash: string,
  id: string,
): Promise<(Visit & { invoice: ClientInvoicePage | null }) | undefined> {
  const row = await visitWith<ClientInvoicePage>(db, hash, pageOfInvoice(id), 'billing')
  return row && { ...row.visit, invoice: row.part }
}
