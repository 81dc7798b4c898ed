import type { LinkItem } from '../../features/links/queries.ts'
import type { Membership, Person } from '../../features/organizations/queries.ts'
import type { PortalItem } from '../../features/portals/queries.ts'
import { paths } from '../../paths.ts'
import { Dashboard } from '../../ui/dashboard.tsx'
import { ChoiceField, FormErrors, TextField, type FormState } from '../../ui/fields.tsx'
import { ContactFields, SendField } from './contact-fields.tsx'
import { FormPage } from './form-page.tsx'

interface Frame {
  person: Person
  membership: Membership
  form: FormState
}

const Access = ({ form }: { form: FormState }) => (
  <>
    <ChoiceField
      form={form}
      name="scope"
      label="What the link opens"
      options={[
        { value: 'all', label: 'Everything', hint: 'Plan, messages, files and invoices.' },
        { value: 'billing', label: 'Invoices only', hint: 'For the people who pay.' },
      ]}
    />
    <TextField
      form={form}
      name="expiresAt"
      label="Last day"
      type="date"
      hint="The link works to the end of that day. Leave it empty for a link that stays."
    />
  </>
)

export const NewLinkPage = ({
  person,
  membership,
  portal,
  form,
}: Frame & { portal: PortalItem }) => {
  const { slug } = membership.organization
  const back = paths.portalOf(slug, portal.id)
  return (
    <FormPage
      person={person}
      membership={membership}
      title="Invite contact"
      crumb={
        <>
          <a href={paths.portals(slug)}>Portals</a> / <a href={back}>{portal.project}</a>
        </>
      }
      form={form}
      action={paths.links(slug, portal.id)}
      save="Create link"
      back={back}
    >
      <input type="hidden" name="id" value={form.values['id'] ?? ''} />
      <ContactFields form={form} focus />
      <Access form={form} />
      <SendField form={form} />
    </FormPage>
  )
}

export const ChangeLinkPage = ({ person, membership, link, form }: Frame & { link: LinkItem }) => {
  const { slug } = membership.organization
  const back = paths.portalOf(slug, link.portalId)
  return (
    <Dashboard title="Change access" area="portals" person={person} membership={membership}>
      <p class="crumb">
        <a href={back}>Back to the portal</a>
      </p>
      <div class="top">
        <div>
          <h1>Change access</h1>
          <p class="under">
            <bdi>{link.contact.name}</bdi> · {link.contact.email}
          </p>
        </div>
      </div>
      <form method="post" action={paths.link(slug, link.portalId, link.id)} class="card form stack">
        <FormErrors form={form} />
        <Access form={form} />
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
