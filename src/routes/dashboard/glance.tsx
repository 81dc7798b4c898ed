import { ages, type Age } from '../../features/invoices/ageing.ts'
import type { Glance, Money } from '../../features/glance/queries.ts'
import { dayOf, daysBetween, formatMonth, monthName, shortMonth } from '../../lib/day.ts'
import type { Membership } from '../../features/organizations/queries.ts'
import { formatMoney } from '../../lib/money.ts'
import { paths, withQuery } from '../../paths.ts'
import { Bars, Parts } from '../../ui/chart.tsx'
import { ageWords } from './age-words.ts'
import { counted } from './counted.ts'
import { invoicesHref } from './invoice-tools.tsx'
import { NeedsYou } from './needs-you.tsx'

interface GlanceProps {
  membership: Membership
  glance: Glance
  now: number
}

/** How the money stands and what waits for somebody: every number leads to the list behind it. */
export const GlanceCards = ({ membership, glance, now }: GlanceProps) => {
  const { organization } = membership
  const today = dayOf(now, organization.timeZone)
  const { money } = glance
  return (
    <div class={money.length > 1 ? 'glance many' : 'glance'}>
      <section aria-label="Money at a glance">
        {money.map((one) => (
          <MoneyCard
            money={one}
            alone={money.length === 1}
            today={today}
            slug={organization.slug}
            locale={organization.locale}
          />
        ))}
        {money.length === 0 && (
          <div class="card nothing">
            <h2>Money at a glance</h2>
            <p>
              Nothing is billed yet. From the first invoice on you see here what is outstanding,
              what is overdue, and what came in each month.
            </p>
            <p class="muted">To bill something, open a portal below and choose “Invoices”.</p>
          </div>
        )}
      </section>
      <NeedsYou membership={membership} glance={glance} />
    </div>
  )
}

interface MoneyProps {
  money: Money
  /** Whether it is the only currency: then there is room for all of it. */
  alone: boolean
  today: string
  slug: string
  locale: string
}

const MoneyCard = ({ money, alone, today, slug, locale }: MoneyProps) => {
  const { currency, outstanding, overdue, months } = money
  const show = (amount: number) => formatMoney(amount, currency, locale)
  const list = paths.invoices(slug)
  const came = months.at(-1)
  const before = months.at(-2)
  const late = daysBetween(overdue.since, today)
  const aged = { money, slug, locale }
  return (
    <div class="card money" id={`money-${currency}`}>
      <dl class="readouts">
        <div>
          <dt class="label">Outstanding{!alone && ` ${currency}`}</dt>
          <dd class={valueClass(show(outstanding.amount))}>
            <a href={invoicesHref(list, { status: 'open', currency })}>
              {show(outstanding.amount)}
            </a>
          </dd>
          {outstanding.amount > 0 && (
            <dd>
              <Parts title="By age, as listed below" parts={partsOf(money)} />
            </dd>
          )}
          <dd>
            {outstanding.invoices === 0
              ? 'Nothing is open'
              : `${counted(outstanding.invoices, 'invoice')}, by age`}
          </dd>
        </div>
        <div>
          <dt class="label">Overdue</dt>
          <dd class={valueClass(show(overdue.amount), overdue.amount > 0 && 'red')}>
            <a href={invoicesHref(list, { status: 'overdue', currency })}>{show(overdue.amount)}</a>
          </dd>
          <dd>
            {overdue.invoices === 0
              ? 'Everything in good time'
              : `${counted(overdue.invoices, 'invoice')}, oldest ${counted(late, 'day')}`}
          </dd>
        </div>
        <div>
          <dt class="label">Paid this month</dt>
          <dd class={valueClass(show(came?.amount ?? 0), came && came.amount > 0 && 'teal')}>
            <a href={withQuery(paths.received(slug), { month: came?.month, currency })}>
              {show(came?.amount ?? 0)}
            </a>
          </dd>
          {came && before && (
            <dd>
              {trend(came.amount, before.amount)}{' '}
              <a href={withQuery(paths.received(slug), { month: before.month, currency })}>
                {show(before.amount)}
              </a>{' '}
              in {monthName(before.month, locale)}
            </dd>
          )}
        </div>
      </dl>
      {alone && outstanding.amount > 0 && <Ages {...aged} />}
      {months.some(({ amount }) => amount !== 0) && (
        <div class="by-month">
          <h3 class="label">Received by month</h3>
          <Bars
            title={`Received by month in ${currency}, from ${formatMonth(months[0]?.month ?? today, locale)} on. The numbers follow in a table.`}
            bars={months.map(({ month, amount }) => ({
              label: shortMonth(month, locale),
              title: `${formatMonth(month, locale)}: ${show(amount)}`,
              value: amount,
              now: month === came?.month,
            }))}
          />
        </div>
      )}
      <details class="numbers">
        <summary>
          {alone ? 'Every month in numbers' : 'By age and by month, in numbers'}
          {!alone && <span class="unseen"> ({currency})</span>}
        </summary>
        {!alone && outstanding.amount > 0 && <Ages {...aged} />}
        <Months money={money} slug={slug} locale={locale} />
      </details>
    </div>
  )
}

/** A long amount is written smaller, so that it stays on one line. */
const valueClass = (text: string, colour?: string | false): string =>
  ['value', text.length > 12 && 'long', colour].filter(Boolean).join(' ')

const trend = (now: number, before: number): string =>
  now > before ? 'up from' : now < before ? 'after' : 'as in the month before:'

const partsOf = ({ ages: sums }: Money) =>
  ages.map((age) => ({ name: age, value: sums[age].amount }))

interface AgedProps {
  money: Money
  slug: string
  locale: string
}

const shortWords: Record<Age, string> = {
  current: 'Not due yet',
  '1-30': '1–30 days',
  '31-60': '31–60 days',
  '61-90': '61–90 days',
  'over-90': 'Over 90 days',
}

/** The numbers behind the bar, with its colours. */
const Ages = ({ money, slug, locale }: AgedProps) => {
  const { currency } = money
  return (
    <ul class="ages" aria-label={`Outstanding in ${currency} by age`}>
      {ages.map((age) => {
        const { amount, invoices } = money.ages[age]
        const href = invoicesHref(paths.invoices(slug), { status: 'open', currency, age })
        return (
          <li>
            <span class={`key part-${age}`} aria-hidden="true" />
            <span aria-hidden="true">{shortWords[age]}</span>
            <span class="unseen">{ageWords[age]}</span>
            {invoices === 0 ? (
              <span class="num dim">–</span>
            ) : (
              <a class="num" href={href} title={counted(invoices, 'invoice')}>
                {formatMoney(amount, currency, locale)}
              </a>
            )}
          </li>
        )
      })}
    </ul>
  )
}

/** What the chart shows, to be read. */
const Months = ({ money, slug, locale }: AgedProps) => {
  const { currency, months } = money
  return (
    <table class="months">
      <caption class="unseen">Received by month in {currency}</caption>
      <thead class="unseen">
        <tr>
          <th scope="col">Month</th>
          <th scope="col">Received</th>
        </tr>
      </thead>
      <tbody>
        {months.toReversed().map(({ month, amount }) => (
          <tr>
            <th scope="row">{formatMonth(month, locale)}</th>
            <td class={amount < 0 ? 'r num red' : 'r num'}>
              <a href={withQuery(paths.received(slug), { month, currency })}>
                {formatMoney(amount, currency, locale)}
              </a>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
