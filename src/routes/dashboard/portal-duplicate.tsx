import type { Membership, Person } from '../../features/organizations/queries.ts'
import { MOST_TAKEN } from '../../features/portals/input.ts'
import type { PortalWithContacts } from '../../features/portals/queries.ts'
import { paths } from '../../paths.ts'
import { CheckField, type FormState } from '../../ui/fields.tsx'
import { SendField } from './contact-fields.tsx'
import { FormPage } from './form-page.tsx'
import { PortalFields } from './portal-fields.tsx'

/** The checkbox of a contact. */
export const takeField = (contactId: string): string => `take.${contactId}`

interface DuplicatePortalProps {
  person: Person
  membership: Membership
  portal: PortalWithContacts
  form: FormState
}

export const DuplicatePortalPage = ({ person, membership, portal, form }: DuplicatePortalProps) => {
  const { slug } = membership.organization
  const back = paths.portalOf(slug, portal.id)
  const { contacts } = portal
  const wrong = form.errors.find(({ path }) => path.startsWith('contacts'))
  return (
    <FormPage
      person={person}
      membership={membership}
      title="Duplicate portal"
      crumb={
        <>
          <a href={paths.portals(slug)}>Portals</a> / <a href={back}>{portal.project}</a>
        </>
      }
      form={form}
      action={paths.portalAction(slug, portal.id, 'duplicate')}
      save="Open the duplicate"
      back={back}
    >
      <input type="hidden" name="id" value={form.values['id'] ?? ''} />
      <PortalFields form={form} />
      {contacts.length > 0 && (
        <fieldset class="group">
          <legend>Who comes along</legend>
          <p class="hint">
            Each of them gets a new link of their own, which opens what their present one does.
            {contacts.length === MOST_TAKEN && ` These are the first ${MOST_TAKEN} of them.`}
          </p>
          {contacts.map(({ id, name, email, everything }) => (
            <CheckField
              form={form}
              name={takeField(id)}
              label={name}
              hint={`${email} · ${everything ? 'everything' : 'invoices only'}`}
            />
          ))}
          {wrong && <p class="error">{wrong.message}</p>}
        </fieldset>
      )}
      {contacts.length > 0 && <SendField form={form} several />}
    </FormPage>
  )
}
