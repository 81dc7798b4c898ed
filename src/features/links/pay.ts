import { sql, type SQL } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { invoice, type Seller } from '../../db/schema/invoices.ts'
import { paymentLink } from '../../db/schema/payments.ts'
import { asked, online } from '../payments/asked.ts'
import type { PayFacts } from '../payments/rules.ts'
import type { Visit } from './visits.ts'
import { visitWith } from './visit-with.ts'

/** What the page behind "Pay now" goes by. */
export interface ClientPay extends PayFacts {
  id: string
  number: string
  locale: string
  seller: Seller
}

/** As SQLite says it. */
export interface PayRow extends Omit<ClientPay, 'online'> {
  online: number
}

/** As JSON, of one issued invoice of the statement's `portal`; null for a draft, and another's. */
export const payFacts = (id: SQL | string): SQL => sql`(
  select json_object('id', id, 'number', number, 'status', status, 'currency', currency,
    'locale', locale, 'seller', json(seller), 'pending', pending, 'asked', ${asked}, 'online', ${online},
    'link', (
      select json_object('id', l.id, 'state', l.state, 'amount', l.amount, 'url', l.url,
        'createdAt', l.created_at)
      from ${paymentLink} l where l.invoice_id = ${id} and l.state <> 'off'))
  from ${invoice} where id = ${id} and portal_id = portal.id and issued_at is not null)`

export const readPay = ({ online, ...told }: PayRow): ClientPay => ({
  ...told,
  online: online === 1,
})

/** Where a token's "Pay now" leads, in one statement; every link opens it. */
export async function payByHash(
  db: Database,
  hash: string,
  id: string,
): Promise<(Visit & { pay: ClientPay | null }) | undefined> {
  const row = await visitWith<PayRow>(db, hash, payFacts(id), 'billing')
  return row && { ...row.visit, pay: row.part && readPay(row.part) }
}
