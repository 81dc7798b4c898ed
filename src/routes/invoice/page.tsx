import type { Holder } from '../../features/links/holder.ts'
import type { ClientInvoicePage } from '../../features/links/invoice-page.ts'
import { payableOnline } from '../../features/invoices/online.ts'
import { paths } from '../../paths.ts'
import { accentStyle, brandOf } from '../../ui/brand.ts'
import { Document } from '../../ui/document.tsx'
import { Mark } from '../../ui/mark.tsx'
import { InvoiceAnswer, type AnswerForm } from '../portal/invoice-answer.tsx'
import { InvoiceView } from '../portal/invoice-view.tsx'

interface HeldInvoiceProps {
  holder: Holder
  invoice: ClientInvoicePage
  token: string
  today: string
  form: AnswerForm
}

/** One invoice, fit to be forwarded: it leads nowhere else in the portal, and names no contact. */
export const HeldInvoicePage = ({ holder, invoice, token, today, form }: HeldInvoiceProps) => {
  const { organization, project } = holder
  const brand = brandOf(organization)
  return (
    <Document
      title={`${invoice.number} · ${brand.name}`}
      lang="en"
      side="portal"
      script={false}
      style={accentStyle(brand.accent)}
      sheet="invoice.css"
    >
      <header class="bar">
        <div class="wrap">
          <Mark {...brand} />
          <b>
            <bdi>{brand.name}</bdi>
          </b>
        </div>
      </header>
      <main class="wrap page">
        <InvoiceView
          invoice={invoice}
          today={today}
          papers={{
            pdf: paths.invoicePdf(token),
            creditNote: (note) => paths.invoiceCreditNotePdf(token, note),
            receipt: (payment) => paths.invoiceReceipt(token, payment),
          }}
          answers={
            <InvoiceAnswer
              invoice={invoice}
              action={paths.invoiceAnswer(token)}
              form={form}
              today={today}
            />
          }
          crumb={
            <span class="label">
              <bdi>{project}</bdi>
            </span>
          }
          pay={
            payableOnline(invoice) && (
              <a class="btn go" href={paths.invoicePay(token)}>
                Pay now
              </a>
            )
          }
        />
      </main>
      <footer>
        <div class="wrap">
          <span>This page shows one invoice, and nothing else.</span>
          <span>Anyone with its address can open it: pass it on to whoever pays.</span>
        </div>
      </footer>
    </Document>
  )
}
