import type { ClientMessage, ClientReading } from '../../features/links/thread.ts'
import {
  beginning,
  initials,
  LONGEST_MESSAGE,
  MESSAGES_SHOWN,
  seenBy,
  tagOf,
} from '../../features/messages/rules.ts'
import { entrancePaths as paths } from '../../entrance-paths.ts'
import { formatMoment, formatWhen, type Clock } from '../../lib/day.ts'
import type { FormState } from '../../ui/fields.tsx'
import { Lines } from '../../ui/lines.tsx'
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
  /** Of the thread, as it is shown here. */
  version: number
  /** Messages that the viewer has not seen. */
  unread: number
  /** Whether the viewer is mailed the news. */
  mailed: boolean
  team: string
  portal: string
  /** Null for a member who looks on. */
  token: string | null
  /** Whether the viewer may write: not in a preview, not in an archived portal. */
  open: boolean
  /** What was written and refused; a fresh id and nothing else at first. */
  form: FormState
}

/**
 * The thread as the client sees it, oldest of the shown first, with room to answer. Its script draws
 * what is marked as a part or has an id anew when there is news; the form stays.
 */
export const Comms = (props: CommsProps) => {
  const {
    messages,
    readings,
    version,
    unread,
    mailed,
    team,
    portal,
    token,
    open,
    form,
    ...viewer
  } = props
  const shown = messages.slice(0, MESSAGES_SHOWN)
  const [oldest] = shown.slice(-1)
  const earlier = messages.length > MESSAGES_SHOWN
  const refused = form.errors.length > 0
  return (
    <section
      class="panel"
      id="messages"
      {...(token === null ? {} : { 'data-thread': tagOf(version) })}
      {...(open ? { 'data-live': '' } : {})}
    >
      <h2>
        Comms
        <b data-part="new">{unread > 0 && `${unread} new`}</b>
        <span data-part="seen">
          <Seen messages={shown} readings={readings} {...viewer} />
        </span>
      </h2>
      <div class="comms" role="log" aria-label="Messages" data-log>
        {shown.length === 0 && (
          <p class="empty">
            <b>{open || token === null ? 'No messages yet' : 'No messages'}</b>
            {(open || token === null) && `What you and ${team} write to each other will be here.`}
          </p>
        )}
        {earlier && token !== null && oldest && (
          <a class="earlier" href={`${paths.clientMessages(token)}?cursor=${oldest.id}`}>
            Earlier messages
          </a>
        )}
        {shown.toReversed().map((message) => (
          <ClientMessageRow message={message} {...viewer} />
        ))}
      </div>
      {token !== null && (open || refused) && (
        <Compose
          token={token}
          portal={portal}
          form={form}
          open={open}
          sent={lastSent(shown, viewer.contactId)}
        />
      )}
      {open && token !== null && !mailed && (
        <form method="post" action={paths.clientNews(token)} class="no-mail">
          You get no emails with news. <button class="plain">Turn them on again</button>
        </form>
      )}
    </section>
  )
}

/** The viewer's own newest message: a draft that was sent as this one is no draft any more. */
const lastSent = (messages: readonly ClientMessage[], contactId: string): string | undefined =>
  messages.find(({ authorId }) => authorId === contactId)?.id

/** Who of the others has seen the newest message. */
const Seen = ({
  messages,
  readings,
  contactId,
  clock,
  now,
}: Viewer & { messages: readonly ClientMessage[]; readings: readonly ClientReading[] }) => {
  const [newest] = messages
  if (!newest) return null
  const first = seenBy(newest, readings).find(({ id }) => id !== contactId)
  if (!first) return null
  return (
    <>
      Seen by <bdi>{first.name}</bdi> {formatWhen(first.at, now, clock)}
    </>
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
    <article class={mine ? 'msg you' : 'msg'} id={`m${message.seq}`}>
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
          <details class="whole">
            <summary>
              <span>
                <Lines text={short} />
              </span>{' '}
              <u>more</u>
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

interface ComposeProps {
  token: string
  portal: string
  form: FormState
  /** False for words that came back from a portal that takes no more. */
  open: boolean
  sent: string | undefined
}

const Compose = ({ token, portal, form, open, sent }: ComposeProps) => {
  const [wrong] = form.errors
  return (
    <form method="post" action={paths.clientMessages(token)} class="compose" data-part="compose">
      <input type="hidden" name="id" value={form.values['id'] ?? ''} />
      <keep-draft data-of={portal} {...(sent === undefined ? {} : { 'data-sent': sent })}>
        <textarea
          name="body"
          rows={2}
          maxlength={LONGEST_MESSAGE}
          required
          readonly={!open}
          aria-label="Write a message"
          placeholder="Write a message…"
          {...(wrong
            ? { 'aria-invalid': 'true', 'aria-describedby': 'message-error', autofocus: true }
            : {})}
        >
          {/* A first line break right after the tag is not the text's own. */}
          {`\n${form.values['body'] ?? ''}`}
        </textarea>
      </keep-draft>
      {open && <button class="btn go">Send</button>}
      {wrong && (
        <p class="red" id="message-error" role="alert">
          {wrong.message}
        </p>
      )}
    </form>
  )
}
