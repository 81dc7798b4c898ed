import type { TemplateListed } from '../../features/milestones/queries.ts'
import type { Membership, Person } from '../../features/organizations/queries.ts'
import type { PortalWithPlan } from '../../features/portals/plan.ts'
import { paths } from '../../paths.ts'
import { FormErrors, SelectField, TextField, type FormState } from '../../ui/fields.tsx'
import { MilestoneFields } from './milestone-form.tsx'
import type { Trouble } from './milestone-row.tsx'
import { MilestonesCard } from './milestones-card.tsx'
import { PortalFrame } from './portal-frame.tsx'

/** The three forms of the page; one of them may have come back. */
export interface PlanForms {
  add: FormState
  /** Whether the form to add one is what somebody came for. */
  adding: boolean
  save: FormState
  use: FormState
}

interface MilestonesPageProps {
  person: Person
  membership: Membership
  found: PortalWithPlan
  forms: PlanForms
  trouble?: Trouble | undefined
  now: number
}

/** The plan of one portal: its milestones, and where templates come from and go to. */
export const MilestonesPage = (props: MilestonesPageProps) => {
  const { person, membership, found, forms, trouble, now } = props
  const { portal, plan, templates } = found
  const { slug } = membership.organization
  const open = portal.archivedAt === null
  return (
    <PortalFrame person={person} membership={membership} portal={portal} tab="milestones" now={now}>
      <div class="plan-page">
        <MilestonesCard
          membership={membership}
          portal={portal}
          plan={plan}
          on="milestones"
          trouble={trouble}
          now={now}
          empty={
            <p class="empty">
              {open
                ? 'Nothing is planned yet. Add the first milestone below, or start from a template; your client follows the plan on their page.'
                : 'This portal has no milestones.'}
            </p>
          }
        />
        {open && plan.length === 0 && templates.length > 0 && (
          <UseTemplate slug={slug} portalId={portal.id} templates={templates} form={forms.use} />
        )}
        {open && <Add slug={slug} portalId={portal.id} form={forms.add} focused={forms.adding} />}
        {plan.length > 0 && <SaveTemplate slug={slug} portalId={portal.id} form={forms.save} />}
      </div>
    </PortalFrame>
  )
}

interface FormProps {
  slug: string
  portalId: string
  form: FormState
}

const Add = ({ slug, portalId, form, focused }: FormProps & { focused: boolean }) => (
  <section class="card" aria-labelledby="add" id="add-card">
    <div class="card-head">
      <h2 id="add">Add a milestone</h2>
    </div>
    <form method="post" action={paths.milestones(slug, portalId)} class="inset stack">
      <FormErrors form={form} />
      <input type="hidden" name="id" value={form.values['id'] ?? ''} />
      <MilestoneFields form={form} focused={focused} />
      <div class="actions">
        <button class="btn go">Add</button>
      </div>
    </form>
  </section>
)

const SaveTemplate = ({ slug, portalId, form }: FormProps) => (
  <section class="card" aria-labelledby="save-template">
    <div class="card-head">
      <h2 id="save-template">Save as template</h2>
      <a href={paths.templates(slug)} class="btn">
        All templates
      </a>
    </div>
    <form method="post" action={paths.saveTemplate(slug, portalId)} class="inset stack">
      <FormErrors form={form} />
      <input type="hidden" name="id" value={form.values['id'] ?? ''} />
      <TextField
        form={form}
        name="name"
        label="Name of the template"
        maxlength={120}
        required
        autocomplete="off"
        hint="Keeps these milestones without their progress, with due days counted from the portal’s first day."
      />
      <div class="actions">
        <button class="btn">Save as template</button>
      </div>
    </form>
  </section>
)

const UseTemplate = ({
  slug,
  portalId,
  templates,
  form,
}: FormProps & { templates: readonly TemplateListed[] }) => (
  <section class="card" aria-labelledby="use-template">
    <div class="card-head">
      <h2 id="use-template">Start from a template</h2>
    </div>
    <form method="post" action={paths.useTemplate(slug, portalId)} class="inset stack">
      <FormErrors form={form} />
      <div class="pair">
        <SelectField
          form={form}
          name="template"
          label="Template"
          options={templates.map(templateOption)}
        />
        <TextField
          form={form}
          name="firstDay"
          label="First day"
          type="date"
          required
          hint="Due days are counted from it."
        />
      </div>
      <div class="actions">
        <button class="btn go">Start from it</button>
      </div>
    </form>
  </section>
)

export const templateOption = ({ id, name, count }: TemplateListed) => ({
  value: id,
  label: `${name} · ${count} ${count === 1 ? 'milestone' : 'milestones'}`,
})
