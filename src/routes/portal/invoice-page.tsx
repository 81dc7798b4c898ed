import type { Visit } from '../../features/links/visits.ts'
import type { ClientInvoicePage } from '../../features/links/invoice-page.ts'
import { isOverdue } from '../../features/invoices/rules.ts'
import { isCharged } from '../../features/payments/rules.ts'
import { daysBetween, formatDay } from '../../lib/day.ts'
import { formatMoney } from '../../lib/money.ts'
import { paths } from '../../paths.ts'
import { brandOf } from '../../ui/brand.ts'
import { ClientLayout } from '../../ui/client.tsx'
import { InvoiceSheet } from './invoice-sheet.tsx'

interface InvoicePageProps {
  visit: Visit
  invoice: ClientInvoicePage
  token: string
  today: string
  /** Somebody came back from paying, and Stripe has not told of it yet; `late` for a while now. */
  paying?: 'confirming' | 'late' | undefined
}

/** An invoice as it was issued, with what became of it; it prints as it stands. */
export const InvoicePage = ({ visit, invoice, token, today, paying }: InvoicePageProps) => {
  const { organization, project, client, contactName } = visit
  return (
    <ClientLayout
      title={`${invoice.number} · ${project}`}
      lang="en"
      brand={brandOf(organization)}
      client={client}
      contact={contactName}
      sheet="invoice.css"
    >
      <div class="hero small">
        <div>
          <a class="label" href={`${paths.portal(token)}#invoices`}>
            ← <bdi>{project}</bdi>
          </a>
          <h1>Invoice {invoice.number}</h1>
          <p role={paying && 'status'}>{paying ? awaiting[paying] : standing(invoice, today)}</p>
        </div>
        {paying === 'confirming' && (
          <a class="btn" href={`${paths.clientInvoice(token, invoice.id)}?paid=1`}>
            Look again now
          </a>
        )}
        {!paying && canPay(invoice) && (
          <a class="btn go" href={paths.clientPay(token, invoice.id)}>
            Pay now
          </a>
        )}
      </div>
      <div class="deck one">
        <InvoiceSheet invoice={invoice} today={today} />
      </div>
    </ClientLayout>
  )
}

const awaiting = {
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
  if (status === 'paid') {
    return credit > 0
      ? `Paid, with ${money(credit)} in your favour. Thank you.`
      : 'Paid. Thank you.'
  }
  if (pending > 0) {
    return `${money(pending)} are on their way, which takes a bank a few days. There is no need to pay again.`
  }
  if (!isOverdue(invoice, today)) return `${money(balance)} is due by ${formatDay(dueOn, locale)}.`
  const days = daysBetween(dueOn, today)
  return `${money(balance)} was due ${days === 1 ? 'yesterday' : `${days} days ago`}.`
}
