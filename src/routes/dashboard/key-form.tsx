import type { Role } from '../../db/schema/organizations.ts'
import type { Membership, Person } from '../../features/organizations/queries.ts'
import { grantable } from '../../features/organizations/rules.ts'
import { paths } from '../../paths.ts'
import { Dashboard } from '../../ui/dashboard.tsx'
import { ChoiceField, FormErrors, TextField, type FormState } from '../../ui/fields.tsx'
import { roleWords } from '../../ui/roles.ts'

/** Of what a role may, the part that the API has. */
const roleHints: Record<Role, string> = {
  member: 'Open portals, change and archive them, invite contacts.',
  admin: 'Also replace, reveal and delete links, and delete portals.',
  owner: 'All that the API can do.',
}

interface NewKeyProps {
  person: Person
  membership: Membership
  form: FormState
}

export const NewKeyPage = ({ person, membership, form }: NewKeyProps) => {
  const { organization, role } = membership
  const { slug } = organization
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
          options={grantable({ role })
            .toReversed()
            .map((value) => ({
              value,
              label: `As ${roleWords[value].as}`,
              hint: roleHints[value],
            }))}
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
