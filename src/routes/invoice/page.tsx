import type { PropsWithChildren } from 'hono/jsx'
import type { Holder } from '../../features/links/holder.ts'
import type { ClientInvoicePage } from '../../features/links/invoice-page.ts'
import { paths } from '../../paths.ts'
import { accentStyle, brandOf } from '../../ui/brand.ts'
import { Document } from '../../ui/document.tsx'
import { Mark } from '../../ui/mark.tsx'
import { InvoiceAnswer, type AnswerForm } from '../portal/invoice-answer.tsx'
import { InvoiceView } from '../portal/invoice-view.tsx'
import type { Paying } from '../portal/look-again.ts'

interface HeldInvoiceProps {
  holder: Holder
  invoice: ClientInvoicePage
  token: string
  today: string
  form: AnswerForm
  paying?: Paying | undefined
}

/** A page for whoever holds the token of a mail: it leads nowhere else in the portal, and names no contact. */
export const HeldLayout = ({ holder, number, children }: PropsWithChildren<HeldLayoutProps>) => {
  const brand = brandOf(holder.organization)
  return (
    <Document
      title={`${number} · ${brand.name}`}
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
      <main class="wrap page">{children}</main>
      <footer>
        <div class="wrap">
          <span>This page shows one invoice, and nothing else.</span>
          <span>Anyone with its address can open it: pass it on to whoever pays.</span>
        </div>
      </footer>
    </Document>
  )
}

interface HeldLayoutProps {
  holder: Holder
  number: string
}

/** One invoice, fit to be forwarded. */
export const HeldInvoicePage = ({
  holder,
  invoice,
  token,
  today,
  paying,
  form,
}: HeldInvoiceProps) => (
  <HeldLayout holder={holder} number={invoice.number}>
    <InvoiceView
      invoice={invoice}
      today={today}
      papers={{
        pdf: paths.invoicePdf(token),
        creditNote: (note) => paths.invoiceCreditNotePdf(token, note),
        receipt: (payment) => paths.invoiceReceipt(token, payment),
      }}
      pay={paths.invoicePay(token)}
      paying={paying}
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
          <bdi>{holder.project}</bdi>
        </span>
      }
    />
  </HeldLayout>
)
