import { isOverdue } from '../features/invoices/rules.ts'

/** `pending`: what is on its way, such as a bank debit. */
type Standing = Parameters<typeof isOverdue>[0] & { pending: number }

const words = {
  draft: { label: 'Draft', colour: 'muted' },
  open: { label: 'Open', colour: 'blue' },
  paid: { label: 'Paid', colour: 'teal' },
  void: { label: 'Void', colour: 'muted' },
} as const

/** How an invoice stands, in a word and its colour. */
export const InvoiceTag = ({ invoice, today }: { invoice: Standing; today: string }) => {
  const { label, colour } =
    invoice.status === 'open' && invoice.pending > 0
      ? { label: 'Processing', colour: 'amber' }
      : isOverdue(invoice, today)
        ? { label: 'Overdue', colour: 'red' }
        : words[invoice.status]
  return <span class={`tag ${colour}`}>{label}</span>
}
