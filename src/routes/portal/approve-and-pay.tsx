import { entrancePaths as paths } from '../../entrance-paths.ts'
import { shareOf } from '../../features/invoices/totals.ts'
import type { Billing } from '../../features/links/billing.ts'
import type { ClientBill, ClientMilestone } from '../../features/links/content.ts'
import { isCharged } from '../../features/payments/rules.ts'
import { formatMoney } from '../../lib/money.ts'

export interface Pays {
  currency: string
  locale: string
  billing: Billing
}

interface ApproveAndPayProps {
  milestone: ClientMilestone
  bill: ClientBill
  token: string
  pays: Pays
}

/** What will be paid; undefined for an invoice that the client has not seen yet. */
function amountOf(bill: ClientBill, { currency, billing }: Pays): number | undefined {
  const { amount, percent, price, invoice } = bill
  if (invoice !== null) return billing.invoices.find(({ id }) => id === invoice)?.asked
  if (amount !== null) return amount
  return percent === null || price === null ? undefined : shareOf(price, percent, currency)
}

/** Signed off and paid in one go, where that can be. */
export const ApproveAndPay = ({ milestone, bill, token, pays }: ApproveAndPayProps) => {
  const { id, title } = milestone
  const { currency, locale } = pays
  const amount = amountOf(bill, pays)
  if (amount !== undefined && !isCharged(amount, currency)) return null
  return (
    <form method="post" action={paths.clientAnswer(token, id, 'approve-and-pay')}>
      {amount !== undefined && <input type="hidden" name="amount" value={String(amount)} />}
      <button class="btn go">
        Approve and pay{amount !== undefined && ` ${formatMoney(amount, currency, locale)}`}
        <span class="unseen"> for {title}</span>
      </button>
    </form>
  )
}
