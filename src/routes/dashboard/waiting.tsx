import type { WaitingInvitation } from '../../features/invitations/queries.ts'
import type { Person } from '../../features/organizations/queries.ts'
import { paths } from '../../paths.ts'
import { TextField, type FormState } from '../../ui/fields.tsx'
import { roleWords } from '../../ui/roles.ts'

interface WaitingProps {
  person: Person
  invitations: readonly WaitingInvitation[]
  /** What came back of one of the forms. */
  sent?: { invitation: string; form: FormState } | undefined
}

/** The invitations that wait for whoever is signed in. */
export const Waiting = ({ person, invitations, sent }: WaitingProps) => (
  <ul class="waiting">
    {invitations.map(({ id, organization, invitedBy, role }) => (
      <li>
        <form method="post" action={paths.acceptInvitation(id)}>
          <div>
            <b>
              <bdi>{organization}</bdi>
            </b>
            <small>
              <bdi>{invitedBy}</bdi> invites you as {roleWords[role].as}.
            </small>
          </div>
          {person.name === '' && (
            <TextField
              form={sent?.invitation === id ? sent.form : { values: {}, errors: [] }}
              name="name"
              label="Your name"
              maxlength={80}
              autocomplete="name"
              required
            />
          )}
          <button class="btn go">
            Join<span class="unseen"> {organization}</span>
          </button>
        </form>
      </li>
    ))}
  </ul>
)
