import { isOverdue, overdueSum } from '../../features/invoices/rules.ts'
import type { Billing, ClientInvoice, ClientInvoiceDetail } from '../../features/links/billing.ts'

const clientInvoiceView = (invoice: ClientInvoice, today: string) => ({
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
  /** Nothing can be paid here yet. */
  payUrl: null,
})

/** With all that the invoice says; who entered a payment and why is the team's to know. */
export const clientInvoiceDetailView = (invoice: ClientInvoiceDetail, today: string) => ({
  ...clientInvoiceView(invoice, today),
  prices: invoice.prices,
  lines: invoice.lines,
  subtotal: invoice.subtotal,
  discount: invoice.discount,
  tax: invoice.tax,
  taxes: invoice.taxes,
  supplyOn: invoice.supplyOn,
  reverseCharge: invoice.reverseCharge === 1,
  notes: invoice.notes,
})

/** What every link opens; what is overdue is among the open ones, all of which are there. */
export function billingView(billing: Billing | null, today: string) {
  if (!billing) return {}
  const { outstanding, invoices } = billing
  const owed = invoices.map(({ status, dueOn, balance }) => ({
    dueOn,
    amount: status === 'open' ? balance : 0,
  }))
  return {
    outstanding,
    overdue: overdueSum(owed, today),
    invoices: invoices.map((invoice) => clientInvoiceView(invoice, today)),
  }
}
