import type { KeyItem } from '../../features/keys/queries.ts'
import { keyState, type KeyState } from '../../features/keys/rules.ts'
import type { Membership, Person } from '../../features/organizations/queries.ts'
import { authorise, mayGrant } from '../../features/organizations/rules.ts'
import { dayOf, formatDay } from '../../lib/day.ts'
import type { Page } from '../../lib/page.ts'
import { paths, withQuery } from '../../paths.ts'
import { Dashboard } from '../../ui/dashboard.tsx'
import { Pager } from '../../ui/pager.tsx'
import { roleWords } from '../../ui/roles.ts'
import { SettingsNav } from '../../ui/settings-nav.tsx'
import { Ago } from '../../ui/time.tsx'
import { actions, fit, Table } from '../../ui/table.tsx'

const stateTags: Record<KeyState, { tone: string; label: string }> = {
  live: { tone: 'teal', label: 'Live' },
  expired: { tone: 'amber', label: 'Expired' },
  revoked: { tone: 'red', label: 'Revoked' },
}

interface KeyListProps {
  person: Person
  membership: Membership
  list: Page<KeyItem>
  /** Whether this is the newest page, where an empty list means there are no keys at all. */
  first: boolean
  now: number
}

export const KeyList = ({ person, membership, list, first, now }: KeyListProps) => {
  const { slug } = membership.organization
  return (
    <Dashboard title="API keys" area="settings" person={person} membership={membership}>
      <div class="top">
        <h1>Settings</h1>
      </div>
      <SettingsNav membership={membership} current="keys" />
      <section class="card" aria-labelledby="keys">
        <div class="card-head">
          <h2 id="keys">API keys</h2>
          <a class="btn go" href={paths.newKey(slug)}>
            New key
          </a>
        </div>
        {list.items.length === 0 ? (
          <p class="empty">
            {first
              ? 'No keys yet. With one, your own programs do here what its role may: open a portal when a deal is won, say.'
              : 'You have reached the end of the list.'}
          </p>
        ) : (
          <Table of="keys" heads={['Key', fit('State'), fit('Last used'), actions]}>
            {list.items.map((key) => (
              <KeyRow membership={membership} item={key} now={now} />
            ))}
          </Table>
        )}
      </section>
      {list.items.length > 0 && (
        <p class="hint under-list">Last used is about calls that change something.</p>
      )}
      <Pager
        back={first ? undefined : { label: 'Newest', href: paths.keys(slug) }}
        on={
          list.next === null
            ? undefined
            : { label: 'Older', href: withQuery(paths.keys(slug), { cursor: list.next }) }
        }
      />
    </Dashboard>
  )
}

interface KeyRowProps {
  membership: Membership
  item: KeyItem
  now: number
}

const KeyRow = ({ membership, item, now }: KeyRowProps) => {
  const { organization, role } = membership
  const state = keyState(item, now)
  const { tone, label } = stateTags[state]
  const mayRevoke =
    state === 'live' &&
    authorise({ kind: 'member', role }, 'key.revoke') &&
    mayGrant({ role }, item.role)
  return (
    <tr>
      <td>
        <b>
          <bdi>{item.name}</bdi>
        </b>
        <small>
          {roleWords[item.role].name} · made{' '}
          {item.createdBy && (
            <>
              by <bdi>{item.createdBy}</bdi>,{' '}
            </>
          )}
          <Ago at={item.createdAt} now={now} clock={organization} />
        </small>
      </td>
      <td class="fit">
        <span class={`tag ${tone}`}>{label}</span>
        <small>
          <End membership={membership} item={item} now={now} />
        </small>
      </td>
      <td class="fit muted">
        {item.lastUsedAt === null ? (
          <>
            Never<span class="slim"> used</span>
          </>
        ) : (
          <>
            <span class="slim">Used </span>
            <Ago at={item.lastUsedAt} now={now} clock={organization} />
          </>
        )}
      </td>
      <td class="fit r">
        {mayRevoke && <Revoke slug={organization.slug} item={item} />}
        {state === 'live' && !mayRevoke && <span class="muted">Owners only</span>}
      </td>
    </tr>
  )
}

/** Until when a key opens something, or since when it opens nothing. */
const End = ({ membership, item, now }: KeyRowProps) => {
  const { organization } = membership
  if (item.revokedAt !== null) return <Ago at={item.revokedAt} now={now} clock={organization} />
  if (item.expiresAt === null) return <>No last day</>
  const last = formatDay(dayOf(item.expiresAt - 1, organization.timeZone), organization.locale)
  return (
    <>
      {item.expiresAt <= now ? 'Last day was' : 'Last day'} {last}
    </>
  )
}

const Revoke = ({ slug, item }: { slug: string; item: KeyItem }) => {
  const dialog = `revoke-${item.id}`
  return (
    <>
      <button class="btn" type="button" commandfor={dialog} command="show-modal">
        Revoke<span class="unseen"> {item.name}</span>
      </button>
      <dialog id={dialog} aria-labelledby={`${dialog}-title`}>
        <h3 id={`${dialog}-title`}>
          Revoke “<bdi>{item.name}</bdi>”?
        </h3>
        <p>
          Whatever uses it is refused from this moment on. It can’t be brought back; you can make
          another key.
        </p>
        <form method="post" action={paths.revokeKey(slug, item.id)} class="actions">
          <button class="btn danger">Revoke</button>
          <button class="btn" type="button" commandfor={dialog} command="close">
            Cancel
          </button>
        </form>
      </dialog>
    </>
  )
}
