import type { TemplateListed } from '../../features/milestones/queries.ts'
import type { Membership, Person } from '../../features/organizations/queries.ts'
import { paths } from '../../paths.ts'
import { Dashboard } from '../../ui/dashboard.tsx'
import { FormErrors, SelectField, type FormState } from '../../ui/fields.tsx'
import { templateOption } from './milestones-page.tsx'
import { ContactFields, SendField } from './contact-fields.tsx'
import { PortalFields } from './portal-fields.tsx'

interface NewPortalProps {
  person: Person
  membership: Membership
  /** What its plan can be started from, newest first. */
  templates: readonly TemplateListed[]
  form: FormState
}

export const NewPortalPage = ({ person, membership, templates, form }: NewPortalProps) => {
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
        <PortalFields form={form} />
        {templates.length > 0 && (
          <SelectField
            form={form}
            name="template"
            label="Milestones"
            hint="Due days are counted from today. You can change all of it later."
            options={[{ value: '', label: 'None yet' }, ...templates.map(templateOption)]}
          />
        )}
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
