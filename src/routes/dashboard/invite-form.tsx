import type { Membership } from '../../features/organizations/queries.ts'
import { grantable } from '../../features/organizations/rules.ts'
import { paths } from '../../paths.ts'
import { SelectField, TextField, type FormState } from '../../ui/fields.tsx'
import { roleWords } from '../../ui/roles.ts'

/** One line on a wide screen; the table below says what each role may do. */
export const InviteForm = ({ membership, form }: { membership: Membership; form: FormState }) => (
  <form
    method="post"
    action={paths.invitations(membership.organization.slug)}
    class="inset one-line"
  >
    <TextField
      form={form}
      name="email"
      label="Email"
      type="email"
      maxlength={254}
      required
      autocomplete="off"
    />
    <SelectField
      form={form}
      name="role"
      label="Role"
      options={grantable(membership)
        .toReversed()
        .map((role) => ({ value: role, label: roleWords[role].name }))}
    />
    <button class="btn go">Send invitation</button>
  </form>
)
