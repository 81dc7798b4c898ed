import type { Billing, ClientInvoice } from '../../features/links/billing.ts'
import { overdueSum } from '../../features/invoices/rules.ts'
import { canAnswer } from '../../features/reminders/rules.ts'
import { isCharged } from '../../features/payments/rules.ts'
import { dayOf, daysBetween, formatShortDay, type Clock } from '../../lib/day.ts'
import { formatMoney } from '../../lib/money.ts'
import { paths } from '../../paths.ts'
import { InvoiceTag } from './invoice-tag.tsx'

// Loaded where something was billed: a page without invoices evaluates none of this.

export interface OwedProps {
  billing: Billing
  currency: string
  clock: Clock
  now: number
}

export interface InvoicesProps extends OwedProps {
  /** Null for a member who looks on. */
  token: string | null
  /** Whether the client may still say something here: not once the portal is archived. */
  open: boolean
}

/** What the page shows at once; the others open beneath. */
const SHOWN = 10

/** What is overdue, and since when the first of it is. */
function overdueOf({ owed }: Billing, today: string) {
  const since = owed.map(({ dueOn }) => dueOn).sort()[0] ?? today
  return { amount: overdueSum(owed, today), days: daysBetween(since, today) }
}

/** What is still to be paid, at a glance. */
export const Outstanding = ({ billing, currency, clock, now }: OwedProps) => {
  const overdue = overdueOf(billing, dayOf(now, clock.timeZone)).amount
  const money = (amount: number) => formatMoney(amount, currency, clock.locale)
  return (
    <div>
      <dt class="label">Outstanding</dt>
      <dd class={`value amber${money(billing.outstanding).length > 12 ? ' long' : ''}`}>
        <a href="#invoices">{money(billing.outstanding)}</a>
      </dd>
      <dd class={overdue > 0 ? 'note red' : 'note'}>
        {overdue > 0 ? `${money(overdue)} overdue` : 'Nothing is overdue'}
      </dd>
    </div>
  )
}

/** What is owed first, by its due day; then the rest, the last issued first. */
function sorted(invoices: readonly ClientInvoice[]): ClientInvoice[] {
  const owed = invoices.filter(({ status }) => status === 'open')
  const byDue = owed.toSorted((one, other) => (one.dueOn < other.dueOn ? -1 : 1))
  return [...byDue, ...invoices.filter(({ status }) => status !== 'open')]
}

export const BillingPanel = ({ billing, currency, clock, now, token, open }: InvoicesProps) => {
  const today = dayOf(now, clock.timeZone)
  const overdue = overdueOf(billing, today)
  const invoices = sorted(billing.invoices)
  const more = invoices.slice(SHOWN)
  const rows = { clock, today, token, open, online: billing.online === 1 }
  return (
    <section class="panel" id="invoices">
      <h2>
        Billing
        <span>
          {invoices.length} {invoices.length === 1 ? 'invoice' : 'invoices'}
        </span>
      </h2>
      {overdue.amount > 0 && (
        <p class="owed">
          <span class="label red">
            Overdue by {overdue.days} {overdue.days === 1 ? 'day' : 'days'}
          </span>
          <span class="value">{formatMoney(overdue.amount, currency, clock.locale)}</span>
        </p>
      )}
      <Table invoices={invoices.slice(0, SHOWN)} label="Invoices" {...rows} />
      {more.length > 0 && (
        <details class="older">
          <summary>
            <u>{more.length} more</u>
          </summary>
          <Table invoices={more} label="More invoices" {...rows} />
        </details>
      )}
      {token !== null && (
        <p class="statement">
          <a href={paths.clientStatement(token)}>Statement as PDF</a>
        </p>
      )}
    </section>
  )
}

type Rows = Pick<InvoicesProps, 'clock' | 'token' | 'open'> & { today: string; online: boolean }

const Table = ({
  invoices,
  label,
  ...rows
}: Rows & { invoices: readonly ClientInvoice[]; label: string }) => (
  <table class="bills" aria-label={label}>
    <thead class="unseen">
      <tr>
        <th>Invoice</th>
        <th>Status</th>
        <th>Amount</th>
      </tr>
    </thead>
    <tbody>
      {invoices.map((invoice) => (
        <>
          <Row invoice={invoice} {...rows} />
          {canAnswer(invoice) && <Answer invoice={invoice} {...rows} />}
        </>
      ))}
    </tbody>
  </table>
)

type RowProps = Rows & { invoice: ClientInvoice }

const Row = ({ invoice, clock, today, token, online }: RowProps) => {
  const { id, number, status, currency, total, balance, dueOn, issuedOn, paidOn, asked } = invoice
  const money = (amount: number) => formatMoney(amount, currency, clock.locale)
  const part = status === 'open' && balance !== total
  return (
    <tr>
      <td class="num">
        {token === null ? number : <a href={paths.clientInvoice(token, id)}>{number}</a>}
        <small>
          {status === 'open'
            ? `Due ${formatShortDay(dueOn, today, clock.locale)}`
            : paidOn === null
              ? `Issued ${formatShortDay(issuedOn, today, clock.locale)}`
              : `Paid ${formatShortDay(paidOn, today, clock.locale)}`}
        </small>
      </td>
      <td>
        <InvoiceTag invoice={invoice} today={today} />
      </td>
      <td class="num">
        {money(part ? balance : total)}
        {part && <small>of {money(total)}</small>}
        {token !== null && online && isCharged(asked, currency) && (
          <a class="pay" href={paths.clientPay(token, id)} aria-label={`Pay now: ${number}`}>
            Pay now
          </a>
        )}
      </td>
    </tr>
  )
}

/** What the client said about what they have not paid, and the way to say it: the forms of its page. */
const Answer = ({ invoice, clock, today, token, open }: RowProps) => {
  const { id, number, promisedOn, problemAt } = invoice
  const may = token !== null && open
  const said =
    problemAt !== null
      ? 'You said that there is a problem with it.'
      : promisedOn !== null &&
        `You said you would pay on ${formatShortDay(promisedOn, today, clock.locale)}.`
  if (said === false && !may) return null
  const way = (at: string, words: string) => (
    <a href={`${paths.clientInvoice(token ?? '', id)}#${at}`} aria-label={`${words}: ${number}`}>
      {words}
    </a>
  )
  return (
    <tr class="says">
      <td colspan={3}>
        {said !== false && <span class="teal">{said}</span>}
        {may && said !== false && way('answer', 'Change')}
        {may && said === false && way('later', 'I’ll pay on …')}
        {may && said === false && way('problem', 'There is a problem')}
      </td>
    </tr>
  )
}
