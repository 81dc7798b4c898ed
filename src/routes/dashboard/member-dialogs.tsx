import type { Child } from 'hono/jsx'
import type { Organization } from '../../ctx.ts'
import type { MemberItem } from '../../features/members/queries.ts'
import type { Membership } from '../../features/organizations/queries.ts'
import { grantable, permits } from '../../features/organizations/rules.ts'
import { paths, type MemberAction } from '../../paths.ts'
import { ChoiceField } from '../../ui/fields.tsx'
import { roleWords } from '../../ui/roles.ts'

interface QuestionProps {
  id: string
  title: string
  action: string
  /** What the button that does it says, and whether it takes something away. */
  button: string
  danger?: boolean
  children: Child
}

const Question = ({ id, title, action, button, danger, children }: QuestionProps) => (
  <dialog id={id} aria-labelledby={`${id}-title`}>
    <h3 id={`${id}-title`}>{title}</h3>
    <form method="post" action={action}>
      {children}
      <div class="actions">
        <button class={`btn ${danger ? 'danger' : 'go'}`}>{button}</button>
        <button class="btn" type="button" commandfor={id} command="close">
          Cancel
        </button>
      </div>
    </form>
  </dialog>
)

/** The questions before somebody's role changes or ends. */
export const MemberDialogs = ({
  membership,
  member,
}: {
  membership: Membership
  member: MemberItem
}) => {
  const { organization, role } = membership
  const { id } = member
  const name = member.name || member.email
  const to = (action: MemberAction) => paths.memberAction(organization.slug, id, action)
  return (
    <>
      {permits(role, 'member.change') && (
        <Question
          id={`role-${id}`}
          title={`${name}’s role`}
          action={to('role')}
          button="Change role"
        >
          <ChoiceField
            form={{ values: { role: member.role }, errors: [] }}
            name="role"
            label="Role"
            options={grantable(membership).map((value) => ({
              value,
              label: roleWords[value].name,
              hint: roleWords[value].hint,
            }))}
          />
        </Question>
      )}
      {permits(role, 'organization.transfer') && (
        <Question
          id={`transfer-${id}`}
          title={`Transfer ownership to ${name}?`}
          action={to('transfer')}
          button="Transfer"
          danger
        >
          <p>
            {name} becomes an owner of {organization.name}, and you become an admin. Only an owner
            can give it back to you.
          </p>
        </Question>
      )}
      {permits(role, 'member.remove') && (
        <Question
          id={`remove-${id}`}
          title={`Remove ${name}?`}
          action={to('remove')}
          button="Remove"
          danger
        >
          <p>
            They are out of {organization.name} at once, in every tab. What they did stays. You can
            invite them again at any time.
          </p>
        </Question>
      )}
    </>
  )
}

export const LeaveDialog = ({ organization }: { organization: Organization }) => (
  <Question
    id="leave"
    title={`Leave ${organization.name}?`}
    action={paths.leave(organization.slug)}
    button="Leave"
    danger
  >
    <p>You lose sight of its portals at once. Somebody has to invite you to come back.</p>
  </Question>
)
