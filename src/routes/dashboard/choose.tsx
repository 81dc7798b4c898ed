import type { WaitingInvitation } from '../../features/invitations/queries.ts'
import type { Person } from '../../features/organizations/queries.ts'
import { paths } from '../../paths.ts'
import { Plain } from '../../ui/dashboard.tsx'
import type { FormState } from '../../ui/fields.tsx'
import { roleWords } from '../../ui/roles.ts'
import { Waiting } from './waiting.tsx'

interface ChooseProps {
  person: Person
  invitations: readonly WaitingInvitation[]
  sent?: { invitation: string; form: FormState }
}

/** Where to, for whoever has more than one way to go. */
export const Choose = ({ person, invitations, sent }: ChooseProps) => (
  <Plain title={person.memberships.length > 0 ? 'Where to?' : 'You are invited'}>
    {person.memberships.length > 0 && (
      <ul class="choices-list">
        {person.memberships.map(({ organization, role }) => (
          <li>
            <a href={paths.portals(organization.slug)}>
              <bdi>{organization.name}</bdi>
              <small>{roleWords[role].name}</small>
            </a>
          </li>
        ))}
      </ul>
    )}
    {invitations.length > 0 && (
      <section aria-labelledby="invitations">
        <h2 id="invitations" class={person.memberships.length > 0 ? 'rule' : 'unseen'}>
          Invitations
        </h2>
        <Waiting person={person} invitations={invitations} sent={sent} />
      </section>
    )}
    <WaysOut person={person} />
  </Plain>
)

/** For a person without an organisation, or before one is chosen. */
export const WaysOut = ({ person }: { person: Person }) => (
  <div class="ways">
    {person.mayFound && <a href={paths.newOrganization}>Open another organisation</a>}
    <a href={paths.account}>Your account</a>
    <form method="post" action={paths.signOut}>
      <button class="plain">Sign out</button>
    </form>
  </div>
)
