import type { ClientRequest } from '../../features/links/content.ts'
import { MOST_FILE, MOST_FORM } from '../../features/files/rules.ts'
import { byDueDay } from '../../features/requests/rules.ts'
import { dayOf, formatDue, type Clock } from '../../lib/day.ts'
import { newId } from '../../lib/id.ts'
import { sizeWords } from '../../lib/size.ts'
import { paths } from '../../paths.ts'
import type { FormState } from '../../ui/fields.tsx'
import { Lines } from '../../ui/lines.tsx'

interface AskedProps {
  requests: readonly ClientRequest[]
  clock: Clock
  now: number
  portal: string
  /** Null for a member who looks on. */
  token: string | null
  /** A file that came back unsent, by the request it was for. */
  upload: FormState
}

/** What the page shows at once; the others open beneath. */
const SHOWN = 3

/** The files that the team waits for, what is due first on top, each with a way to send it. */
export const Asked = ({ requests, ...rest }: AskedProps) => {
  if (requests.length === 0) return null
  const sorted = requests.toSorted(byDueDay)
  const more = sorted.slice(SHOWN)
  return (
    <div class="asked">
      <ul aria-label="Files you are asked for">
        {sorted.slice(0, SHOWN).map((request) => (
          <Request request={request} {...rest} />
        ))}
      </ul>
      {more.length > 0 && (
        <details>
          <summary>
            <u>{more.length} more</u>
          </summary>
          <ul aria-label="More files you are asked for">
            {more.map((request) => (
              <Request request={request} {...rest} />
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}

const Request = ({
  request,
  clock,
  now,
  portal,
  token,
  upload,
}: Omit<AskedProps, 'requests'> & { request: ClientRequest }) => {
  const { id, title, note, dueOn, askedBy } = request
  return (
    <li id={`asked-${id}`}>
      <span class="lamp amber" role="img" aria-label="Asked for" />
      <div>
        <p>
          <bdi>{askedBy}</bdi> asked for{' '}
          <b>
            <bdi>{title}</bdi>
          </b>
        </p>
        {dueOn !== null && <Due day={dueOn} today={dayOf(now, clock.timeZone)} clock={clock} />}
        {note && (
          <p class="about">
            <Lines text={note} />
          </p>
        )}
      </div>
      {token !== null && (
        <Send request={request} portal={portal} token={token} now={now} upload={upload} />
      )}
    </li>
  )
}

const Due = ({ day, today, clock }: { day: string; today: string; clock: Clock }) =>
  day < today ? (
    <p class="red">Was due {formatDue(day, today, clock.locale)}</p>
  ) : (
    <p class="due">{day === today ? 'Due today' : `Due ${formatDue(day, today, clock.locale)}`}</p>
  )

/** A form of its own, so that what is sent with it answers this request and no other. */
const Send = ({
  request: { id, title },
  portal,
  token,
  now,
  upload,
}: {
  request: ClientRequest
  portal: string
  token: string
  now: number
  upload: FormState
}) => {
  const [wrong] = upload.values['request'] === id ? upload.errors : []
  const error = `asked-${id}-error`
  return (
    <details open={wrong !== undefined}>
      <summary class="btn">
        Upload<span class="unseen"> {title}</span>
      </summary>
      <file-drop
        data-uploads={paths.api.clientUploads(token)}
        data-portal={portal}
        data-hint={`up to ${sizeWords(MOST_FILE)} each`}
      >
        <form method="post" action={paths.clientFiles(token)} enctype="multipart/form-data">
          <input type="hidden" name="request" value={id} />
          <input type="hidden" name="id" value={newId(now)} />
          <label>
            <span class="unseen">Choose {title}</span>
            <input
              type="file"
              name="file"
              required
              {...(wrong
                ? { 'aria-invalid': 'true', 'aria-describedby': error, autofocus: true }
                : {})}
            />
          </label>
          {wrong && (
            <p class="red" id={error} role="alert">
              {wrong.message}
            </p>
          )}
          <small data-plain>Up to {sizeWords(MOST_FORM)} this way.</small>
          <button class="btn go">Send</button>
        </form>
      </file-drop>
    </details>
  )
}
