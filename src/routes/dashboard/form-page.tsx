import type { Child, PropsWithChildren } from 'hono/jsx'
import type { Membership, Person } from '../../features/organizations/queries.ts'
import { Dashboard } from '../../ui/dashboard.tsx'
import { FormErrors, type FormState } from '../../ui/fields.tsx'

interface FormPageProps {
  person: Person
  membership: Membership
  title: string
  /** The pages above it, as links. */
  crumb: Child
  form: FormState
  action: string
  /** What its button says. */
  save: string
  /** Where it leads without saving. */
  back: string
}

/** A page below the portals that is one form. */
export const FormPage = (props: PropsWithChildren<FormPageProps>) => {
  const { person, membership, title, crumb, form, action, save, back, children } = props
  return (
    <Dashboard title={title} area="portals" person={person} membership={membership}>
      <p class="crumb">{crumb}</p>
      <div class="top">
        <h1>{title}</h1>
      </div>
      <form method="post" action={action} class="card form stack">
        <FormErrors form={form} />
        {children}
        <div class="actions">
          <button class="btn go">{save}</button>
          <a class="btn" href={back}>
            Cancel
          </a>
        </div>
      </form>
    </Dashboard>
  )
}
