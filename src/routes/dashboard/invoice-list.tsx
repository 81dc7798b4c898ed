import type { InvoicesPage } from '../../features/invoices/tables.ts'
import type { Membership, Person } from '../../features/organizations/queries.ts'
import { formatMoney } from '../../lib/money.ts'
import { paths, withQuery } from '../../paths.ts'
import { Dashboard } from '../../ui/dashboard.tsx'
import { Pager } from '../../ui/pager.tsx'
import { Unmatched } from './unmatched.tsx'
import { InvoiceTable, StatusChips, type StatusView } from './invoice-table.tsx'

interface InvoiceListProps {
  person: Person
  membership: Membership
  list: InvoicesPage
  view: { status: StatusView; q: string | undefined }
  first: boolean
  today: string
}

/** Invoices of every portal, with what is asked for in each currency. */
export const InvoiceListPage = (props: InvoiceListProps) => {
  const { person, membership, list, view, first, today } = props
  const { slug, locale } = membership.organization
  const here = paths.invoices(slug)
  const { status, q } = view
  const { items, next, owing, any, unmatched } = list
  return (
    <Dashboard title="Invoices" area="invoices" person={person} membership={membership}>
      <div class="top">
        <h1>Invoices</h1>
        {any && (
          <a class="btn" href={withQuery(paths.invoicesTable(slug), { status, q })}>
            Download as CSV
          </a>
        )}
      </div>
      {owing.length > 0 && (
        <div class="owing-all">
          {owing.map(({ currency, outstanding, overdue }) => (
            <dl class="card owing">
              <div>
                <dt>Outstanding in {currency}</dt>
                <dd class="num">{formatMoney(outstanding, currency, locale)}</dd>
              </div>
              <div class={overdue > 0 ? 'red' : undefined}>
                <dt>Overdue</dt>
                <dd class="num">{formatMoney(overdue, currency, locale)}</dd>
              </div>
            </dl>
          ))}
        </div>
      )}
      <Unmatched membership={membership} rows={unmatched} />
      {any && (
        <div class="tools">
          <form class="search" role="search" action={here}>
            <input
              type="search"
              name="q"
              value={q ?? ''}
              maxlength={40}
              placeholder="Number, as in 2026-004"
              aria-label="Search invoices by number"
              autocomplete="off"
            />
            <button class="btn">Search</button>
          </form>
          <StatusChips href={here} status={q === undefined ? status : undefined} />
        </div>
      )}
      <div class="card">
        {items.length > 0 ? (
          <InvoiceTable slug={slug} rows={items} today={today} locale={locale} />
        ) : any ? (
          <p class="empty">
            {q !== undefined
              ? 'No invoice has a number that begins so.'
              : first
                ? 'No invoice of this kind.'
                : 'You have reached the end of the list.'}
          </p>
        ) : (
          <div class="blank">
            <h2>Nothing billed yet</h2>
            <p>Invoices are drafted in a portal: open one and choose “Invoices”.</p>
            <div class="actions">
              <a class="btn go" href={paths.portals(slug)}>
                Go to the portals
              </a>
            </div>
          </div>
        )}
      </div>
      <Pager
        back={first ? undefined : { label: 'To the top', href: withQuery(here, { status, q }) }}
        on={
          next === null
            ? undefined
            : { label: 'More', href: withQuery(here, { status, q, cursor: next }) }
        }
      />
    </Dashboard>
  )
}
