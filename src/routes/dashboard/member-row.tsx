import type { MemberItem } from '../../features/members/queries.ts'
import type { Membership } from '../../features/organizations/queries.ts'
import { mayGrant, permits } from '../../features/organizations/rules.ts'
import { roleWords } from '../../ui/roles.ts'
import { Ago } from '../../ui/time.tsx'
import { LeaveDialog, MemberDialogs } from './member-dialogs.tsx'

interface MemberRowProps {
  membership: Membership
  member: MemberItem
  now: number
}

export const MemberRow = ({ membership, member, now }: MemberRowProps) => {
  const { organization } = membership
  const own = member.id === membership.id
  return (
    <tr>
      <td>
        <b>
          <bdi>{member.name || member.email}</bdi>
        </b>
        {own && <span class="muted"> (you)</span>}
        <small>{member.email}</small>
      </td>
      <td class="fit">{roleWords[member.role].name}</td>
      <td class="fit hide">
        <Ago at={member.createdAt.getTime()} now={now} clock={organization} />
      </td>
      <td class="fit r">
        {own ? (
          <>
            <button class="btn" type="button" commandfor="leave" command="show-modal">
              Leave
            </button>
            <LeaveDialog organization={organization} />
          </>
        ) : (
          <More membership={membership} member={member} />
        )}
      </td>
    </tr>
  )
}

/** What may be done about a colleague; nothing is offered that would be refused. */
const More = ({ membership, member }: Omit<MemberRowProps, 'now'>) => {
  const { role } = membership
  if (!mayGrant(membership, member.role)) return null
  const entry = (dialog: string, label: string, tone?: string) => (
    <button type="button" class={tone} commandfor={`${dialog}-${member.id}`} command="show-modal">
      {label}
    </button>
  )
  return (
    <>
      <details class="more">
        <summary class="btn" aria-label={`More for ${member.name || member.email}`}>
          More
        </summary>
        <div class="menu">
          {permits(role, 'member.change') && entry('role', 'Change role')}
          {permits(role, 'organization.transfer') && entry('transfer', 'Transfer ownership')}
          {permits(role, 'member.remove') && entry('remove', 'Remove', 'red')}
        </div>
      </details>
      <MemberDialogs membership={membership} member={member} />
    </>
  )
}
