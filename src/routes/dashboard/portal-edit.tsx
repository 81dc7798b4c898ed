import type { Membership, Person } from '../../features/organizations/queries.ts'
import type { PortalItem } from '../../features/portals/queries.ts'
import { paths } from '../../paths.ts'
import { Was, type FormState } from '../../ui/fields.tsx'
import { FormPage } from './form-page.tsx'
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
    <FormPage
      person={person}
      membership={membership}
      title="Edit portal"
      crumb={
        <>
          <a href={paths.portals(slug)}>Portals</a> / <a href={back}>{portal.project}</a>
        </>
      }
      form={form}
      action={paths.editPortal(slug, portal.id)}
      save="Save"
      back={back}
    >
      <Was form={form} names={['project', 'client', 'currency']} />
      <PortalFields form={form} />
    </FormPage>
  )
}
