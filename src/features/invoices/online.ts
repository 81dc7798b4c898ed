import type { InvoiceStatus } from '../../db/schema/invoices.ts'

interface Asked {
  status: InvoiceStatus
  balance: number
  /** What is on its way, such as a bank debit. */
  pending: number
  /** Whether the organisation has a Stripe account that takes payments; SQLite says 0 or 1. */
  takesOnline: number
}

/**
 * Whether "Pay now" is shown: on the page of an invoice, and in its mails. This is the one place that
 * says so.
 */
export const payableOnline = ({ status, balance, pending, takesOnline }: Asked): boolean =>
  takesOnline === 1 && status === 'open' && balance > 0 && pending === 0
