import type { ReceivedPage as Received } from '../../features/invoices/received.ts'
import type { Membership, Person } from '../../features/organizations/queries.ts'
import { addMonths, formatMonth, formatShortDay } from '../../lib/day.ts'
import { formatMoney } from '../../lib/money.ts'
import { paths, withQuery } from '../../paths.ts'
import { Dashboard } from '../../ui/dashboard.tsx'
import { Pager } from '../../ui/pager.tsx'
import { Table, fit, numbers } from '../../ui/table.tsx'
import { stripeEntryName } from './entry-words.tsx'
import { kindWords, methodWords } from './ledger-words.ts'

interface ReceivedProps {
  person: Person
  membership: Membership
  list: Received
  month: string
  currency: string
  today: string
  first: boolean
}

/** The entries of every ledger that a month's sum is made of. */
export const ReceivedPage = (props: ReceivedProps) => {
  const { person, membership, list, month, currency, today, first } = props
  const { slug, locale } = membership.organization
  const here = (to: { month?: string; currency?: string; cursor?: string }) =>
    withQuery(paths.received(slug), { month, currency, ...to })
  const show = (amount: number) => formatMoney(amount, currency, locale)
  const sum = list.sums.find((one) => one.currency === currency)?.amount ?? 0
  const later = month < today.slice(0, 7)
  return (
    <Dashboard title="Money received" area="invoices" person={person} membership={membership}>
      <div class="top">
        <h1>Money received</h1>
        <a class="btn" href={paths.invoices(slug)}>
          All invoices
        </a>
      </div>
      <div class="tools">
        <nav class="chips" aria-label="Which month">
          <a href={here({ month: addMonths(month, -1) })} rel="prev">
            <span aria-hidden="true">‹</span> {formatMonth(addMonths(month, -1), locale)}
          </a>
          <a href={here({})} aria-current="true">
            {formatMonth(month, locale)}
          </a>
          {later && (
            <a href={here({ month: addMonths(month, 1) })} rel="next">
              {formatMonth(addMonths(month, 1), locale)} <span aria-hidden="true">›</span>
            </a>
          )}
        </nav>
        {list.sums.length > 1 && (
          <nav class="chips" aria-label="Which currency">
            {list.sums.map((one) => (
              <a
                href={here({ currency: one.currency })}
                {...(one.currency === currency ? { 'aria-current': 'true' } : {})}
              >
                {one.currency}
              </a>
            ))}
          </nav>
        )}
        <dl class="owing">
          <div>
            <dt>Received in {formatMonth(month, locale)}</dt>
            <dd class="num">{show(sum)}</dd>
          </div>
        </dl>
      </div>
      <div class="card">
        {list.items.length === 0 ? (
          <p class="empty">
            {first
              ? `Nothing came in, in ${currency}, in ${formatMonth(month, locale)}.`
              : 'You have reached the end of the list.'}
          </p>
        ) : (
          <Table of="came" heads={[fit('Day'), 'Client', 'How', fit('Invoice'), numbers('Amount')]}>
            {list.items.map((row) => (
              <tr>
                <td class="fit">{formatShortDay(row.receivedOn, today, locale)}</td>
                <td>
                  <bdi>{row.client}</bdi>
                  <small>
                    <bdi>{row.project}</bdi>
                  </small>
                </td>
                <td>
                  {row.method === 'stripe' ? (
                    stripeEntryName(row)
                  ) : (
                    <>
                      {kindWords[row.kind]} {row.kind === 'payment' && methodWords[row.method]}
                    </>
                  )}
                </td>
                <td class="fit">
                  <a class="cover num" href={paths.invoice(slug, row.portalId, row.invoiceId)}>
                    {row.number}
                  </a>
                </td>
                <td class={row.kind === 'payment' ? 'fit r num' : 'fit r num red'}>
                  {show(row.kind === 'payment' ? row.amount : -row.amount)}
                </td>
              </tr>
            ))}
          </Table>
        )}
      </div>
      <Pager
        back={first ? undefined : { label: 'To the top', href: here({}) }}
        on={list.next === null ? undefined : { label: 'More', href: here({ cursor: list.next }) }}
      />
    </Dashboard>
  )
}
