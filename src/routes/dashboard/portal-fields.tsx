import { TextField, type FormState } from '../../ui/fields.tsx'
import { CurrencyField } from '../../ui/region-fields.tsx'

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
    <CurrencyField form={form} label="Currency" hint="Everything in this portal is billed in it." />
  </>
)
