import { CheckField, TextField, type FormState } from '../../ui/fields.tsx'

/** Who a link is for. */
export const ContactFields = ({ form, focus = false }: { form: FormState; focus?: boolean }) => (
  <div class="pair">
    <TextField
      form={form}
      name="contact.name"
      label="Name"
      maxlength={120}
      required
      autofocus={focus}
      autocomplete="off"
    />
    <TextField
      form={form}
      name="contact.email"
      label="Email"
      type="email"
      maxlength={254}
      required
      autocomplete="off"
    />
  </div>
)

export const SendField = ({ form, several = false }: { form: FormState; several?: boolean }) => (
  <CheckField
    form={form}
    name="send"
    label={several ? 'Email the links now' : 'Email the link now'}
    hint={`Otherwise you can copy ${several ? 'them' : 'it'}, or send ${several ? 'them' : 'it'} when you are ready.`}
  />
)
