import type { InvoiceItem } from '../../features/invoices/queries.ts'
import { formatMoney } from '../../lib/money.ts'
import { writeNumber } from '../../lib/typed.ts'

/** What a draft has become while somebody had it open; sending the form again writes over it. */
export const Meanwhile = ({ invoice, locale }: { invoice: InvoiceItem; locale: string }) => (
  <div class="notice red" role="alert">
    <p>
      Somebody changed this draft while you had it open. Save again to write over it with what is
      below. It now comes to {formatMoney(invoice.total, invoice.currency, locale)}:
    </p>
    <ul class="meanwhile">
      {invoice.lines.map(({ description, quantity, unitAmount }) => (
        <li>
          <bdi>{description}</bdi>, {writeNumber(quantity, locale)} ×{' '}
          {formatMoney(unitAmount, invoice.currency, locale)}
        </li>
      ))}
    </ul>
  </div>
)
