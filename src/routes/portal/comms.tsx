import type { ClientMessage, ClientReading } from '../../features/links/content.ts'
import { MESSAGES_SHOWN } from '../../features/links/content.ts'
import { beginning, initials, LONGEST_MESSAGE, seenBy } from '../../features/messages/rules.ts'
import { formatMoment, formatTime, type Clock } from '../../lib/day.ts'
import { paths, withQuery } from '../../paths.ts'
import type { FormState } from '../../ui/fields.tsx'
import { MessageBody } from '../../ui/message-body.tsx'

interface Viewer {
  contactId: string
  clock: Clock
  now: number
}

interface CommsProps extends Viewer {
  /** Newest first, one more than shown. */
  messages: readonly ClientMessage[]
  readings: readonly ClientReading[]
  team: string
  /** Null for a member who looks on. */
  token: string | null
  /** Whether the viewer may write: not in a preview, not in an archived portal. */
  open: boolean
  /** What was written and refused; a fresh id and nothing else at first. */
  form: FormState
}

/** The thread as the client sees it, oldest of the shown first, with room to answer. */
export const Comms = ({ messages, readings, team, token, open, form, ...viewer }: CommsProps) => {
  const shown = messages.slice(0, MESSAGES_SHOWN)
  const [oldest] = shown.slice(-1)
  const earlier = messages.length > MESSAGES_SHOWN
  return (
    <section class="panel" id="messages" data-live={open ? '' : undefined}>
      <h2>
        Comms
        <Seen messages={shown} readings={readings} {...viewer} />
      </h2>
      {shown.length === 0 ? (
        <p class="empty">
          <b>No messages yet</b>
          What you and {team} write to each other will be here.
        </p>
      ) : (
        <div class="comms">
          {earlier && token !== null && oldest && (
            <a class="earlier" href={withQuery(paths.clientMessages(token), { cursor: oldest.id })}>
              Earlier messages
            </a>
          )}
          {shown.toReversed().map((message) => (
            <ClientMessageRow message={message} {...viewer} />
          ))}
        </div>
      )}
      {open && token !== null && <Compose token={token} form={form} />}
    </section>
  )
}

/** Who of the others has seen the newest message: on a busy thread the first word of all. */
const Seen = ({
  messages,
  readings,
  contactId,
  clock,
}: Viewer & { messages: readonly ClientMessage[]; readings: readonly ClientReading[] }) => {
  const [newest] = messages
  if (!newest) return null
  const readers = readings.map(({ readerKind, readerId, readerName, at }) => ({
    kind: readerKind,
    id: readerId,
    name: readerName,
    at,
  }))
  const first = seenBy(newest, readers).find(({ id }) => id !== contactId)
  if (!first) return null
  return (
    <span>
      Seen by <bdi>{first.name}</bdi> {formatTime(first.at, clock)}
    </span>
  )
}

/** How much of a long message the page shows before "more". */
const SHOWN_LENGTH = 600

export const ClientMessageRow = ({
  message,
  contactId,
  clock,
  now,
}: Viewer & { message: ClientMessage }) => {
  const mine = message.authorId === contactId
  const short = beginning(message.body, SHOWN_LENGTH)
  return (
    <article class={mine ? 'msg you' : 'msg'}>
      <span class="face" aria-hidden="true">
        {initials(message.authorName)}
      </span>
      <div>
        <b>
          <bdi>{mine ? 'You' : message.authorName}</bdi>
        </b>{' '}
        <time datetime={new Date(message.createdAt).toISOString()}>
          {formatMoment(message.createdAt, now, clock)}
        </time>
        {short === message.body ? (
          <p>
            <MessageBody body={message.body} />
          </p>
        ) : (
          <details class="long">
            <summary>
              <MessageBody body={short} /> <u>more</u>
            </summary>
            <p>
              <MessageBody body={message.body} />
            </p>
          </details>
        )}
      </div>
    </article>
  )
}

const Compose = ({ token, form }: { token: string; form: FormState }) => {
  const [wrong] = form.errors
  return (
    <form method="post" action={paths.clientMessages(token)} class="compose">
      <input type="hidden" name="id" value={form.values['id'] ?? ''} />
      <keep-draft>
        <textarea
          name="body"
          rows={2}
          maxlength={LONGEST_MESSAGE}
          required
          aria-label="Write a message"
          placeholder="Write a message…"
          {...(wrong ? { 'aria-invalid': 'true', 'aria-describedby': 'message-error' } : {})}
        >
          {form.values['body'] ?? ''}
        </textarea>
      </keep-draft>
      <button class="btn go">Send</button>
      {wrong && (
        <p class="red" id="message-error" role="alert">
          {wrong.message}
        </p>
      )}
    </form>
  )
}
