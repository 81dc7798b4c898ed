import type { Membership, Person } from '../../features/organizations/queries.ts'
import { grantable } from '../../features/organizations/rules.ts'
import { paths } from '../../paths.ts'
import { Dashboard } from '../../ui/dashboard.tsx'
import { ChoiceField, FormErrors, TextField, type FormState } from '../../ui/fields.tsx'

const roleHints = {
  member: 'Open portals, change them, invite contacts.',
  admin: 'Also replace, reveal and delete links.',
  owner: 'All that you may do yourself.',
} as const

interface NewKeyProps {
  person: Person
  membership: Membership
  form: FormState
}

export const NewKeyPage = ({ person, membership, form }: NewKeyProps) => {
  const { organization, role } = membership
  const { slug } = organization
  const may = grantable({ role })
  const option = (value: keyof typeof roleHints, label: string) =>
    may.includes(value) ? [{ value, label, hint: roleHints[value] }] : []
  return (
    <Dashboard title="New API key" area="settings" person={person} membership={membership}>
      <p class="crumb">
        <a href={paths.keys(slug)}>API keys</a>
      </p>
      <div class="top">
        <h1>New API key</h1>
      </div>
      <form method="post" action={paths.keys(slug)} class="card form wide stack">
        <FormErrors form={form} />
        <input type="hidden" name="id" value={form.values['id'] ?? ''} />
        <TextField
          form={form}
          name="name"
          label="Name"
          hint="Say what will use it, so that you know what stops when you revoke it."
          maxlength={80}
          required
          autofocus
          autocomplete="off"
        />
        <ChoiceField
          form={form}
          name="role"
          label="What it may do"
          options={[
            ...option('member', 'As a member'),
            ...option('admin', 'As an admin'),
            ...option('owner', 'As an owner'),
          ]}
        />
        <TextField
          form={form}
          name="expiresAt"
          label="Last day"
          type="date"
          hint="The key works to the end of that day. Leave it empty for a key that stays."
        />
        <div class="actions">
          <button class="btn go">Create key</button>
          <a class="btn" href={paths.keys(slug)}>
            Cancel
          </a>
        </div>
      </form>
    </Dashboard>
  )
}
