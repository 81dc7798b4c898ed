import { sql } from 'drizzle-orm'
import type { PaymentMethod } from '../../db/schema/invoices.ts'
import type { Means } from './decide.ts'

/** Bank debits, as Stripe names them. They are on their way for days; a card is charged at once. */
const debits: ReadonlySet<string> = new Set([
  'acss_debit',
  'au_becs_debit',
  'bacs_debit',
  'nz_bank_account',
  'sepa_debit',
  'us_bank_account',
])

/** Of a charge, which says it outright. Null for other ways, such as wallets of their own. */
export const meansOfType = (type: string | null): Means | null =>
  type === 'card' ? 'card' : type && debits.has(type) ? 'debit' : null

/** Of what a page at Stripe offers. Null where that leaves it open: then the charge has to be asked. */
export function meansOffered(types: readonly string[] | null, later: boolean): Means | null {
  const offered = new Set((types ?? []).map(meansOfType))
  if (offered.has(null)) return null
  const means = later ? 'debit' : 'card'
  return offered.has(means) ? means : null
}

/** As the ledger keeps it, in the note of a payment through Stripe. */
export const meansNote: Readonly<Record<Means, string>> = { card: 'Card', debit: 'Bank debit' }

export const meansOf = ({ method, note }: { method: PaymentMethod; note: string }): Means | null =>
  method !== 'stripe' ? null : note === 'Card' ? 'card' : note === 'Bank debit' ? 'debit' : null

/** The same in SQL, of a row of `payment`: a note may be the team's own, and is not for clients. */
export const meansColumn = sql`case when method <> 'stripe' then null when note = 'Card' then 'card'
  when note = 'Bank debit' then 'debit' end`
