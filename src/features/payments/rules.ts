import type { InvoiceStatus } from '../../db/schema/invoices.ts'
import type { PaymentLinkState } from '../../db/schema/payments.ts'

/**
 * The least that Stripe charges, in minor units. For a currency that is not here the least is what half
 * a dollar is worth, which nobody here knows: Stripe itself refuses what is below.
 * https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts
 */
export const LEAST: Readonly<Record<string, number>> = {
  AED: 200,
  AUD: 50,
  BGN: 100,
  BRL: 50,
  CAD: 50,
  CHF: 50,
  CZK: 1500,
  DKK: 250,
  EUR: 50,
  GBP: 30,
  HKD: 400,
  HUF: 17500,
  INR: 50,
  JPY: 50,
  MXN: 1000,
  MYR: 200,
  NOK: 300,
  NZD: 50,
  PLN: 200,
  RON: 200,
  SEK: 300,
  SGD: 50,
  THB: 1000,
  USD: 50,
}

/** Eight digits, whatever the currency. */
export const MOST = 99_999_999

export const isCharged = (amount: number, currency: string): boolean =>
  amount > 0 && amount >= (LEAST[currency] ?? 0) && amount <= MOST

export interface PayFacts {
  status: InvoiceStatus
  currency: string
  /** What it asks for at this moment; see `asked.ts`. */
  asked: number
  /** On its way, such as a bank debit. */
  pending: number
  /** Whether the organisation has a key of Stripe. */
  online: boolean
  /** The link that is to be paid by; null while there is none. */
  link: {
    id: string
    state: PaymentLinkState
    amount: number
    url: string | null
    createdAt: number
  } | null
}

/** Where "Pay now" leads. */
export type PayStep =
  | { step: 'go'; url: string; link: string }
  /** Its link is being made. `late`: it should have been there long ago. */
  | { step: 'moment'; late: boolean }
  | { step: 'processing' | 'paid' | 'void' | 'offline' | 'amount' }

/** What a job needs to make a link, with a try or two more. */
const PATIENCE = 90_000

export function payStep(facts: PayFacts, now: number): PayStep {
  const { status, asked, currency, pending, online, link } = facts
  if (status === 'void' || status === 'draft') return { step: 'void' }
  if (asked === 0) return { step: pending > 0 ? 'processing' : 'paid' }
  if (!online) return { step: 'offline' }
  if (!isCharged(asked, currency)) return { step: 'amount' }
  if (link?.state === 'active' && link.amount === asked && link.url !== null) {
    return { step: 'go', url: link.url, link: link.id }
  }
  return { step: 'moment', late: link === null || now - link.createdAt > PATIENCE }
}
