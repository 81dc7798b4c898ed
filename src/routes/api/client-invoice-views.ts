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
  paidOn: invoice.paidOn,
  pending: invoice.pending,
  answer: answerOf(invoice),
  /** Null when nothing can be paid at this moment. */
  payUrl:
    online && isCharged(invoice.asked, invoice.currency)
      ? appUrl + paths.clientPay(token, invoice.id)
      : null,
})

interface Answered {
  promisedOn: string | null
  problemAt: number | null
}

/** What a client's answer to an invoice is now; the one, the other or none. */
function answerOf({ promisedOn, problemAt }: Answered) {
  if (problemAt !== null) return { kind: 'problem' }
  return promisedOn === null ? null : { kind: 'will-pay', on: promisedOn }
}

/** How an invoice stands once it was answered. */
export const answeredView = (invoice: Answered & { id: string; number: string | null }) => ({
  id: invoice.id,
  number: invoice.number,
  answer: answerOf(invoice),
})

/** What every link opens; what is overdue counts beyond the invoices that are listed. */
export function billingView(billing: Billing | null, today: string, ways: Omit<PayWays, 'online'>) {
  if (!billing) return {}
  const { outstanding, owed, invoices } = billing
  const online = billing.online === 1
  return {
    outstanding,
    overdue: overdueSum(owed, today),
    invoices: invoices.map((invoice) => clientInvoiceView(invoice, today, { ...ways, online })),
  }
}
