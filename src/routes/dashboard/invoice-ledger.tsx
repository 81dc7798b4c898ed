import { leftOf } from '../../features/invoices/ledger.ts'
import type { InvoiceItem, LedgerRow } from '../../features/invoices/queries.ts'
import { amountHint } from '../../features/invoices/typed.ts'
import type { Membership } from '../../features/organizations/queries.ts'
import { permits } from '../../features/organizations/rules.ts'
import { formatShortDay } from '../../lib/day.ts'
import { formatMoney } from '../../lib/money.ts'
import { writeAmount } from '../../lib/typed.ts'
import { paths } from '../../paths.ts'
import { CheckField, FormErrors, SelectField, TextField, type FormState } from '../../ui/fields.tsx'
import { Line } from '../../ui/line.tsx'
import { kindWords, methodWords } from './ledger-words.ts'
import { RowAmount } from './row-amount.tsx'
import { EntryState, stripeEntryName } from './entry-words.tsx'

/** How money comes by hand, in words. */
const methods = [
  { value: 'bank', label: 'Bank transfer' },
  { value: 'card', label: 'Card' },
  { value: 'cash', label: 'Cash' },
  { value: 'check', label: 'Check' },
  { value: 'other', label: 'Something else' },
]

interface LedgerProps {
  membership: Membership
  invoice: InvoiceItem
  today: string
  /** The id that a refund's entry will have. */
  newId: string
  refund: { payment: string; form: FormState } | undefined
}

/** Everything that came and went, with who entered it; wrong entries are reversed, never deleted. */
export const LedgerCard = ({ membership, invoice, today, newId, refund }: LedgerProps) => {
  const { slug, locale } = membership.organization
  const money = (amount: number) => formatMoney(amount, invoice.currency, locale)
  const rows = invoice.ledger
  if (rows.length === 0 && invoice.creditNotes.length === 0) return null
  const undone = new Set(
    rows.flatMap(({ kind, state, of }) =>
      kind === 'reversal' && state === 'succeeded' && of ? [of] : [],
    ),
  )
  return (
    <section class="card part" aria-labelledby="ledger">
      <div class="card-head">
        <h2 id="ledger">Payments and credit notes</h2>
      </div>
      <ul class="links">
        {rows.map((row) => (
          <Line
            entry
            undone={undone.has(row.id)}
            name={
              row.method === 'stripe' ? (
                stripeEntryName(row)
              ) : (
                <>
                  {kindWords[row.kind]} {row.kind === 'payment' && methodWords[row.method]}
                </>
              )
            }
            said={
              <>
                {formatShortDay(row.receivedOn, today, locale)}
                {row.by !== '' && (
                  <>
                    {' · entered by '}
                    <bdi>{row.by}</bdi>
                  </>
                )}
                <EntryState row={row} />
                {undone.has(row.id) && ' · reversed'}
                {row.kind === 'payment' && row.state === 'succeeded' && (
                  <>
                    {' · '}
                    <a href={paths.teamReceipt(slug, invoice.portalId, invoice.id, row.id)}>
                      Receipt<span class="unseen"> of {money(row.amount)} as PDF</span>
                    </a>
                  </>
                )}
                {row.note !== '' && !(row.method === 'stripe' && row.kind === 'payment') && (
                  <>
                    {' · '}
                    <bdi>{row.note}</bdi>
                  </>
                )}
              </>
            }
          >
            <span class={`num r ${row.kind === 'payment' ? '' : 'red'}`}>
              {row.kind === 'payment' ? '' : '−'}
              {money(row.amount)}
            </span>
            {leftOf(row, rows) > 0 && (
              <TakeBack
                membership={membership}
                invoice={invoice}
                row={row}
                newId={newId}
                refund={refund?.payment === row.id ? refund.form : undefined}
              />
            )}
          </Line>
        ))}
        {invoice.creditNotes.map((note) => (
          <Line
            entry
            name={
              <>
                Credit note <span class="num">{note.number}</span>
              </>
            }
            said={
              <>
                {formatShortDay(note.issuedOn, today, locale)} · <bdi>{note.reason}</bdi>
                {' · '}
                <a href={paths.teamCreditNotePdf(slug, invoice.portalId, invoice.id, note.id)}>
                  PDF<span class="unseen"> of {note.number}</span>
                </a>
              </>
            }
          >
            <span class="num r red">−{money(note.amount)}</span>
          </Line>
        ))}
      </ul>
    </section>
  )
}

interface TakeBackProps {
  membership: Membership
  invoice: InvoiceItem
  row: LedgerRow
  newId: string
  refund: FormState | undefined
}

/** Money that is given back, or an entry that was wrong. */
const TakeBack = ({ membership, invoice, row, newId, refund }: TakeBackProps) => {
  const { slug, locale } = membership.organization
  const { currency, portalId } = invoice
  const to = (action: 'refund' | 'reverse') =>
    paths.paymentAction(slug, portalId, invoice.id, row.id, action)
  const left = leftOf(row, invoice.ledger)
  const form: FormState = refund ?? {
    values: { id: newId, amount: writeAmount(left, currency, locale), note: '' },
    errors: [],
  }
  const wrong = form.errors.find(({ path }) => path === 'amount')
  const question = `reverse-${row.id}`
  const { role } = membership
  if (!permits(role, 'payment.refund') && !permits(role, 'payment.reverse')) return null
  return (
    <div class="take-back">
      {permits(role, 'payment.refund') && (
        <details open={refund !== undefined}>
          <summary class="btn">Refund</summary>
          <form method="post" action={to('refund')}>
            <FormErrors form={form} />
            <input type="hidden" name="id" value={form.values['id'] ?? ''} />
            <RowAmount
              form={form}
              name="amount"
              label="Amount given back"
              wrong={wrong !== undefined}
            />
            {wrong && <p class="error">{wrong.message}</p>}
            <label class="field">
              <span>Note</span>
              <input name="note" maxlength={300} value={form.values['note'] ?? ''} />
            </label>
            <p class="hint">
              {row.method === 'stripe' && 'It goes back through Stripe, the way it came. '}
              The invoice does not ask for it again. At most {formatMoney(left, currency, locale)}.
            </p>
            <button class="btn go">
              {row.method === 'stripe' ? 'Refund through Stripe' : 'Record the refund'}
            </button>
          </form>
        </details>
      )}
      {permits(role, 'payment.reverse') && row.method !== 'stripe' && (
        <>
          <button class="btn" type="button" commandfor={question} command="show-modal">
            Reverse
          </button>
          <dialog id={question} aria-labelledby={`${question}-title`}>
            <h3 id={`${question}-title`}>Reverse this entry?</h3>
            <p>
              For money that never came, or was entered by mistake. It stays in the list, and{' '}
              {formatMoney(left, currency, locale)} is owed again.
            </p>
            <form method="post" action={to('reverse')}>
              <label class="field">
                <span>Note</span>
                <input name="note" maxlength={300} />
              </label>
              <div class="actions">
                <button class="btn danger">Reverse</button>
                <button class="btn" type="button" commandfor={question} command="close">
                  Cancel
                </button>
              </div>
            </form>
          </dialog>
        </>
      )}
    </div>
  )
}

interface PayCardProps {
  membership: Membership
  invoice: InvoiceItem
  form: FormState
  /** Whether it is what somebody came for. */
  open: boolean
}

/** A payment that came by hand. */
export const PayCard = ({ membership, invoice, form, open }: PayCardProps) => {
  const { slug, locale } = membership.organization
  const { currency, portalId, id } = invoice
  return (
    <details class="card part fold" id="pay" open={open}>
      <summary class="card-head">
        <h2>Record a payment</h2>
      </summary>
      <form method="post" action={paths.payments(slug, portalId, id)} class="inset stack">
        <FormErrors form={form} />
        <input type="hidden" name="id" value={form.values['id'] ?? ''} />
        <div class="pair">
          <TextField
            form={form}
            name="amount"
            label={`Amount in ${currency}`}
            maxlength={30}
            required
            autocomplete="off"
            hint={amountHint({ currency, locale })}
          />
          <SelectField form={form} name="method" label="How it came" options={methods} />
          <TextField form={form} name="receivedOn" label="Day it came" type="date" required />
          <TextField form={form} name="note" label="Note" maxlength={300} autocomplete="off" />
        </div>
        <CheckField
          form={form}
          name="receipt"
          label="Email a receipt"
          hint="To the people who are mailed the invoices of this portal."
        />
        <div class="actions">
          <button class="btn go">Record payment</button>
        </div>
      </form>
    </details>
  )
}
