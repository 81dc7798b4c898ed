import type { Child } from 'hono/jsx'
import type { ClientInvoicePage } from '../../features/links/invoice-page.ts'
import { isOverdue } from '../../features/invoices/rules.ts'
import { isCharged } from '../../features/payments/rules.ts'
import { daysBetween, formatDay } from '../../lib/day.ts'
import { formatMoney } from '../../lib/money.ts'
import type { Paying } from './look-again.ts'
import { InvoiceSheet, type Papers } from './invoice-sheet.tsx'

export interface InvoiceViewProps {
  invoice: ClientInvoicePage
  today: string
  papers: Papers
  /** Above the heading: where it belongs. */
  crumb: Child
  /** Where "Pay now" leads. */
  pay: string
  /** Somebody came back from paying, and Stripe has not told of it yet. */
  paying?: Paying | undefined
  /** What there is to say about it, beneath. */
  answers?: Child
}

/** An invoice as it was issued, with what became of it, wherever a client looks at it. */
export const InvoiceView = (props: InvoiceViewProps) => {
  const { invoice, today, papers, crumb, pay, paying, answers } = props
  return (
    <>
      <div class="hero small">
        <div>
          {crumb}
          <h1>Invoice {invoice.number}</h1>
          <p role={paying && 'status'}>
            {paying ? awaiting[paying.state] : standing(invoice, today)}
          </p>
        </div>
        <p class="acts">
          {paying?.state === 'confirming' && (
            <a class="btn" href={paying.again}>
              Look again now
            </a>
          )}
          {!paying && canPay(invoice) && (
            <a class="btn go" href={pay}>
              Pay now
            </a>
          )}
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
}

const awaiting: Record<Paying['state'], string> = {
  confirming: 'Thank you. Your payment is being confirmed, which takes a few seconds …',
  late: 'Thank you. Your payment is still being confirmed; a receipt follows by email. There is no need to pay again.',
}

const canPay = ({ online, asked, currency }: ClientInvoicePage): boolean =>
  online === 1 && isCharged(asked, currency)

/** What there is to do about it, in a line. */
function standing(invoice: ClientInvoicePage, today: string): string {
  const { status, balance, credit, currency, locale, dueOn, pending } = invoice
  const money = (amount: number) => formatMoney(amount, currency, locale)
  if (status === 'void') return 'This invoice is void: there is nothing to pay.'
  if (pending > 0) {
    return `${money(pending)} are on their way, which takes a bank a few days. There is no need to pay again.`
  }
  if (status === 'paid') {
    if (credit > 0) return `Paid, with ${money(credit)} in your favour. Thank you.`
    return canPay(invoice)
      ? 'Paid. Thank you. It stays open for the payments that follow.'
      : 'Paid. Thank you.'
  }
  if (!isOverdue(invoice, today)) return `${money(balance)} is due by ${formatDay(dueOn, locale)}.`
  const days = daysBetween(dueOn, today)
  return `${money(balance)} was due ${days === 1 ? 'yesterday' : `${days} days ago`}.`
}
