import type { InvoicesPage } from '../../features/invoices/tables.ts'
import type { Membership, Person } from '../../features/organizations/queries.ts'
import { formatMoney } from '../../lib/money.ts'
import { paths } from '../../paths.ts'
import { Dashboard } from '../../ui/dashboard.tsx'
import { Pager } from '../../ui/pager.tsx'
import { counted } from './counted.ts'
import { InvoiceTable } from './invoice-table.tsx'
import { InvoiceSearch, StatusChips, invoicesHref, type InvoiceView } from './invoice-tools.tsx'
import { Unmatched } from './unmatched.tsx'

interface InvoiceListProps {
  person: Person
  membership: Membership
  list: InvoicesPage
  view: InvoiceView
  first: boolean
  today: string
}

/** Invoices of every portal, with what is asked for in each currency. */
export const InvoiceListPage = (props: InvoiceListProps) => {
  const { person, membership, list, view, first, today } = props
  const { slug, locale } = membership.organization
  const here = paths.invoices(slug)
  const { items, next, owing, any, unmatched } = list
  return (
    <Dashboard title="Invoices" area="invoices" person={person} membership={membership}>
      <div class="top">
        <h1>Invoices</h1>
        {any && (
          <div class="actions">
            <a class="btn" href={paths.received(slug)}>
              Money received
            </a>
            <a class="btn" href={invoicesHref(paths.invoicesTable(slug), view)}>
              Download as CSV
            </a>
          </div>
        )}
      </div>
      {owing.length > 0 && (
        <div class="owing-all">
          {owing.map(({ currency, outstanding, invoices, overdue, late }) => (
            <dl class="card owing">
              <div>
                <dt>Outstanding in {currency}</dt>
                <dd class="num">
                  <a href={invoicesHref(here, { status: 'open', currency })}>
                    {formatMoney(outstanding, currency, locale)}
                  </a>
                </dd>
                <dd class="muted">{counted(invoices, 'invoice')}</dd>
              </div>
              <div class={overdue > 0 ? 'red' : undefined}>
                <dt>Overdue</dt>
                <dd class="num">
                  <a href={invoicesHref(here, { status: 'overdue', currency })}>
                    {formatMoney(overdue, currency, locale)}
                  </a>
                </dd>
                <dd class="muted">{late > 0 ? counted(late, 'invoice') : 'None'}</dd>
              </div>
            </dl>
          ))}
        </div>
      )}
      <Unmatched membership={membership} rows={unmatched} />
      {any && (
        <div class="tools">
          <InvoiceSearch here={here} view={view} />
          <div id="views">
            <StatusChips here={here} view={view} />
          </div>
        </div>
      )}
      <div id="results">
        <div class="card">
          {items.length > 0 ? (
            <InvoiceTable slug={slug} rows={items} today={today} locale={locale} />
          ) : any ? (
            <p class="empty">
              {!first
                ? 'You have reached the end of the list.'
                : view.q !== undefined
                  ? 'No invoice here has a number, client or project with words that begin like this.'
                  : 'No invoice of this kind.'}
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
          back={first ? undefined : { label: 'To the top', href: invoicesHref(here, view) }}
          on={next === null ? undefined : { label: 'More', href: invoicesHref(here, view, next) }}
        />
      </div>
    </Dashboard>
  )
}
