import { owedOf } from '../../features/invoices/ledger.ts'
import type { InvoiceItem } from '../../features/invoices/queries.ts'
import type { Style } from '../../features/invoices/typed.ts'
import type { Membership, Person } from '../../features/organizations/queries.ts'
import type { Desk } from '../../features/portals/with-invoices.ts'
import { formatMoney } from '../../lib/money.ts'
import { paths } from '../../paths.ts'
import { Dashboard } from '../../ui/dashboard.tsx'
import { FormErrors, TextField, type FormState } from '../../ui/fields.tsx'
import { LineFields } from './line-fields.tsx'

interface CreditNoteFormProps {
  person: Person
  membership: Membership
  desk: Desk
  invoice: InvoiceItem
  style: Style
  form: FormState
}

/** Takes back what an issued invoice should not have asked for, line by line. */
export const CreditNoteForm = (props: CreditNoteFormProps) => {
  const { person, membership, desk, invoice, style, form } = props
  const { portal, rates } = desk
  const { slug } = membership.organization
  const back = paths.invoice(slug, portal.id, invoice.id)
  const lineError = form.errors.find(({ path }) => path === 'lines')
  const left = formatMoney(owedOf(invoice), style.currency, style.locale)
  return (
    <Dashboard title="Credit note" area="portals" person={person} membership={membership}>
      <p class="crumb">
        <a href={paths.portals(slug)}>Portals</a> /{' '}
        <a href={paths.portalOf(slug, portal.id)}>{portal.project}</a> /{' '}
        <a href={back}>{invoice.number}</a>
      </p>
      <div class="top">
        <h1>Credit note</h1>
      </div>
      <form
        method="post"
        action={paths.creditNotes(slug, portal.id, invoice.id)}
        class="card form stack bill"
      >
        {/* The first button of a form is what Enter presses: not "Remove". */}
        <button class="unseen" tabindex={-1} aria-hidden="true">
          Issue credit note
        </button>
        <FormErrors form={form} />
        <p class="hint">
          Say how many of each line are taken back; lines without a quantity are left out. At most{' '}
          {left} is left of this invoice. A credit note has a number of its own and never changes.
        </p>
        <input type="hidden" name="id" value={form.values['id'] ?? ''} />
        <input type="hidden" name="prices" value={invoice.prices} />
        <section class="bill-part" aria-label="What is taken back">
          <LineFields form={form} style={style} rates={rates} saved={[]} none="0" />
          {lineError && (
            <p class="error" role="alert">
              {lineError.message}
            </p>
          )}
        </section>
        <TextField
          form={form}
          name="reason"
          label="Reason"
          maxlength={300}
          required
          autocomplete="off"
          hint="Your client reads it."
        />
        <div class="actions">
          <button class="btn go">Issue credit note</button>
          <a class="btn" href={back}>
            Cancel
          </a>
        </div>
      </form>
    </Dashboard>
  )
}
