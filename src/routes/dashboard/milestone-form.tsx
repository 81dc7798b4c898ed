import type { MilestoneItem } from '../../features/milestones/queries.ts'
import type { Membership, Person } from '../../features/organizations/queries.ts'
import { paths } from '../../paths.ts'
import { AreaField, TextField, type FormState } from '../../ui/fields.tsx'
import { FormPage } from './form-page.tsx'

export const MilestoneFields = ({ form, focused }: { form: FormState; focused: boolean }) => (
  <>
    <div class="pair milestone-fields">
      <TextField
        form={form}
        name="title"
        label="Title"
        maxlength={160}
        required
        autofocus={focused}
        autocomplete="off"
      />
      <TextField form={form} name="dueOn" label="Due day" type="date" />
      <TextField
        form={form}
        name="weight"
        label="Weight"
        type="number"
        min={1}
        max={100}
        required
        hint="How much it counts."
      />
    </div>
    <AreaField
      form={form}
      name="description"
      label="Description"
      rows={2}
      maxlength={2000}
      hint="Your client reads it on their page. It may stay empty."
    />
  </>
)

interface EditMilestoneProps {
  person: Person
  membership: Membership
  milestone: MilestoneItem
  form: FormState
}

export const EditMilestonePage = ({ person, membership, milestone, form }: EditMilestoneProps) => {
  const { slug } = membership.organization
  const back = paths.milestones(slug, milestone.portalId)
  return (
    <FormPage
      person={person}
      membership={membership}
      title="Edit milestone"
      crumb={
        <>
          <a href={paths.portals(slug)}>Portals</a> / <a href={back}>Milestones</a>
        </>
      }
      form={form}
      action={paths.milestone(slug, milestone.portalId, milestone.id)}
      save="Save"
      back={back}
    >
      <input type="hidden" name="version" value={form.values['version'] ?? ''} />
      <MilestoneFields form={form} focused />
    </FormPage>
  )
}
