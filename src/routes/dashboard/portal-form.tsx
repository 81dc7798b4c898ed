import type { Membership, Person } from '../../features/organizations/queries.ts'
import { paths } from '../../paths.ts'
import { Dashboard } from '../../ui/dashboard.tsx'
import { FormErrors, TextField, type FormState } from '../../ui/fields.tsx'
import { CurrencyField } from '../../ui/region-fields.tsx'
import { ContactFields, SendField } from './contact-fields.tsx'

interface NewPortalProps {
  person: Person
  membership: Membership
  form: FormState
}

export const NewPortalPage = ({ person, membership, form }: NewPortalProps) => {
  const { slug } = membership.organization
  return (
    <Dashboard title="New portal" area="portals" person={person} membership={membership}>
      <p class="crumb">
        <a href={paths.portals(slug)}>Portals</a>
      </p>
      <div class="top">
        <h1>New portal</h1>
      </div>
      <form method="post" action={paths.portals(slug)} class="card form stack">
        <FormErrors form={form} />
        <input type="hidden" name="id" value={form.values['id'] ?? ''} />
        <TextField form={form} name="project" label="Project" maxlength={160} required autofocus />
        <TextField
          form={form}
          name="client"
          label="Client"
          maxlength={160}
          required
          autocomplete="off"
        />
        <CurrencyField
          form={form}
          label="Currency"
          hint="Everything in this portal is billed in it."
        />
        <fieldset class="group">
          <legend>First contact</legend>
          <p class="hint">They open the portal by their own link. You can add more people later.</p>
          <ContactFields form={form} />
          <SendField form={form} />
        </fieldset>
        <div class="actions">
          <button class="btn go">Open portal</button>
          <a class="btn" href={paths.portals(slug)}>
            Cancel
          </a>
        </div>
      </form>
    </Dashboard>
  )
}
