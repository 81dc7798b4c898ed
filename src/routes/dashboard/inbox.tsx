import type { InboxInput } from '../../features/messages/input.ts'
import type { InboxItem } from '../../features/messages/queries.ts'
import { beginning } from '../../features/messages/rules.ts'
import type { Membership, Person } from '../../features/organizations/queries.ts'
import type { Clock } from '../../lib/day.ts'
import type { Page } from '../../lib/page.ts'
import { paths, withQuery } from '../../paths.ts'
import { Dashboard } from '../../ui/dashboard.tsx'
import { Pager } from '../../ui/pager.tsx'
import { Pill } from '../../ui/pill.tsx'
import { Ago } from '../../ui/time.tsx'
import { numbers, Table } from '../../ui/table.tsx'

interface InboxProps {
  person: Person
  membership: Membership
  list: Page<InboxItem>
  input: InboxInput
  now: number
}

/** The threads of all active portals, whoever wrote last on top. */
export const Inbox = ({ person, membership, list, input, now }: InboxProps) => {
  const { organization } = membership
  const { slug } = organization
  const { unread, cursor } = input
  const chip = (label: string, value: '1' | undefined) => (
    <a
      href={withQuery(paths.inbox(slug), { unread: value })}
      {...(unread === value ? { 'aria-current': 'true' } : {})}
    >
      {label}
    </a>
  )
  return (
    <Dashboard title="Inbox" area="inbox" person={person} membership={membership}>
      <div class="top">
        <h1>Inbox</h1>
      </div>
      <nav class="chips" aria-label="Which threads">
        {chip('All', undefined)}
        {chip('Unread', '1')}
      </nav>
      {list.items.length === 0 ? (
        <Blank input={input} />
      ) : (
        <div class="card">
          <Table of="inbox" heads={['Thread', 'Last message', numbers('When'), numbers('New')]}>
            {list.items.map((item) => (
              <Row item={item} slug={slug} clock={organization} now={now} />
            ))}
          </Table>
        </div>
      )}
      <Pager
        back={
          cursor === undefined
            ? undefined
            : { label: 'Newest', href: withQuery(paths.inbox(slug), { unread }) }
        }
        on={
          list.next === null
            ? undefined
            : {
                label: 'Older',
                href: withQuery(paths.inbox(slug), { unread, cursor: list.next }),
              }
        }
      />
    </Dashboard>
  )
}

const Blank = ({ input: { unread, cursor } }: { input: InboxInput }) => (
  <div class="card blank">
    <h2>
      {cursor !== undefined ? 'Nothing further back' : unread ? 'All read' : 'No messages yet'}
    </h2>
    <p>
      {cursor !== undefined
        ? 'You have seen every thread there is.'
        : unread
          ? 'Somebody of the team has seen everything that clients wrote.'
          : 'What clients and your team write to each other in a portal is gathered here.'}
    </p>
  </div>
)

interface RowProps {
  item: InboxItem
  slug: string
  clock: Clock
  now: number
}

const Row = ({ item, slug, clock, now }: RowProps) => (
  <tr class={item.unread > 0 ? 'fresh' : undefined}>
    <td>
      {/* Where the newest words are, with room to answer. */}
      <a class="cover" href={`${paths.messages(slug, item.id)}#write`}>
        <b>{item.project}</b>
      </a>
      <small>
        <bdi>{item.client}</bdi>
      </small>
    </td>
    <td class="snippet">
      {item.latest === null ? (
        <span class="muted">Everything here is archived.</span>
      ) : (
        <>
          <b>
            <bdi>{item.latest.author}</bdi>
          </b>{' '}
          {item.latest.kind === 'member' && (
            <>
              <span class="from">Team</span>{' '}
            </>
          )}
          <span class="muted">
            <bdi>{beginning(item.latest.body.replace(/\s+/g, ' '), 140)}</bdi>
          </span>
        </>
      )}
    </td>
    <td class="fit r muted">
      <Ago at={item.lastMessageAt} now={now} clock={clock} />
    </td>
    <td class="fit r">
      <Pill count={item.unread} />
    </td>
  </tr>
)
