import { currencies, currencyName } from '../../lib/currency.ts'
import { SelectField, TextField, type FormState } from '../../ui/fields.tsx'

/** What every portal has: a project, a client, a currency. */
export const PortalFields = ({ form }: { form: FormState }) => (
  <>
    <TextField form={form} name="project" label="Project" maxlength={160} required autofocus />
    <TextField
      form={form}
      name="client"
      label="Client"
      maxlength={160}
      required
      autocomplete="off"
    />
    <SelectField
      form={form}
      name="currency"
      label="Currency"
      hint="Everything in this portal is billed in it."
      options={currencies.map((code) => ({
        value: code,
        label: `${code} · ${currencyName(code, 'en')}`,
      }))}
    />
  </>
)
