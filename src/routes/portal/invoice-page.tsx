import type { Visit } from '../../features/links/visits.ts'
import type { ClientInvoicePage } from '../../features/links/invoice-page.ts'
import { paths } from '../../paths.ts'
import { brandOf } from '../../ui/brand.ts'
import { ClientLayout } from '../../ui/client.tsx'
import { InvoiceView } from './invoice-view.tsx'
import type { Paying } from './look-again.ts'

interface InvoicePageProps {
  visit: Visit
  invoice: ClientInvoicePage
  token: string
  today: string
  paying?: Paying | undefined
}

/** An invoice of the portal; it prints as it stands. */
export const InvoicePage = ({ visit, invoice, token, today, paying }: InvoicePageProps) => {
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
        pay={{ at: paths.clientPay(token, id), here: paths.clientInvoice(token, id) }}
        paying={paying}
        crumb={
          <a class="label" href={`${paths.portal(token)}#invoices`}>
            ← <bdi>{project}</bdi>
          </a>
        }
      />
    </ClientLayout>
  )
}
