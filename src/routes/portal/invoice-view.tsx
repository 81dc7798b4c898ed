import type { Child } from 'hono/jsx'
import type { ClientInvoicePage } from '../../features/links/invoice-page.ts'
import { isOverdue } from '../../features/invoices/rules.ts'
import { daysBetween, formatDay } from '../../lib/day.ts'
import { formatMoney } from '../../lib/money.ts'
import { InvoiceSheet, type Papers } from './invoice-sheet.tsx'

export interface InvoiceViewProps {
  invoice: ClientInvoicePage
  today: string
  papers: Papers
  /** Above the heading: where it belongs. */
  crumb: Child
  /** The way to pay it online, beside its heading. */
  pay?: Child
  /** What there is to say about it, beneath. */
  answers?: Child
}

/** An invoice as it was issued, with what became of it, wherever a client looks at it. */
export const InvoiceView = ({ invoice, today, papers, crumb, pay, answers }: InvoiceViewProps) => (
  <>
    <div class="hero small">
      <div>
        {crumb}
        <h1>Invoice {invoice.number}</h1>
        <p>{standing(invoice, today)}</p>
      </div>
      <p class="acts">
        {pay}
        <a class="btn" href={papers.pdf}>
          Download PDF
        </a>
      </p>
    </div>
    <div class="deck one">
      <InvoiceSheet invoice={invoice} today={today} papers={papers} />
      {answers}
    </div>
  </>
)

/** What there is to do about it, in a line. */
function standing(invoice: ClientInvoicePage, today: string): string {
  const { status, balance, credit, currency, locale, dueOn } = invoice
  const money = (amount: number) => formatMoney(amount, currency, locale)
  if (status === 'void') return 'This invoice is void: there is nothing to pay.'
  if (status === 'paid') {
    return credit > 0
      ? `Paid, with ${money(credit)} in your favour. Thank you.`
      : 'Paid. Thank you.'
  }
  if (!isOverdue(invoice, today)) return `${money(balance)} is due by ${formatDay(dueOn, locale)}.`
  const days = daysBetween(dueOn, today)
  return `${money(balance)} was due ${days === 1 ? 'yesterday' : `${days} days ago`}.`
}
