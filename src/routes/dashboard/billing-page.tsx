import type { Child } from 'hono/jsx'
import type { Billing } from '../../features/portals/with-invoices.ts'
import { formatMoney } from '../../lib/money.ts'
import { writeNumber } from '../../lib/typed.ts'
import { paths } from '../../paths.ts'
import { AreaField, ChoiceField, FormErrors, TextField, type FormState } from '../../ui/fields.tsx'
import { Line } from '../../ui/line.tsx'
import { CurrencyField } from '../../ui/region-fields.tsx'
import { Facts, mayChange, SettingsPage, type SettingsFrame } from './settings-page.tsx'

/** The forms of the page; one of them may have come back. */
export interface BillingForms {
  main: FormState
  rate: FormState
  line: FormState
}

interface BillingPageProps extends SettingsFrame {
  billing: Billing
  forms: BillingForms
}

const priceWords = {
  net: 'Without tax: it is added below the lines.',
  gross: 'With tax in them: the total is what the lines say.',
}

/** What invoices start from: where they are paid, what prices are, and what is typed again and again. */
export const BillingPage = ({ billing, forms, ...frame }: BillingPageProps) => {
  const { membership } = frame
  const { slug, locale } = membership.organization
  const { house, rates, saved } = billing
  const may = mayChange(membership)
  return (
    <SettingsPage {...frame} current="billing">
      {may ? (
        <form method="post" action={paths.billing(slug)} class="card form stack part">
          <FormErrors form={forms.main} />
          <input type="hidden" name="mark" value={forms.main.values['mark'] ?? ''} />
          <ChoiceField
            form={forms.main}
            name="prices"
            label="Prices are typed"
            options={[
              { value: 'net', label: 'Without tax', hint: 'It is added below the lines.' },
              { value: 'gross', label: 'With tax', hint: 'The total is what the lines say.' },
            ]}
          />
          <fieldset class="group">
            <legend>Bank details</legend>
            <p class="hint">
              They stand on every invoice that is issued from now on. Issued ones keep theirs.
            </p>
            <TextField
              form={forms.main}
              name="holder"
              label="Account holder"
              maxlength={120}
              autocomplete="off"
            />
            <div class="pair">
              <TextField
                form={forms.main}
                name="iban"
                label="IBAN"
                maxlength={50}
                autocomplete="off"
                spellcheck={false}
              />
              <TextField
                form={forms.main}
                name="bic"
                label="BIC"
                maxlength={20}
                autocomplete="off"
                spellcheck={false}
              />
            </div>
            <AreaField
              form={forms.main}
              name="details"
              label="Other details"
              rows={3}
              maxlength={400}
              hint="Whatever else a payer needs: sort code, account number, routing number."
            />
          </fieldset>
          <div class="actions">
            <button class="btn go">Save</button>
          </div>
        </form>
      ) : (
        <div class="part">
          <Facts
            facts={[
              { label: 'Prices are typed', value: priceWords[house.prices] },
              { label: 'Account holder', value: house.bank?.holder ?? '' },
              { label: 'IBAN', value: house.bank?.iban ?? '' },
              { label: 'BIC', value: house.bank?.bic ?? '' },
              { label: 'Other details', value: house.bank?.details ?? '' },
            ]}
          />
        </div>
      )}
      <section class="card part kept" aria-labelledby="rates-title" id="rates">
        <div class="card-head">
          <h2 id="rates-title">Tax rates</h2>
        </div>
        {rates.length === 0 ? (
          <p class="empty">
            None yet. The first one is filled in on new lines; without any, lines start untaxed.
          </p>
        ) : (
          <ul class="links">
            {rates.map(({ id, name, rate }, index) => (
              <Kept
                name={name}
                facts={`${writeNumber(rate, locale)}%${index === 0 ? ' · filled in on new lines' : ''}`}
                remove={may ? paths.deleteTaxRate(slug, id) : undefined}
              />
            ))}
          </ul>
        )}
        {may && (
          <form method="post" action={paths.taxRates(slug)} class="inset stack">
            <FormErrors form={forms.rate} />
            <input type="hidden" name="id" value={forms.rate.values['id'] ?? ''} />
            <div class="pair">
              <TextField
                form={forms.rate}
                name="name"
                label="Name of the rate"
                maxlength={60}
                required
                autocomplete="off"
                hint="As in VAT, or VAT reduced."
              />
              <TextField
                form={forms.rate}
                name="rate"
                label="Per cent"
                maxlength={12}
                required
                autocomplete="off"
              />
            </div>
            <div class="actions">
              <button class="btn">Add rate</button>
            </div>
          </form>
        )}
      </section>
      <section class="card part kept" aria-labelledby="lines-title" id="lines">
        <div class="card-head">
          <h2 id="lines-title">Saved lines</h2>
        </div>
        {saved.length === 0 ? (
          <p class="empty">None yet. What is billed again and again is put in with one click.</p>
        ) : (
          <ul class="links">
            {saved.map((line) => (
              <Kept
                name={line.description}
                facts={[
                  `${writeNumber(line.quantity, locale)} × ${formatMoney(line.unitAmount, line.currency, locale)}`,
                  line.taxRate === null ? 'no tax' : `${writeNumber(line.taxRate, locale)}% tax`,
                ].join(' · ')}
                remove={may ? paths.deleteSavedLine(slug, line.id) : undefined}
              />
            ))}
          </ul>
        )}
        {may && (
          <form method="post" action={paths.savedLines(slug)} class="inset stack">
            <FormErrors form={forms.line} />
            <input type="hidden" name="id" value={forms.line.values['id'] ?? ''} />
            <TextField
              form={forms.line}
              name="description"
              label="Description"
              maxlength={300}
              required
              autocomplete="off"
            />
            <div class="pair">
              <TextField
                form={forms.line}
                name="quantity"
                label="Quantity"
                maxlength={30}
                required
                autocomplete="off"
              />
              <TextField
                form={forms.line}
                name="unitAmount"
                label="Price of one"
                maxlength={30}
                required
                autocomplete="off"
              />
              <CurrencyField form={forms.line} label="Currency" />
              <TextField
                form={forms.line}
                name="taxRate"
                label="Tax in per cent"
                maxlength={12}
                autocomplete="off"
                hint="Empty for none."
              />
            </div>
            <div class="actions">
              <button class="btn">Save line</button>
            </div>
          </form>
        )}
      </section>
    </SettingsPage>
  )
}

interface KeptProps {
  name: string
  facts: Child
  /** Where a form takes it away; undefined for who may not. */
  remove: string | undefined
}

const Kept = ({ name, facts, remove }: KeptProps) => (
  <Line name={<bdi>{name}</bdi>} said={facts}>
    {remove !== undefined && (
      <form method="post" action={remove}>
        <button class="btn">
          Delete<span class="unseen"> {name}</span>
        </button>
      </form>
    )}
  </Line>
)
