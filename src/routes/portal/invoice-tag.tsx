import type { InvoiceStatus } from '../../db/schema/invoices.ts'
import { isOverdue } from '../../features/invoices/rules.ts'

interface Standing {
  status: InvoiceStatus
  balance: number
  dueOn: string
  pending: number
}

/** How an invoice stands, in a word. */
export const InvoiceTag = ({ invoice, today }: { invoice: Standing; today: string }) => {
  if (invoice.status === 'open' && invoice.pending > 0) {
    return <b class="tag quiet">Processing</b>
  }
  if (isOverdue(invoice, today)) return <b class="tag red">Overdue</b>
  switch (invoice.status) {
    case 'paid':
      return <b class="tag teal">Paid</b>
    case 'void':
      return <b class="tag quiet">Void</b>
    default:
      return <b class="tag amber">Due</b>
  }
}
