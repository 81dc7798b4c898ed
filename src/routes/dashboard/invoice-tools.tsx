import type { Age } from '../../features/invoices/ageing.ts'
import type { ListInvoices } from '../../features/invoices/input.ts'
import { withQuery } from '../../paths.ts'
import { ageWords } from './age-words.ts'

/** What a list of invoices was asked for; every link on its page keeps the rest of it. */
export interface InvoiceView {
  status: ListInvoices['status']
  q?: string | undefined
  currency?: string | undefined
  age?: Age | undefined
}

/** The address of a view of the list at `here`. */
export const invoicesHref = (here: string, view: InvoiceView, cursor?: string): string =>
  withQuery(here, { ...view, cursor })

const statuses: readonly [InvoiceView['status'], string][] = [
  [undefined, 'All'],
  ['draft', 'Drafts'],
  ['open', 'Open'],
  ['overdue', 'Overdue'],
  ['paid', 'Paid'],
  ['void', 'Void'],
]

/** Which invoices a list shows. What narrows it further is shown as long as it does. */
export const StatusChips = ({ here, view }: { here: string; view: InvoiceView }) => {
  const further = furtherOf(view)
  const problem = view.status === 'problem'
  return (
    <nav class="chips" aria-label="Which invoices">
      {statuses.map(([status, label]) => (
        <a
          href={invoicesHref(here, { q: view.q, status })}
          {...(view.status === status && further === '' ? { 'aria-current': 'true' } : {})}
        >
          {label}
        </a>
      ))}
      {problem && (
        <a href={invoicesHref(here, view)} aria-current="true">
          Client has a problem
        </a>
      )}
      {further !== '' && (
        <a href={invoicesHref(here, view)} aria-current="true">
          {further}
        </a>
      )}
    </nav>
  )
}

/** 'Open in EUR', '31 to 60 days overdue in EUR'. */
function furtherOf({ status, currency, age }: InvoiceView): string {
  if (currency === undefined && age === undefined) return ''
  const what = age === undefined ? (status === 'overdue' ? 'Overdue' : 'Open') : ageWords[age]
  return currency === undefined ? what : `${what} in ${currency}`
}

/** Looks among all invoices, or among those of the status that is on. */
export const InvoiceSearch = ({ here, view }: { here: string; view: InvoiceView }) => {
  const { q, ...kept } = view
  return (
    <form class="search" role="search" action={here} data-live="#results, #views">
      <input
        type="search"
        name="q"
        value={q ?? ''}
        maxlength={200}
        placeholder="Client, project or number"
        aria-label="Search invoices"
        autocomplete="off"
      />
      {Object.entries(kept).map(
        ([name, value]) => value !== undefined && <input type="hidden" name={name} value={value} />,
      )}
      <button class="btn">Search</button>
    </form>
  )
}
