import type { Membership, Person } from '../../features/organizations/queries.ts'
import type { PortalItem } from '../../features/portals/queries.ts'
import { paths } from '../../paths.ts'
import { Dashboard } from '../../ui/dashboard.tsx'
import { FormErrors, Was, type FormState } from '../../ui/fields.tsx'
import { PortalFields } from './portal-fields.tsx'

interface EditPortalProps {
  person: Person
  membership: Membership
  portal: PortalItem
  form: FormState
}

export const EditPortalPage = ({ person, membership, portal, form }: EditPortalProps) => {
  const { slug } = membership.organization
  const back = paths.portalOf(slug, portal.id)
  return (
    <Dashboard title="Edit portal" area="portals" person={person} membership={membership}>
      <p class="crumb">
        <a href={paths.portals(slug)}>Portals</a> / <a href={back}>{portal.project}</a>
      </p>
      <div class="top">
        <h1>Edit portal</h1>
      </div>
      <form method="post" action={paths.editPortal(slug, portal.id)} class="card form stack">
        <FormErrors form={form} />
        <Was form={form} names={['project', 'client', 'currency']} />
        <PortalFields form={form} />
        <div class="actions">
          <button class="btn go">Save</button>
          <a class="btn" href={back}>
            Cancel
          </a>
        </div>
      </form>
    </Dashboard>
  )
}
