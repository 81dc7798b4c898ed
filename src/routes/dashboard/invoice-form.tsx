import type { Child } from 'hono/jsx'
import type { Membership, Person } from '../../features/organizations/queries.ts'
import type { Desk } from '../../features/portals/with-invoices.ts'
import { amountHint, type Style } from '../../features/invoices/typed.ts'
import { paths } from '../../paths.ts'
import {
  AreaField,
  CheckField,
  FormErrors,
  SelectField,
  TextField,
  type FormState,
} from '../../ui/fields.tsx'
import { Dashboard } from '../../ui/dashboard.tsx'
import { LineFields } from './line-fields.tsx'

interface InvoiceFormProps {
  person: Person
  membership: Membership
  desk: Desk
  style: Style
  form: FormState
  /** What somebody else saved meanwhile. */
  meanwhile?: Child
}

/** A new draft, or one that is changed. */
export const InvoiceFormPage = (props: InvoiceFormProps) => {
  const { person, membership, desk, style, form, meanwhile } = props
  const { portal, house, rates, invoice } = desk
  const { slug } = membership.organization
  const all = paths.invoicesOf(slug, portal.id)
  const back = invoice ? paths.invoice(slug, portal.id, invoice.id) : all
  const title = invoice ? 'Edit draft' : 'New invoice'
  const lineError = form.errors.find(({ path }) => path === 'lines')
  return (
    <Dashboard title={title} area="portals" person={person} membership={membership}>
      <p class="crumb">
        <a href={paths.portals(slug)}>Portals</a> /{' '}
        <a href={paths.portalOf(slug, portal.id)}>{portal.project}</a> / <a href={all}>Invoices</a>
      </p>
      <div class="top">
        <h1>{title}</h1>
        <p class="under">
          in <span class="num">{style.currency}</span>
        </p>
      </div>
      <form
        method="post"
        action={invoice ? paths.editInvoice(slug, portal.id, invoice.id) : all}
        class="card form stack bill"
      >
        {/* The first button of a form is what Enter presses: not "Remove". */}
        <button class="unseen" tabindex={-1} aria-hidden="true">
          Save draft
        </button>
        {meanwhile}
        {meanwhile === undefined && <FormErrors form={form} />}
        <input type="hidden" name="id" value={form.values['id'] ?? ''} />
        <input type="hidden" name="version" value={form.values['version'] ?? ''} />
        <input type="hidden" name="milestone" value={form.values['milestone'] ?? ''} />
        <section class="bill-part" aria-label="What it is for">
          <LineFields
            form={form}
            style={style}
            rates={rates}
            saved={desk.saved.filter(({ currency }) => currency === style.currency)}
            none="1"
          />
          {lineError && (
            <p class="error" role="alert">
              {lineError.message}
            </p>
          )}
          <div class="bill-terms">
            <SelectField
              form={form}
              name="prices"
              label="Prices are"
              options={[
                { value: 'net', label: 'without tax' },
                { value: 'gross', label: 'with tax in them' },
              ]}
            />
            <TextField
              form={form}
              name="discount"
              label="Discount"
              maxlength={30}
              autocomplete="off"
            />
            <SelectField
              form={form}
              name="discountKind"
              label="Discount in"
              options={[
                { value: 'percent', label: 'per cent' },
                { value: 'amount', label: style.currency },
              ]}
            />
          </div>
          <p class="hint">
            {amountHint(style).replace('Write it', 'Write amounts')} A line without a quantity is
            for one.
          </p>
        </section>
        <fieldset class="group">
          <legend>Days</legend>
          <div class="pair">
            <TextField
              form={form}
              name="dueOn"
              label="Due day"
              type="date"
              hint={`Empty: ${house.paymentTerms === 0 ? 'the day of issue' : `${house.paymentTerms} days after issue`}, by your terms.`}
            />
            <TextField
              form={form}
              name="supplyOn"
              label="Day of supply"
              type="date"
              hint="When it was done, where that has to be said."
            />
          </div>
        </fieldset>
        <fieldset class="group">
          <legend>For whom</legend>
          <TextField
            form={form}
            name="buyer.name"
            label="Name on the invoice"
            maxlength={160}
            required
            autocomplete="off"
          />
          <div class="pair">
            <AreaField
              form={form}
              name="buyer.address"
              label="Their address"
              rows={4}
              maxlength={400}
            />
            <TextField
              form={form}
              name="buyer.taxId"
              label="Their tax id"
              maxlength={60}
              autocomplete="off"
            />
          </div>
          <CheckField
            form={form}
            name="keepBuyer"
            label="Use this for every new invoice of this portal"
          />
        </fieldset>
        <fieldset class="group">
          <legend>More</legend>
          <AreaField
            form={form}
            name="notes"
            label="Notes"
            rows={3}
            maxlength={2000}
            hint="Below the total, for your client to read."
          />
          <CheckField
            form={form}
            name="reverseCharge"
            label="Reverse charge"
            hint="The buyer owes the tax; the invoice says so. Leave the tax of its lines empty."
          />
          <CheckField
            form={form}
            name="repeatable"
            label="May be paid again and again"
            hint="A retainer: it goes on until you end it."
          />
        </fieldset>
        <div class="actions">
          <button class="btn go">Save and preview</button>
          <a class="btn" href={back}>
            Cancel
          </a>
        </div>
      </form>
    </Dashboard>
  )
}
