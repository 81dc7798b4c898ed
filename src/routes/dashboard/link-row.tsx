import type { LinkItem } from '../../features/links/queries.ts'
import { linkState, type LinkState } from '../../features/links/rules.ts'
import type { Membership } from '../../features/organizations/queries.ts'
import { authorise } from '../../features/organizations/rules.ts'
import { dayOf, formatDay } from '../../lib/day.ts'
import { paths, type LinkAction } from '../../paths.ts'
import { Ago } from '../../ui/time.tsx'
import { emailLabel } from './email-state.ts'
import { LinkDialogs } from './link-dialogs.tsx'

const stateTags: Record<LinkState, { tone: string; label: string }> = {
  live: { tone: 'teal', label: 'Live' },
  paused: { tone: 'amber', label: 'Paused' },
  expired: { tone: 'red', label: 'Expired' },
}

interface LinkRowProps {
  membership: Membership
  link: LinkItem
  /** Whether its portal is archived, where nobody new is invited. */
  archived: boolean
  now: number
}

export const LinkRow = ({ membership, link, archived, now }: LinkRowProps) => {
  const { organization, role } = membership
  const state = linkState(link, now)
  const may = (permission: Parameters<typeof authorise>[1]) =>
    authorise({ kind: 'member', role }, permission)
  const to = (action: LinkAction) =>
    paths.linkAction(organization.slug, link.portalId, link.id, action)
  const { tone, label } = stateTags[state]
  const whose = <span class="unseen"> of {link.contact.name}</span>
  return (
    <li class="link">
      <div class="who">
        <b>
          <bdi>{link.contact.name}</bdi>
        </b>
        <small>
          {link.contact.email} · {link.scope === 'all' ? 'everything' : 'invoices only'}
        </small>
      </div>
      <div class="facts">
        <span class={`tag ${tone}`}>{label}</span>
        {link.expiresAt !== null && (
          <span class="muted">
            {state === 'expired' ? 'Last day was ' : 'Last day '}
            {formatDay(dayOf(link.expiresAt - 1, organization.timeZone), organization.locale)}
          </span>
        )}
        <EmailFact membership={membership} link={link} archived={archived} now={now} />
        <small>
          {link.seenAt === null ? (
            'Portal never opened'
          ) : (
            <>
              Portal opened {link.seenCount === 1 ? 'once' : `${link.seenCount} times`}, most
              recently <Ago at={link.seenAt} now={now} clock={organization} />
            </>
          )}
        </small>
      </div>
      <div class="acts">
        {may('link.reveal') && (
          <form method="post" action={to('reveal')} data-copy>
            <button class="btn" aria-live="polite">
              Copy link{whose}
            </button>
          </form>
        )}
        <a class="btn" href={to('view')}>
          View as client
        </a>
        <details class="more">
          <summary class="btn" aria-label={`More for ${link.contact.name}`}>
            More
          </summary>
          <div class="menu">
            {state === 'live' && (
              <form method="post" action={to('send')}>
                <button>{link.email === null ? 'Email the link' : 'Send again'}</button>
              </form>
            )}
            <a href={paths.link(organization.slug, link.portalId, link.id)}>Change access</a>
            <form method="post" action={to(link.pausedAt === null ? 'pause' : 'resume')}>
              <button>{link.pausedAt === null ? 'Pause' : 'Resume'}</button>
            </form>
            {may('link.replace') && (
              <button type="button" commandfor={`replace-${link.id}`} command="show-modal">
                Replace
              </button>
            )}
            {may('link.delete') && (
              <button
                type="button"
                class="red"
                commandfor={`delete-${link.id}`}
                command="show-modal"
              >
                Delete
              </button>
            )}
          </div>
        </details>
      </div>
      <LinkDialogs link={link} to={to} may={may} />
    </li>
  )
}

/** What became of the mail that was last sent for the link; a bounce says what to do about it. */
const EmailFact = ({ membership, link, archived, now }: LinkRowProps) => {
  const { organization } = membership
  const { email } = link
  if (email === null) return <small>Not emailed</small>
  const { tone, label } = emailLabel({ state: email.status, at: email.at, now })
  const lost = email.status === 'bounced' || email.status === 'failed'
  return (
    <>
      <small class={tone === 'red' || tone === 'amber' ? tone : undefined}>
        {lost ? <b>Email {label.toLowerCase()}</b> : `Email ${label.toLowerCase()}`}{' '}
        <Ago at={email.at} now={now} clock={organization} />
      </small>
      {email.reason && (
        <small>
          {email.reason}{' '}
          {email.status === 'bounced' && !archived && (
            <>
              Check the address and{' '}
              <a href={paths.newLink(organization.slug, link.portalId)}>invite them again</a>.
            </>
          )}
        </small>
      )}
    </>
  )
}
