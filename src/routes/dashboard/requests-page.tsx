import type { Membership, Person } from '../../features/organizations/queries.ts'
import type { PortalRequests, RequestShown } from '../../features/requests/queries.ts'
import { isLate, LONGEST_NOTE, requestState } from '../../features/requests/rules.ts'
import { dayOf, formatDue } from '../../lib/day.ts'
import { paths, withQuery, type RequestAction } from '../../paths.ts'
import { AreaField, FormErrors, TextField, type FormState } from '../../ui/fields.tsx'
import { Lines } from '../../ui/lines.tsx'
import { Pager } from '../../ui/pager.tsx'
import { Ago } from '../../ui/time.tsx'
import { PortalFrame } from './portal-frame.tsx'

interface RequestsPageProps {
  person: Person
  membership: Membership
  found: PortalRequests
  /** Whether this is the newest page. */
  first: boolean
  form: FormState
  now: number
}

/** What a portal's client is asked for, what came of it, and a form to ask for more. */
export const RequestsPage = (props: RequestsPageProps) => {
  const { person, membership, found, first, form, now } = props
  const { portal, requests } = found
  const { slug } = membership.organization
  const open = portal.archivedAt === null
  const here = paths.fileRequests(slug, portal.id)
  return (
    <PortalFrame person={person} membership={membership} portal={portal} tab="requests" now={now}>
      <div class="requests">
        <section class="card" aria-labelledby="requests">
          <div class="card-head">
            <h2 id="requests">File requests</h2>
            {open && requests.items.length > 0 && (
              <a class="btn" href="#ask">
                Ask for a file
              </a>
            )}
          </div>
          {requests.items.length === 0 ? (
            <p class="empty">
              {!first
                ? 'You have reached the end of the list.'
                : open
                  ? 'Nothing is asked for. What you ask for stands on your client’s page until it is there, and they are reminded by email.'
                  : 'Nothing was asked for in this portal.'}
            </p>
          ) : (
            <ul class="links">
              {requests.items.map((request) => (
                <Row
                  request={request}
                  membership={membership}
                  portalId={portal.id}
                  open={open}
                  now={now}
                />
              ))}
            </ul>
          )}
        </section>
        <Pager
          back={first ? undefined : { label: 'Newest', href: here }}
          on={
            requests.next === null
              ? undefined
              : { label: 'Older', href: withQuery(here, { cursor: requests.next }) }
          }
        />
        {open && <Ask action={here} form={form} />}
      </div>
    </PortalFrame>
  )
}

interface RowProps {
  request: RequestShown
  membership: Membership
  portalId: string
  /** Whether anything can be done: not in an archived portal. */
  open: boolean
  now: number
}

const Row = ({ request, membership, portalId, open, now }: RowProps) => {
  const { organization } = membership
  const { id, title, note, askedBy, createdAt } = request
  const state = requestState(request)
  const to = (action: RequestAction) =>
    paths.fileRequestAction(organization.slug, portalId, id, action)
  return (
    <li class="link request" id={`request-${id}`}>
      <div>
        <b>
          <bdi>{title}</bdi>
        </b>
        <small>
          <Due request={request} membership={membership} now={now} />
          <bdi>{askedBy}</bdi> asked <Ago at={createdAt} now={now} clock={organization} />
        </small>
        {note && (
          <p class="note">
            <Lines text={note} />
          </p>
        )}
        <Came request={request} slug={organization.slug} portalId={portalId} />
      </div>
      <State request={request} membership={membership} now={now} />
      {open && (
        <form method="post" action={to(state === 'open' ? 'close' : 'reopen')}>
          <button class="btn">
            {state === 'open' ? 'Close' : 'Ask again'}
            <span class="unseen">
              {' '}
              {state === 'open' ? 'the request for' : 'for'} {title}
            </span>
          </button>
        </form>
      )}
    </li>
  )
}

const State = ({ request, membership, now }: Pick<RowProps, 'request' | 'membership' | 'now'>) => {
  const { timeZone } = membership.organization
  switch (requestState(request)) {
    case 'open':
      return isLate(request, dayOf(now, timeZone)) ? (
        <span class="tag red">Late</span>
      ) : (
        <span class="tag amber">Waiting</span>
      )
    case 'fulfilled':
      return <span class="tag teal">Sent</span>
    case 'closed':
      return <span class="tag">Closed</span>
  }
}

/** The due day counts while it is waited for. */
const Due = ({ request, membership, now }: Pick<RowProps, 'request' | 'membership' | 'now'>) => {
  const { timeZone, locale } = membership.organization
  const { dueOn } = request
  if (dueOn === null || requestState(request) !== 'open') return null
  const today = dayOf(now, timeZone)
  if (dueOn < today) {
    return (
      <>
        <span class="red">Was due {formatDue(dueOn, today, locale)}</span> ·{' '}
      </>
    )
  }
  return <>{dueOn === today ? 'Due today' : `Due ${formatDue(dueOn, today, locale)}`} · </>
}

/** Who answered, and the files that came for it. */
const Came = ({
  request: { came, fulfilledBy },
  slug,
  portalId,
}: {
  request: RequestShown
  slug: string
  portalId: string
}) =>
  came.length === 0 && fulfilledBy === null ? null : (
    <p class="came">
      <bdi>{fulfilledBy ?? came[0]?.by}</bdi> sent{' '}
      {came.length === 0
        ? 'it'
        : came.map(({ file, name }, index) => (
            <>
              {index > 0 && ', '}
              <a href={paths.file(slug, portalId, file)}>
                <bdi>{name}</bdi>
              </a>
            </>
          ))}
    </p>
  )

const Ask = ({ action, form }: { action: string; form: FormState }) => (
  <section class="card" aria-labelledby="ask">
    <div class="card-head">
      <h2 id="ask">Ask for a file</h2>
    </div>
    <form method="post" action={action} class="inset stack">
      <FormErrors form={form} />
      <input type="hidden" name="id" value={form.values['id'] ?? ''} />
      <div class="pair">
        <TextField
          form={form}
          name="title"
          label="What you need"
          maxlength={160}
          required
          autocomplete="off"
          hint="As your client would call it: Logo, vector format."
        />
        <TextField form={form} name="dueOn" label="Due day" type="date" hint="It may stay empty." />
      </div>
      <AreaField
        form={form}
        name="note"
        label="Note"
        rows={2}
        maxlength={LONGEST_NOTE}
        hint="What else helps them find it. They read it on their page and in the email."
      />
      <div class="actions">
        <button class="btn go">Ask for it</button>
      </div>
    </form>
  </section>
)
