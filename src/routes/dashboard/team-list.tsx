import type { TeamPage } from '../../features/members/input.ts'
import type { Team } from '../../features/members/queries.ts'
import type { Membership, Person } from '../../features/organizations/queries.ts'
import { permits } from '../../features/organizations/rules.ts'
import { paths, withQuery } from '../../paths.ts'
import { Dashboard } from '../../ui/dashboard.tsx'
import type { FormState } from '../../ui/fields.tsx'
import { Pager } from '../../ui/pager.tsx'
import { actions, fit, Table } from '../../ui/table.tsx'
import { Grants } from './grants.tsx'
import { InvitationRow } from './invitation-row.tsx'
import { InviteForm } from './invite-form.tsx'
import { MemberRow } from './member-row.tsx'

interface TeamListProps {
  person: Person
  membership: Membership
  team: Team
  page: TeamPage
  /** The form that invites. */
  form: FormState
  now: number
}

export const TeamList = ({ person, membership, team, page, form, now }: TeamListProps) => {
  const { organization, role } = membership
  const { members, invitations } = team
  const at = (query: Record<string, string | undefined>) =>
    withQuery(paths.team(organization.slug), query)
  const { cursor, invited } = page
  return (
    <Dashboard title="Team" area="team" person={person} membership={membership}>
      <div class="top">
        <h1>Team</h1>
      </div>
      <div class="column wide-column">
        <section class="card" aria-labelledby="members">
          <div class="card-head">
            <h2 id="members">Members</h2>
          </div>
          {members.items.length === 0 ? (
            <p class="empty">You have reached the end of the list.</p>
          ) : (
            <Table
              of="team"
              heads={['Name', fit('Role'), { name: 'Here since', class: 'fit hide' }, actions]}
            >
              {members.items.map((member) => (
                <MemberRow membership={membership} member={member} now={now} />
              ))}
            </Table>
          )}
        </section>
        <Pager
          label="Pages of members"
          back={
            cursor === undefined ? undefined : { label: 'First members', href: at({ invited }) }
          }
          on={
            members.next === null
              ? undefined
              : { label: 'More members', href: at({ cursor: members.next, invited }) }
          }
        />
        {permits(role, 'member.invite') && (
          <section class="card" aria-labelledby="invitations">
            <div class="card-head">
              <h2 id="invitations">Invite somebody</h2>
            </div>
            <InviteForm membership={membership} form={form} />
            {invitations.items.length > 0 && (
              <ul class="links" aria-label="Invited">
                {invitations.items.map((invitation) => (
                  <InvitationRow membership={membership} invitation={invitation} now={now} />
                ))}
              </ul>
            )}
          </section>
        )}
        <Pager
          label="Pages of invitations"
          back={
            invited === undefined
              ? undefined
              : { label: 'Newest invitations', href: at({ cursor }) }
          }
          on={
            invitations.next === null || !permits(role, 'member.invite')
              ? undefined
              : { label: 'Older invitations', href: at({ cursor, invited: invitations.next }) }
          }
        />
        <Grants own={role} />
      </div>
    </Dashboard>
  )
}
