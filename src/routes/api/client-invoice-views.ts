import { isOverdue, overdueSum } from '../../features/invoices/rules.ts'
import type { Billing, ClientInvoice } from '../../features/links/billing.ts'

export const clientInvoiceView = (invoice: ClientInvoice, today: string) => ({
  id: invoice.id,
  number: invoice.number,
  status: invoice.status,
  overdue: isOverdue(invoice, today),
  currency: invoice.currency,
  total: invoice.total,
  paid: invoice.paid,
  refunded: invoice.refunded,
  credited: invoice.credited,
  balance: invoice.balance,
  credit: invoice.credit,
  issuedOn: invoice.issuedOn,
  dueOn: invoice.dueOn,
  paidOn: invoice.paidOn,
  /** Nothing can be paid here yet. */
  payUrl: null,
})

/** What every link opens; what is overdue counts beyond the invoices that are listed. */
export function billingView(billing: Billing | null, today: string) {
  if (!billing) return {}
  const { outstanding, owed, invoices } = billing
  return {
    outstanding,
    overdue: overdueSum(owed, today),
    invoices: invoices.map((invoice) => clientInvoiceView(invoice, today)),
  }
}
