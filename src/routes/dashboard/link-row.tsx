import type { LinkItem } from '../../features/links/queries.ts'
import { linkState, type LinkState } from '../../features/links/rules.ts'
import type { Membership } from '../../features/organizations/queries.ts'
import { authorise } from '../../features/organizations/rules.ts'
import { formatInstant } from '../../lib/day.ts'
import { paths, type LinkAction } from '../../paths.ts'
import { Ago } from '../../ui/time.tsx'
import { EmailTag } from './email-state.tsx'

const stateTags: Record<LinkState, { tone: string; label: string }> = {
  live: { tone: 'teal', label: 'Live' },
  paused: { tone: 'amber', label: 'Paused' },
  expired: { tone: 'red', label: 'Expired' },
}

export const LinkRow = ({
  membership,
  link,
  now,
}: {
  membership: Membership
  link: LinkItem
  now: number
}) => {
  const { organization, role } = membership
  const state = linkState(link, now)
  const may = (permission: Parameters<typeof authorise>[1]) =>
    authorise({ kind: 'member', role }, permission)
  const to = (action: LinkAction) =>
    paths.linkAction(organization.slug, link.portalId, link.id, action)
  const { tone, label } = stateTags[state]
  const confirm = (action: string) => `${action}-${link.id}`
  return (
    <li class="link">
      <div class="who">
        <b>{link.contact.name}</b>
        <small>
          {link.contact.email} · {link.scope === 'all' ? 'everything' : 'invoices only'}
        </small>
      </div>
      <div class="facts">
        <span class={`tag ${tone}`}>{label}</span>
        {link.email ? (
          <span class="mail">
            <EmailTag state={link.email.status} />{' '}
            <Ago at={link.email.at} now={now} clock={organization} />
          </span>
        ) : (
          <span class="muted">Not emailed</span>
        )}
        {link.email?.status === 'bounced' && (
          <small class="red">
            {link.email.reason ?? 'The address takes no mail.'} Check the address and invite again.
          </small>
        )}
        <small>
          {link.seenAt === null ? (
            'Never opened'
          ) : (
            <>
              Opened {link.seenCount === 1 ? 'once' : `${link.seenCount} times`}, last{' '}
              <Ago at={link.seenAt} now={now} clock={organization} />
            </>
          )}
          {link.expiresAt !== null &&
            ` · ${state === 'expired' ? 'ended' : 'until'} ${formatInstant(link.expiresAt, organization)}`}
        </small>
      </div>
      <div class="acts">
        {may('link.reveal') && (
          <form method="post" action={to('reveal')}>
            <button class="btn">Copy</button>
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
                <button>Send again</button>
              </form>
            )}
            <a href={paths.link(organization.slug, link.portalId, link.id)}>Change access</a>
            <form method="post" action={to(link.pausedAt === null ? 'pause' : 'resume')}>
              <button>{link.pausedAt === null ? 'Pause' : 'Resume'}</button>
            </form>
            {may('link.replace') && (
              <button type="button" commandfor={confirm('replace')} command="show-modal">
                Replace
              </button>
            )}
            {may('link.delete') && (
              <button type="button" class="red" commandfor={confirm('delete')} command="show-modal">
                Delete
              </button>
            )}
          </div>
        </details>
      </div>
      {may('link.replace') && (
        <dialog id={confirm('replace')} aria-labelledby={`${confirm('replace')}-title`}>
          <h3 id={`${confirm('replace')}-title`}>Replace {link.contact.name}’s link?</h3>
          <p>
            The address they have now stops working at once. They keep their place under a new one.
          </p>
          <form method="post" action={to('replace')}>
            <input type="hidden" name="version" value={String(link.version)} />
            <label class="field check">
              <input type="checkbox" name="send" value="yes" checked />
              <span>Email the new link to {link.contact.email}</span>
            </label>
            <div class="actions">
              <button class="btn go">Replace</button>
              <button class="btn" type="button" commandfor={confirm('replace')} command="close">
                Cancel
              </button>
            </div>
          </form>
        </dialog>
      )}
      {may('link.delete') && (
        <dialog id={confirm('delete')} aria-labelledby={`${confirm('delete')}-title`}>
          <h3 id={`${confirm('delete')}-title`}>Delete {link.contact.name}’s link?</h3>
          <p>They can’t open the portal any more. You can invite them again at any time.</p>
          <form method="post" action={to('delete')} class="actions">
            <button class="btn danger">Delete</button>
            <button class="btn" type="button" commandfor={confirm('delete')} command="close">
              Cancel
            </button>
          </form>
        </dialog>
      )}
    </li>
  )
}
