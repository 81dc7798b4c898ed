import { currencyName } from '../../lib/currency.ts'
import { localeName } from '../../lib/locale.ts'
import { paths } from '../../paths.ts'
import { AreaField, FormErrors, TextField, Was, type FormState } from '../../ui/fields.tsx'
import { CurrencyField, LocaleField, ZoneField } from '../../ui/region-fields.tsx'
import { Facts, mayChange, SettingsPage, type SettingsFrame } from './settings-page.tsx'

type Props = SettingsFrame & { form: FormState }

export const OrganisationPage = ({ form, ...frame }: Props) => {
  const { membership } = frame
  const value = (name: string) => form.values[name] ?? ''
  return (
    <SettingsPage {...frame} current="organisation">
      {mayChange(membership) ? (
        <form
          method="post"
          action={paths.settings(membership.organization.slug)}
          class="card form stack"
        >
          <FormErrors form={form} />
          <Was form={form} names={['name', 'legalName', 'address', 'taxId']} />
          <TextField
            form={form}
            name="name"
            label="Name"
            hint="Your clients see it on every page and in every email."
            maxlength={80}
            autocomplete="organization"
            required
          />
          <TextField
            form={form}
            name="legalName"
            label="Legal name"
            hint="As registered, where it differs from the name. It goes onto invoices."
            maxlength={160}
            autocomplete="off"
          />
          <AreaField
            form={form}
            name="address"
            label="Address"
            hint="In lines, as on an envelope."
            rows={5}
            maxlength={500}
            autocomplete="street-address"
          />
          <TextField
            form={form}
            name="taxId"
            label="Tax id"
            hint="With its kind in front, as in VAT NO 123 456 789."
            maxlength={60}
            autocomplete="off"
          />
          <div class="actions">
            <button class="btn go">Save</button>
          </div>
        </form>
      ) : (
        <Facts
          facts={[
            { label: 'Name', value: value('name') },
            { label: 'Legal name', value: value('legalName') },
            { label: 'Address', value: value('address') },
            { label: 'Tax id', value: value('taxId') },
          ]}
        />
      )}
    </SettingsPage>
  )
}

const days = (count: string, none: string) =>
  count === '' ? none : `${count} ${count === '1' ? 'day' : 'days'}`

export const DefaultsPage = ({ form, ...frame }: Props) => {
  const { membership } = frame
  const value = (name: string) => form.values[name] ?? ''
  return (
    <SettingsPage {...frame} current="defaults">
      {mayChange(membership) ? (
        <form
          method="post"
          action={paths.defaults(membership.organization.slug)}
          class="card form stack"
        >
          <FormErrors form={form} />
          <Was form={form} names={['timeZone', 'locale', 'currency', 'paymentTerms', 'linkDays']} />
          <ZoneField form={form} />
          <LocaleField form={form} />
          <CurrencyField
            form={form}
            label="Usual currency"
            hint="What a new portal starts with. Portals that are open keep theirs."
          />
          <TextField
            form={form}
            name="paymentTerms"
            label="Payment terms in days"
            hint="From the day an invoice is issued to the day it is due; 0 for due at once."
            type="number"
            min={0}
            max={365}
            required
          />
          <TextField
            form={form}
            name="linkDays"
            label="A new link works for so many days"
            hint="It ends with the last of them. Leave it empty for links without an end; links that are out keep theirs."
            type="number"
            min={1}
            max={3650}
          />
          <div class="actions">
            <button class="btn go">Save</button>
          </div>
        </form>
      ) : (
        <Facts
          facts={[
            { label: 'Time zone', value: value('timeZone').replaceAll('_', ' ') },
            {
              label: 'Dates and amounts are written as in',
              value: localeName(value('locale')),
            },
            {
              label: 'Usual currency',
              value: `${value('currency')} · ${currencyName(value('currency'), 'en')}`,
            },
            { label: 'Payment terms', value: days(value('paymentTerms'), '') },
            { label: 'A new link works for', value: days(value('linkDays'), 'No end') },
          ]}
        />
      )}
    </SettingsPage>
  )
}
