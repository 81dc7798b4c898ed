import type { Visit } from '../../features/links/visits.ts'
import type { ClientInvoicePage } from '../../features/links/invoice-page.ts'
import { paths } from '../../paths.ts'
import { brandOf } from '../../ui/brand.ts'
import { ClientLayout } from '../../ui/client.tsx'
import { InvoiceAnswer, type AnswerForm } from './invoice-answer.tsx'
import { InvoiceView } from './invoice-view.tsx'
import type { Paying } from './look-again.ts'

interface InvoicePageProps {
  visit: Visit
  invoice: ClientInvoicePage
  token: string
  today: string
  form: AnswerForm
  paying?: Paying | undefined
}

/** An invoice of the portal; it prints as it stands. */
export const InvoicePage = ({ visit, invoice, token, today, paying, form }: InvoicePageProps) => {
  const { organization, project, client, contactName } = visit
  const { id } = invoice
  return (
    <ClientLayout
      title={`${invoice.number} · ${project}`}
      lang="en"
      brand={brandOf(organization)}
      client={client}
      contact={contactName}
      sheet="invoice.css"
    >
      <InvoiceView
        invoice={invoice}
        today={today}
        papers={{
          pdf: paths.clientInvoicePdf(token, id),
          creditNote: (note) => paths.clientCreditNotePdf(token, id, note),
          receipt: (payment) => paths.clientReceipt(token, id, payment),
        }}
        pay={paths.clientPay(token, id)}
        paying={paying}
        answers={
          <InvoiceAnswer
            invoice={invoice}
            action={paths.clientInvoiceAnswer(token, id)}
            form={form}
            today={today}
          />
        }
        crumb={
          <a class="label" href={`${paths.portal(token)}#invoices`}>
            ← <bdi>{project}</bdi>
          </a>
        }
      />
    </ClientLayout>
  )
}
