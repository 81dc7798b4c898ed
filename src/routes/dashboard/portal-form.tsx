import type { TemplateListed } from '../../features/milestones/queries.ts'
import type { Membership, Person } from '../../features/organizations/queries.ts'
import { paths } from '../../paths.ts'
import { SelectField, type FormState } from '../../ui/fields.tsx'
import { FormPage } from './form-page.tsx'
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
    <FormPage
      person={person}
      membership={membership}
      title="New portal"
      crumb={<a href={paths.portals(slug)}>Portals</a>}
      form={form}
      action={paths.portals(slug)}
      save="Open portal"
      back={paths.portals(slug)}
    >
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
    </FormPage>
  )
}
