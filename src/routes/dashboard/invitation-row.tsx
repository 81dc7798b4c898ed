import type { InvitationItem } from '../../features/invitations/queries.ts'
import type { Membership } from '../../features/organizations/queries.ts'
import { mayGrant } from '../../features/organizations/rules.ts'
import { dayOf, formatDay } from '../../lib/day.ts'
import { paths } from '../../paths.ts'
import { roleWords } from '../../ui/roles.ts'
import { Ago } from '../../ui/time.tsx'
import { emailLabel } from './email-state.ts'

interface InvitationRowProps {
  membership: Membership
  invitation: InvitationItem
  now: number
}

export const InvitationRow = ({ membership, invitation, now }: InvitationRowProps) => {
  const { organization } = membership
  const { id, email, role, invitedBy, expiresAt } = invitation
  const over = expiresAt <= now
  const lastDay = formatDay(dayOf(expiresAt, organization.timeZone), organization.locale)
  const whose = <span class="unseen"> to {email}</span>
  return (
    <li class="link">
      <div class="who">
        <b>{email}</b>
        <small>
          {roleWords[role].name} · by <bdi>{invitedBy}</bdi>
        </small>
      </div>
      <div class="facts">
        <span class={`tag ${over ? 'amber' : 'blue'}`}>{over ? 'Ran out' : 'Invited'}</span>
        <span class="muted">{over ? lastDay : `until ${lastDay}`}</span>
        <MailFact membership={membership} invitation={invitation} now={now} />
      </div>
      <div class="acts">
        {mayGrant(membership, role) && (
          <>
            <form method="post" action={paths.invitationAction(organization.slug, id, 'resend')}>
              <button class="btn">Send again{whose}</button>
            </form>
            <form method="post" action={paths.invitationAction(organization.slug, id, 'revoke')}>
              <button class="btn">Withdraw{whose}</button>
            </form>
          </>
        )}
      </div>
    </li>
  )
}

/** What became of the mail that was last sent. */
const MailFact = ({ membership, invitation, now }: InvitationRowProps) => {
  const { mail } = invitation
  if (mail === null) return <small>Not emailed</small>
  const { tone, label } = emailLabel({ state: mail.status, at: mail.at, now })
  return (
    <>
      <small class={tone === 'red' || tone === 'amber' ? tone : undefined}>
        Email {label.toLowerCase()} <Ago at={mail.at} now={now} clock={membership.organization} />
      </small>
      {mail.reason && <small>{mail.reason}</small>}
    </>
  )
}
