import type { Visit } from '../../features/links/visits.ts'
import type { ClientInvoicePage } from '../../features/links/invoice-page.ts'
import { isOverdue } from '../../features/invoices/rules.ts'
import { daysBetween, formatDay } from '../../lib/day.ts'
import { formatMoney } from '../../lib/money.ts'
import { paths } from '../../paths.ts'
import { brandOf } from '../../ui/brand.ts'
import { ClientLayout } from '../../ui/client.tsx'
import { InvoiceAnswer, type AnswerForm } from './invoice-answer.tsx'
import { InvoiceSheet } from './invoice-sheet.tsx'

interface InvoicePageProps {
  visit: Visit
  invoice: ClientInvoicePage
  token: string
  today: string
  form: AnswerForm
}

/** An invoice as it was issued, with what became of it; it prints as it stands. */
export const InvoicePage = ({ visit, invoice, token, today, form }: InvoicePageProps) => {
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
          <p>{standing(invoice, today)}</p>
        </div>
      </div>
      <div class="deck one">
        <InvoiceSheet invoice={invoice} today={today} />
        <InvoiceAnswer
          invoice={invoice}
          action={paths.clientInvoiceAnswer(token, invoice.id)}
          form={form}
          today={today}
          locale={invoice.locale}
        />
      </div>
    </ClientLayout>
  )
}

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
