import type { ListEmails } from '../../features/emails/input.ts'
import type { EmailItem } from '../../features/emails/queries.ts'
import { mayRetry } from '../../features/emails/rules.ts'
import type { Membership, Person } from '../../features/organizations/queries.ts'
import type { Page } from '../../lib/page.ts'
import { paths, withQuery } from '../../paths.ts'
import { Dashboard } from '../../ui/dashboard.tsx'
import { Pager } from '../../ui/pager.tsx'
import { Ago } from '../../ui/time.tsx'
import { actions, fit, Table } from '../../ui/table.tsx'
import { emailKind, emailLabel } from './email-state.ts'

interface EmailListProps {
  person: Person
  membership: Membership
  list: Page<EmailItem>
  input: ListEmails
  now: number
}

export const EmailList = ({ person, membership, list, input, now }: EmailListProps) => {
  const { organization } = membership
  const { slug } = organization
  const { attention, cursor } = input
  const chip = (label: string, value: '1' | undefined) => (
    <a
      href={withQuery(paths.emails(slug), { attention: value })}
      {...(attention === value ? { 'aria-current': 'true' } : {})}
    >
      {label}
    </a>
  )
  return (
    <Dashboard title="Emails" area="emails" person={person} membership={membership}>
      <div class="top">
        <h1>Emails</h1>
      </div>
      <nav class="chips" aria-label="Which emails">
        {chip('All', undefined)}
        {chip('Needs you', '1')}
      </nav>
      {list.items.length === 0 ? (
        <div class="card blank">
          <h2>{attention ? 'Nothing needs you' : 'No emails yet'}</h2>
          <p>
            {attention
              ? 'Every email arrived, or is on its way.'
              : 'Every email we send for you is listed here, with what became of it.'}
          </p>
        </div>
      ) : (
        <div class="card">
          <Table of="mails" heads={['To', fit('State'), fit('Since'), actions]}>
            {list.items.map((mail) => (
              <EmailRow mail={mail} membership={membership} now={now} />
            ))}
          </Table>
        </div>
      )}
      <Pager
        back={
          cursor === undefined
            ? undefined
            : { label: 'Newest', href: withQuery(paths.emails(slug), { attention }) }
        }
        on={
          list.next === null
            ? undefined
            : {
                label: 'Older',
                href: withQuery(paths.emails(slug), { attention, cursor: list.next }),
              }
        }
      />
    </Dashboard>
  )
}

const EmailRow = ({
  mail,
  membership,
  now,
}: {
  mail: EmailItem
  membership: Membership
  now: number
}) => {
  const { organization } = membership
  const { tone, label } = emailLabel({ state: mail.state, at: mail.stateAt, now })
  return (
    <tr>
      <td>
        <b>{mail.to}</b>
        <small>
          {mail.portalId === null ? (
            emailKind(mail.kind)
          ) : (
            <a href={paths.portalOf(organization.slug, mail.portalId)}>{emailKind(mail.kind)}</a>
          )}
        </small>
        {mail.reason && <small class={tone}>{mail.reason}</small>}
      </td>
      <td class="fit">
        <span class={`tag ${tone}`}>{label}</span>
      </td>
      <td class="fit muted">
        <Ago at={mail.stateAt} now={now} clock={organization} />
      </td>
      <td class="fit r">
        {mayRetry(mail) && (
          <form method="post" action={paths.retryEmail(organization.slug, mail.id)}>
            <button class="btn">
              Try again<span class="unseen"> to {mail.to}</span>
            </button>
          </form>
        )}
        {mail.retriedBy !== null && <span class="muted">Tried again</span>}
      </td>
    </tr>
  )
}
