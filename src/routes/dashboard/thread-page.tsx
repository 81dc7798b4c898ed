import type { MessageItem, PortalThread } from '../../features/messages/queries.ts'
import {
  beginning,
  initials,
  LONGEST_MESSAGE,
  seenBy,
  tagOf,
  type Place,
} from '../../features/messages/rules.ts'
import type { Membership, Person } from '../../features/organizations/queries.ts'
import { formatMoment, formatWhen, type Clock } from '../../lib/day.ts'
import { paths, withQuery } from '../../paths.ts'
import type { FormState } from '../../ui/fields.tsx'
import { Lines } from '../../ui/lines.tsx'
import { MessageBody } from '../../ui/message-body.tsx'
import { PortalFrame } from './portal-frame.tsx'

interface ThreadProps {
  person: Person
  membership: Membership
  thread: PortalThread
  place: Place & { archived: boolean }
  /** The message that is being written. */
  form: FormState
  now: number
}

/**
 * A portal's thread for the team, oldest of the shown first. The script draws what is marked as a part
 * or has an id anew when there is news; the form stays.
 */
export const ThreadPage = ({ person, membership, thread, place, form, now }: ThreadProps) => {
  const { organization } = membership
  const { portal, page, version } = thread
  const here = paths.messages(organization.slug, portal.id)
  const archived = place.archived ? '1' : undefined
  const to = (query: Record<string, string | undefined> = {}) =>
    withQuery(here, { archived, ...query })
  const newest = page.newer === null
  const open = portal.archivedAt === null
  return (
    <PortalFrame person={person} membership={membership} portal={portal} tab="messages" now={now}>
      <section
        class="card thread"
        aria-labelledby="messages"
        data-thread={tagOf(version)}
        {...(newest
          ? {
              'data-live': withQuery(paths.api.messages(portal.id), { limit: '1' }),
              'data-organization': organization.slug,
            }
          : {})}
      >
        <div class="card-head">
          <h2 id="messages">Messages</h2>
          <span class="muted" data-part="seen">
            {newest && <Seen {...{ thread, person, now }} clock={organization} />}
          </span>
          <div class="acts">
            <span data-part="unread">
              {portal.unread > 0 && newest && (
                <form
                  method="post"
                  action={withQuery(paths.readMessages(organization.slug, portal.id), { archived })}
                  data-read
                >
                  <input type="hidden" name="thread" value={tagOf(version)} />
                  <button class="btn">Mark as read</button>
                </form>
              )}
            </span>
            <a class="btn" href={withQuery(here, { archived: archived ? undefined : '1' })}>
              {archived ? 'Hide archived' : 'Show archived'}
            </a>
          </div>
        </div>
        <div class="thread-log" role="log" aria-label="Messages" data-log>
          {page.items.length === 0 && (
            <p class="empty">
              {newest && page.earlier === null
                ? 'Nobody has written yet. What you write here, the client reads in their portal and in an email.'
                : 'Nothing further back.'}
            </p>
          )}
          {page.earlier !== null && (
            <a class="earlier" href={to({ cursor: page.earlier })}>
              Earlier messages
            </a>
          )}
          {page.items.toReversed().map((message) => (
            <MessageRow
              message={message}
              slug={organization.slug}
              archived={archived}
              clock={organization}
              now={now}
            />
          ))}
        </div>
        {!newest && (
          <p class="newer">
            <a href={to({ after: page.newer ?? undefined })}>Newer messages</a>
            <a href={to()}>To the newest</a>
          </p>
        )}
        {newest && (open || form.errors.length > 0) && (
          <Compose
            action={to()}
            form={form}
            open={open}
            client={portal.client}
            sent={page.items.find(({ authorId }) => authorId === person.userId)?.id}
          />
        )}
      </section>
    </PortalFrame>
  )
}

/** Who of the others has seen the newest message. */
const Seen = ({
  thread,
  person,
  clock,
  now,
}: {
  thread: PortalThread
  person: Person
  clock: Clock
  now: number
}) => {
  const newest = thread.page.items.find(({ archivedAt }) => archivedAt === null)
  const first = newest && seenBy(newest, thread.readings).find(({ id }) => id !== person.userId)
  if (!first) return null
  return (
    <>
      Seen by <bdi>{first.name}</bdi> {formatWhen(first.at, now, clock)}
    </>
  )
}

/** How much of a long message the page shows before "more". */
const SHOWN_LENGTH = 600

interface RowProps {
  message: MessageItem
  slug: string
  archived: string | undefined
  clock: Clock
  now: number
}

const MessageRow = ({ message, slug, archived, clock, now }: RowProps) => {
  const { authorKind, authorName, createdAt, archivedAt, body } = message
  const away = archivedAt !== null
  const short = beginning(body, SHOWN_LENGTH)
  const to = (action: 'archive' | 'restore') =>
    withQuery(paths.messageAction(slug, message.portalId, message.id, action), { archived })
  const when = formatMoment(createdAt, now, clock)
  return (
    <article
      class={`msg ${authorKind === 'contact' ? 'theirs' : 'ours'}${away ? ' away' : ''}`}
      id={`m${message.seq}`}
    >
      <span class="face" aria-hidden="true">
        {initials(authorName)}
      </span>
      <div>
        <p class="said">
          <b>
            <bdi>{authorName}</bdi>
          </b>{' '}
          <span class="from">{authorKind === 'contact' ? 'Client' : 'Team'}</span>{' '}
          <time datetime={new Date(createdAt).toISOString()}>{when}</time>
          {away && <span class="tag">Archived</span>}
        </p>
        {short === body ? (
          <p>
            <MessageBody body={body} />
          </p>
        ) : (
          <details class="whole">
            <summary>
              <span>
                <Lines text={short} />
              </span>{' '}
              <u>more</u>
            </summary>
            <p>
              <MessageBody body={body} />
            </p>
          </details>
        )}
      </div>
      <form method="post" action={to(away ? 'restore' : 'archive')}>
        <button class="btn quiet">
          {away ? 'Restore' : 'Archive'}
          <span class="unseen">
            {' '}
            what {authorName} wrote {when}
          </span>
        </button>
      </form>
    </article>
  )
}

interface ComposeProps {
  action: string
  form: FormState
  /** False for words that came back from a portal that takes no more. */
  open: boolean
  client: string
  sent: string | undefined
}

const Compose = ({ action, form, open, client, sent }: ComposeProps) => {
  const [wrong] = form.errors
  return (
    <form method="post" action={action} class="compose" id="write" data-part="compose">
      <input type="hidden" name="id" value={form.values['id'] ?? ''} />
      <keep-draft {...(sent === undefined ? {} : { 'data-sent': sent })}>
        <div class="field">
          <textarea
            name="body"
            rows={3}
            maxlength={LONGEST_MESSAGE}
            required
            readonly={!open}
            aria-label={`Write to ${client}`}
            placeholder={`Write to ${client}…`}
            {...(wrong
              ? { 'aria-invalid': 'true', 'aria-describedby': 'message-error', autofocus: true }
              : {})}
          >
            {/* A first line break right after the tag is not the text's own. */}
            {`\n${form.values['body'] ?? ''}`}
          </textarea>
        </div>
      </keep-draft>
      {wrong && (
        <p class="error" id="message-error" role="alert">
          {wrong.message}
        </p>
      )}
      {open && (
        <div class="actions">
          <button class="btn go">Send</button>
          <small>They are emailed in a few minutes unless they see it before.</small>
        </div>
      )}
    </form>
  )
}
