import { isOverdue, overdueSum } from '../../features/invoices/rules.ts'
import { isCharged } from '../../features/payments/rules.ts'
import type { Billing, ClientInvoice } from '../../features/links/billing.ts'
import { paths } from '../../paths.ts'

/** How the caller comes to the invoices, and what they may be paid by. */
export interface PayWays {
  appUrl: string
  token: string
  online: boolean
}

export const clientInvoiceView = (
  invoice: ClientInvoice,
  today: string,
  { appUrl, token, online }: PayWays,
) => ({
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
  pending: invoice.pending,
  /** Null when nothing can be paid at this moment. */
  payUrl:
    online && isCharged(invoice.asked, invoice.currency)
      ? appUrl + paths.clientPay(token, invoice.id)
      : null,
})

/** What every link opens; what is overdue is among the open ones, all of which are there. */
export function billingView(billing: Billing | null, today: string, ways: Omit<PayWays, 'online'>) {
  if (!billing) return {}
  const { outstanding, invoices } = billing
  const online = billing.online === 1
  const owed = invoices.map(({ status, dueOn, balance }) => ({
    dueOn,
    amount: status === 'open' ? balance : 0,
  }))
  return {
    outstanding,
    overdue: overdueSum(owed, today),
    invoices: invoices.map((invoice) => clientInvoiceView(invoice, today, { ...ways, online })),
  }
}
