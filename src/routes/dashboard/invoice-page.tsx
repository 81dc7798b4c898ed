import type { PropsWithChildren } from 'hono/jsx'
import type { InvoiceItem } from '../../features/invoices/queries.ts'
import { mayVoid, owedOf } from '../../features/invoices/ledger.ts'
import { isOverdue } from '../../features/invoices/rules.ts'
import type { Membership, Person } from '../../features/organizations/queries.ts'
import { permits } from '../../features/organizations/rules.ts'
import type { PortalWithInvoice } from '../../features/portals/with-invoices.ts'
import { daysBetween, formatDay } from '../../lib/day.ts'
import { formatMoney } from '../../lib/money.ts'
import { paths, type InvoiceFormAction } from '../../paths.ts'
import type { FormState } from '../../ui/fields.tsx'
import { InvoiceTag } from '../../ui/invoice-tag.tsx'
import { LedgerCard, PayCard } from './invoice-ledger.tsx'
import { MailsCard } from './invoice-mails.tsx'
import { InvoiceSheet } from './invoice-sheet.tsx'
import { PortalFrame } from './portal-frame.tsx'

/** The forms of the page; one of them may have come back. */
export interface InvoiceForms {
  pay: FormState
  /** Whether the form of a payment came back. */
  paying: boolean
  refund?: { payment: string; form: FormState }
  /** The ids that a refund's entry and a duplicate will have. */
  newId: string
}

interface InvoicePageProps {
  person: Person
  membership: Membership
  found: PortalWithInvoice
  forms: InvoiceForms
  today: string
  now: number
}

/** One invoice: how it stands, what it says, and what can be done with it. */
export const InvoicePage = (props: InvoicePageProps) => {
  const { person, membership, found, forms, today, now } = props
  const { portal, invoice, house, mails } = found
  const { slug, locale } = membership.organization
  const isDraft = invoice.status === 'draft'
  const asks = invoice.status === 'open' || (invoice.repeatable && invoice.endedAt === null)
  return (
    <PortalFrame person={person} membership={membership} portal={portal} tab="invoices" now={now}>
      <p class="crumb">
        <a href={paths.invoicesOf(slug, portal.id)}>All invoices of this portal</a>
      </p>
      <div class="bill-top">
        <div>
          <h2 class="bill-name">
            {invoice.number ? <span class="num">{invoice.number}</span> : 'Draft'}{' '}
            <InvoiceTag invoice={invoice} today={today} />
          </h2>
          <p class="under">
            <Standing invoice={invoice} today={today} locale={locale} />
          </p>
        </div>
        <Actions
          membership={membership}
          invoice={invoice}
          archived={portal.archivedAt !== null}
          newId={forms.newId}
        />
      </div>
      {invoice.status === 'void' && invoice.voidReason !== null && invoice.voidReason !== '' && (
        <div class="notice part">
          <p>
            Void: <bdi>{invoice.voidReason}</bdi>
          </p>
        </div>
      )}
      <div class="bill-page">
        <InvoiceSheet invoice={invoice} house={house} locale={locale} />
        {!isDraft && (
          <div>
            <StandingCard invoice={invoice} locale={locale} />
            <LedgerCard
              membership={membership}
              invoice={invoice}
              today={today}
              newId={forms.newId}
              refund={forms.refund}
            />
            <PayCard
              membership={membership}
              invoice={invoice}
              form={forms.pay}
              open={asks || forms.paying}
            />
            <MailsCard membership={membership} mails={mails} now={now} />
          </div>
        )}
      </div>
    </PortalFrame>
  )
}

interface StandingProps {
  invoice: InvoiceItem
  today: string
  locale: string
}

/** How it stands, in a sentence. */
const Standing = ({ invoice, today, locale }: StandingProps) => {
  const { status, dueOn, balance, currency, total } = invoice
  const money = (amount: number) => formatMoney(amount, currency, locale)
  if (status === 'draft') {
    return <>{money(total)}. Nobody but your team sees it until you issue it.</>
  }
  if (status === 'void') return <>Nothing is owed on it.</>
  if (status === 'paid') return <>Settled. {invoice.repeatable && repeats(invoice)}</>
  const late = dueOn !== null && isOverdue(invoice, today) ? daysBetween(dueOn, today) : 0
  return (
    <>
      <b class="num">{money(balance)}</b> to pay
      {dueOn && ` by ${formatDay(dueOn, locale)}`}
      {late > 0 && <span class="red">, {late === 1 ? 'a day' : `${late} days`} late</span>}.{' '}
      {invoice.repeatable && repeats(invoice)}
    </>
  )
}

const repeats = ({ endedAt }: InvoiceItem): string =>
  endedAt === null ? 'It may be paid again until you end it.' : 'It has ended.'

/** The sums that say where it stands. */
const StandingCard = ({ invoice, locale }: { invoice: InvoiceItem; locale: string }) => {
  const money = (amount: number) => formatMoney(amount, invoice.currency, locale)
  const rows: [string, number, string?][] = [
    ['Total', invoice.total],
    ['Credited', -invoice.credited],
    ['Paid', invoice.paid],
    ['Refunded', -invoice.refunded],
    ['Reversed', -invoice.reversed],
    ['The client’s credit', invoice.credit],
  ]
  return (
    <section class="card part" aria-label="How it stands">
      <dl class="sums standing">
        {rows
          .filter(([label, amount]) => label === 'Total' || amount !== 0)
          .map(([label, amount]) => (
            <div>
              <dt>{label}</dt>
              <dd class="num">
                {amount < 0 ? '−' : ''}
                {money(Math.abs(amount))}
              </dd>
            </div>
          ))}
        <div class="whole-sum">
          <dt>Balance</dt>
          <dd class="num">{money(invoice.balance)}</dd>
        </div>
      </dl>
    </section>
  )
}

interface ActionsProps {
  membership: Membership
  invoice: InvoiceItem
  archived: boolean
  newId: string
}

/** What the reader may do with it as it stands. */
const Actions = ({ membership, invoice, archived, newId }: ActionsProps) => {
  const { organization, role } = membership
  const { slug, locale } = organization
  const { portalId, id, status } = invoice
  const to = (action: InvoiceFormAction) => paths.invoiceAction(slug, portalId, id, action)
  const duplicate = !archived && (
    <form method="post" action={to('duplicate')}>
      <input type="hidden" name="id" value={newId} />
      <button class="btn">Duplicate</button>
    </form>
  )
  if (status === 'draft') {
    return (
      <div class="actions">
        {!archived && (
          <>
            <Question
              name="issue"
              label="Issue"
              look="go"
              title="Issue this invoice?"
              action={to('issue')}
            >
              <p>
                {formatMoney(invoice.total, invoice.currency, locale)} for{' '}
                <bdi>{invoice.buyer.name}</bdi>. It gets its number, shows on the client’s page and
                never changes from then on.
              </p>
              <input type="hidden" name="version" value={String(invoice.version)} />
              <label class="field check">
                <input type="checkbox" name="send" value="yes" checked />
                <span>
                  Email it to the client
                  <small>
                    To contacts whose link is for invoices alone, or else to everybody whose link
                    works.
                  </small>
                </span>
              </label>
            </Question>
            <a class="btn" href={paths.editInvoice(slug, portalId, id)}>
              Edit
            </a>
          </>
        )}
        {duplicate}
        <Question
          name="delete"
          label="Delete"
          look="danger"
          title="Delete this draft?"
          action={to('delete')}
        >
          <p>It is gone for good. A milestone it was for can be billed anew.</p>
        </Question>
      </div>
    )
  }
  return (
    <div class="actions">
      <a class="btn" href={paths.teamInvoicePdf(slug, portalId, id)}>
        PDF
      </a>
      {status !== 'void' && (
        <form method="post" action={to('send')}>
          <button class="btn">Send again</button>
        </form>
      )}
      {duplicate}
      {permits(role, 'invoice.credit') && status !== 'void' && owedOf(invoice) > 0 && (
        <a class="btn" href={paths.creditNotes(slug, portalId, id)}>
          Credit note
        </a>
      )}
      {invoice.repeatable && invoice.endedAt === null && status !== 'void' && (
        <Question name="end" label="End" look="go" title="End this retainer?" action={to('end')}>
          <p>Nobody pays it again from then on. What was paid stays as it is.</p>
        </Question>
      )}
      {permits(role, 'invoice.void') && mayVoid(invoice, invoice.ledger) && (
        <Question
          name="void"
          label="Void"
          look="danger"
          title={`Void ${invoice.number ?? ''}?`}
          action={to('void')}
        >
          <p>Nothing is owed on it any more. Its number stays, and so does why.</p>
          <label class="field">
            <span>Reason</span>
            <input name="reason" maxlength={300} autocomplete="off" />
          </label>
        </Question>
      )}
    </div>
  )
}

interface QuestionProps {
  name: string
  label: string
  look: 'go' | 'danger'
  title: string
  action: string
}

/** A button that asks first; the form within the question does it. */
const Question = ({
  name,
  label,
  look,
  title,
  action,
  children,
}: PropsWithChildren<QuestionProps>) => (
  <div>
    <button
      class={look === 'go' ? 'btn go' : 'btn'}
      type="button"
      commandfor={`${name}-question`}
      command="show-modal"
    >
      {label}
    </button>
    <dialog id={`${name}-question`} aria-labelledby={`${name}-title`}>
      <h3 id={`${name}-title`}>{title}</h3>
      <form method="post" action={action}>
        {children}
        <div class="actions">
          <button class={`btn ${look}`}>{label}</button>
          <button class="btn" type="button" commandfor={`${name}-question`} command="close">
            Cancel
          </button>
        </div>
      </form>
    </dialog>
  </div>
)
