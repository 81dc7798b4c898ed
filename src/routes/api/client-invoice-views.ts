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
  /** Nothing can be paid here yet. */
  payUrl: null,
})

interface Answered {
  id: string
  number: string | null
  promisedOn: string | null
  problemAt: number | null
}

/** What a client's answer to an invoice is now; the one, the other or none. */
export const answeredView = ({ id, number, promisedOn, problemAt }: Answered) => ({
  id,
  number,
  answer:
    problemAt !== null
      ? { kind: 'problem' }
      : promisedOn === null
        ? null
        : { kind: 'will-pay', on: promisedOn },
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
