import type { MilestoneItem } from '../../features/milestones/queries.ts'
import type { Membership, Person } from '../../features/organizations/queries.ts'
import type { PortalItem } from '../../features/portals/queries.ts'
import type { PortalWithInvoices } from '../../features/portals/with-invoices.ts'
import { overdueSum } from '../../features/invoices/rules.ts'
import { shareOf } from '../../features/invoices/totals.ts'
import { amountHint } from '../../features/invoices/typed.ts'
import { dayOf } from '../../lib/day.ts'
import { formatMoney } from '../../lib/money.ts'
import { writeAmount, writeNumber } from '../../lib/typed.ts'
import { paths, withQuery } from '../../paths.ts'
import { FormErrors, TextField, type FormState } from '../../ui/fields.tsx'
import { Pager } from '../../ui/pager.tsx'
import { InvoiceTable } from './invoice-table.tsx'
import { StatusChips, invoicesHref, type InvoiceView } from './invoice-tools.tsx'
import { PortalFrame } from './portal-frame.tsx'
import { RowAmount } from './row-amount.tsx'

/** A form of the page that came back. */
export interface PriceTrouble {
  /** The milestone's id; undefined for the portal's own price. */
  milestone?: string
  form: FormState
}

interface PortalInvoicesProps {
  person: Person
  membership: Membership
  found: PortalWithInvoices
  view: InvoiceView
  first: boolean
  trouble?: PriceTrouble | undefined
  now: number
}

/** What a portal is billed: its invoices, its price, and the milestones that can be billed. */
export const PortalInvoicesPage = (props: PortalInvoicesProps) => {
  const { person, membership, found, view, first, trouble, now } = props
  const { portal, invoices, plan } = found
  // Whatever this page of them shows.
  const any = portal.invoices > 0
  const { organization } = membership
  const { slug, locale } = organization
  const today = dayOf(now, organization.timeZone)
  const here = paths.invoicesOf(slug, portal.id)
  const open = portal.archivedAt === null
  const money = (amount: number) => formatMoney(amount, portal.currency, locale)
  const late = overdueSum(portal.owed, today)
  return (
    <PortalFrame person={person} membership={membership} portal={portal} tab="invoices" now={now}>
      {any && (
        <div class="tools">
          <StatusChips here={here} view={view} />
          <dl class="owing">
            <div>
              <dt>Outstanding</dt>
              <dd class="num">{money(portal.outstanding)}</dd>
            </div>
            {late > 0 && (
              <div class="red">
                <dt>Overdue</dt>
                <dd class="num">{money(late)}</dd>
              </div>
            )}
          </dl>
          {open && (
            <a class="btn go" href={paths.newInvoice(slug, portal.id)}>
              New invoice
            </a>
          )}
        </div>
      )}
      <div class="card part">
        {invoices.items.length > 0 ? (
          <InvoiceTable slug={slug} rows={invoices.items} today={today} locale={locale} />
        ) : any ? (
          <p class="empty">
            {first ? 'No invoice of this kind.' : 'You have reached the end of the list.'}
          </p>
        ) : (
          <div class="blank">
            <h2>Nothing billed yet</h2>
            <p>
              {open
                ? 'Draft the first invoice in a minute. Your client sees it once you issue it, not before.'
                : 'This portal is archived; nothing was ever billed in it.'}
            </p>
            {open && (
              <div class="actions">
                <a class="btn go" href={paths.newInvoice(slug, portal.id)}>
                  Draft the first invoice
                </a>
              </div>
            )}
          </div>
        )}
      </div>
      <Pager
        back={first ? undefined : { label: 'To the top', href: invoicesHref(here, view) }}
        on={
          invoices.next === null
            ? undefined
            : { label: 'More', href: invoicesHref(here, view, invoices.next) }
        }
      />
      {any && (
        <p class="statements">
          What was billed and paid in all:{' '}
          <a href={paths.teamStatement(slug, portal.id)}>statement as PDF</a>,{' '}
          <a href={paths.teamStatementTable(slug, portal.id)}>as CSV</a>
        </p>
      )}
      {any && open && <PauseReminders portal={portal} slug={slug} />}
      <PriceCard found={found} slug={slug} locale={locale} trouble={trouble} plan={plan} />
    </PortalFrame>
  )
}

/** Reminders of all invoices of the portal at once. */
const PauseReminders = ({ portal, slug }: { portal: PortalItem; slug: string }) => {
  const paused = portal.remindersPausedAt !== null
  const action = paused ? 'resume-reminders' : 'pause-reminders'
  return (
    <form
      method="post"
      action={paths.portalAction(slug, portal.id, action)}
      class="card inset part aside-act"
    >
      <p class="under">
        {paused
          ? 'Nobody is reminded of this portal’s invoices by itself.'
          : 'Open invoices of this portal are reminded of by your organisation’s schedule.'}
      </p>
      <button class="btn">{paused ? 'Resume reminders' : 'Pause reminders'}</button>
    </form>
  )
}

interface PriceCardProps {
  found: PortalWithInvoices
  plan: readonly MilestoneItem[]
  slug: string
  locale: string
  trouble: PriceTrouble | undefined
}

/** What the project costs, and which parts of it can be billed. */
const PriceCard = ({ found, plan, slug, locale, trouble }: PriceCardProps) => {
  const { portal } = found
  const { currency, price } = portal
  const open = portal.archivedAt === null
  const style = { currency, locale }
  const own: FormState =
    trouble && trouble.milestone === undefined
      ? trouble.form
      : {
          values: { price: price === null ? '' : writeAmount(price, currency, locale) },
          errors: [],
        }
  return (
    <section class="card part" aria-labelledby="price">
      <div class="card-head">
        <h2 id="price">Price and milestones</h2>
        {price !== null && <span class="num">{formatMoney(price, currency, locale)}</span>}
      </div>
      {open && (
        <form method="post" action={paths.portalPrice(slug, portal.id)} class="inset price-form">
          <FormErrors form={own} />
          <TextField
            form={own}
            name="price"
            label={`Price of the project in ${currency}`}
            maxlength={30}
            autocomplete="off"
            hint={`Milestones are billed as parts of it. ${amountHint(style)}`}
          />
          <button class="btn">Save</button>
        </form>
      )}
      {plan.length === 0 ? (
        <p class="empty">
          No milestones to bill yet.
          {open && (
            <>
              {' '}
              <a href={paths.milestones(slug, portal.id)}>Plan them</a>, then bill them one by one.
            </>
          )}
        </p>
      ) : (
        <ul class="links">
          {plan.map((step) => (
            <Step
              step={step}
              found={found}
              slug={slug}
              locale={locale}
              form={trouble?.milestone === step.id ? trouble.form : undefined}
            />
          ))}
        </ul>
      )}
    </section>
  )
}

interface StepProps {
  step: MilestoneItem
  found: PortalWithInvoices
  slug: string
  locale: string
  form: FormState | undefined
}

const Step = ({ step, found, slug, locale, form }: StepProps) => {
  const { portal } = found
  const { currency, price } = portal
  const open = portal.archivedAt === null
  const part =
    step.amount ??
    (step.percent !== null && price !== null ? shareOf(price, step.percent, currency) : null)
  const money = part === null ? null : formatMoney(part, currency, locale)
  const is: FormState = form ?? {
    values: {
      version: String(step.version),
      kind: step.amount === null ? 'percent' : 'amount',
      price:
        step.amount !== null
          ? writeAmount(step.amount, currency, locale)
          : step.percent === null
            ? ''
            : writeNumber(step.percent, locale),
    },
    errors: [],
  }
  return (
    <li class="link bill-step" id={`step-${step.id}`}>
      <div>
        <b>
          <bdi>{step.title}</bdi>
        </b>
        <small>
          {step.progress}% done
          {step.percent !== null && ` · ${writeNumber(step.percent, locale)}% of the price`}
          {step.percent !== null && price === null && ', which is not set yet'}
        </small>
      </div>
      <div class="acts">
        {step.invoiceId !== null ? (
          <a class="btn" href={paths.invoice(slug, portal.id, step.invoiceId)}>
            See its invoice<span class="unseen"> for {step.title}</span>
          </a>
        ) : (
          open &&
          money !== null && (
            <a
              class="btn go"
              href={withQuery(paths.newInvoice(slug, portal.id), { milestone: step.id })}
            >
              <span>
                Bill <bdi>{step.title}</bdi>: {money}
              </span>
            </a>
          )
        )}
      </div>
      {open && step.invoiceId === null && (
        <details class="step-price" open={form !== undefined}>
          <summary>
            {money === null ? 'Set what it is billed at' : 'Change what it is billed at'}
            <span class="unseen">: {step.title}</span>
          </summary>
          <form method="post" action={paths.milestonePrice(slug, portal.id, step.id)}>
            <FormErrors form={is} />
            <input type="hidden" name="version" value={is.values['version'] ?? ''} />
            <StepPrice form={is} currency={currency} />
            <button class="btn">
              Save<span class="unseen"> for {step.title}</span>
            </button>
          </form>
        </details>
      )}
    </li>
  )
}

const StepPrice = ({ form, currency }: { form: FormState; currency: string }) => {
  const wrong = form.errors.find(({ path }) => path !== '')
  return (
    <>
      <RowAmount form={form} name="price" label="Amount or part" wrong={wrong !== undefined} />
      <label class="field">
        <span>In</span>
        <select name="kind">
          <option value="amount" selected={form.values['kind'] === 'amount'}>
            {currency}
          </option>
          <option value="percent" selected={form.values['kind'] !== 'amount'}>
            % of the price
          </option>
        </select>
      </label>
      {wrong && <p class="error">{wrong.message}</p>}
    </>
  )
}
