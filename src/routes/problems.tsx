import type { Context } from 'hono'
import type { PropsWithChildren } from 'hono/jsx'
import type { Membership, Person } from '../features/organizations/queries.ts'
import { paths, withQuery } from '../paths.ts'
import { Dashboard, Plain } from '../ui/dashboard.tsx'
import { problem, type ProblemDetails } from './api/problem.ts'
import { BURST_PERIOD } from './bursts.ts'
import type { Base } from './http.ts'
import { changesNothing } from './origin.ts'
import { Notice } from './portal/notice.tsx'

type Words = Pick<ProblemDetails, 'status' | 'title' | 'detail'>

interface Way {
  label: string
  href: string
}

const isApi = (path: string): boolean => path.startsWith('/api/')

/** Where a client came in, by a token in the address; undefined where they didn't. */
function entryOf(path: string): { way?: Way } | undefined {
  const [whole, side, token] = /^\/(portal|invoice)(?:\/([^/]*)|$)/.exec(path) ?? []
  if (whole === undefined) return undefined
  if (!token) return {}
  return side === 'portal'
    ? { way: { label: 'Back to your portal', href: paths.portal(token) } }
    : { way: { label: 'Back to the invoice', href: paths.invoicePage(token) } }
}

/** What the address asks for, for a second try; one that begins with two slashes names another host. */
function askedFor(c: Context): string {
  const { pathname, search } = new URL(c.req.url)
  return pathname.replace(/^\/+/, '/') + search
}

/** The page of ours that somebody came from, if it is not this one again. */
function cameFrom(c: Context<Base>): string | undefined {
  const referer = c.req.header('referer') ?? ''
  const url = URL.canParse(referer) ? new URL(referer) : undefined
  if (url?.origin !== c.get('ctx').settings.appUrl || !url.pathname.startsWith('/dashboard/'))
    return undefined
  const from = url.pathname + url.search
  return changesNothing(c.req.raw) && from === askedFor(c) ? undefined : from
}

const Actions = ({ ways }: { ways: readonly Way[] }) =>
  ways.length === 0 ? null : (
    <p class="actions">
      {ways.map(({ label, href }, index) => (
        <a class={index === 0 ? 'btn go' : 'btn'} href={href}>
          {label}
        </a>
      ))}
    </p>
  )

interface Seen {
  words: Words
  /** What to do next, the best first. */
  ways: readonly Way[]
  /** For whoever reports it. */
  requestId?: string | undefined
}

const RequestId = ({ id }: { id: string | undefined }) =>
  id === undefined ? null : (
    <p class="hint">
      If it stays, tell the people who run this: request <code>{id}</code>
    </p>
  )

/** Inside an organisation, with everything else still at hand. */
const Inside = ({
  words,
  ways,
  requestId,
  person,
  membership,
}: Seen & { person: Person; membership: Membership }) => (
  <Dashboard title={words.title} person={person} membership={membership}>
    <section class="card problem">
      <p class="label">Error {words.status}</p>
      <h1>{words.title}</h1>
      <p class="lead">{words.detail}</p>
      <Actions ways={ways} />
      <RequestId id={requestId} />
    </section>
  </Dashboard>
)

const Outside = ({ words, ways, requestId, children }: PropsWithChildren<Seen>) => (
  <Plain title={words.title} lead={words.detail} status={words.status}>
    <Actions ways={ways} />
    {children}
    <RequestId id={requestId} />
  </Plain>
)

const ForClients = ({ words, ways, requestId }: Seen) => (
  <Notice title={words.title} tone="amber" status={words.status}>
    <p>{words.detail}</p>
    <Actions ways={ways} />
    <RequestId id={requestId} />
  </Notice>
)

interface How {
  /** A better step than going back. */
  first?: Way | undefined
  /** That step is the only one. */
  alone?: boolean
  requestId?: string
}

/**
 * The page that says what happened, on the side of whoever asks and with their own way back: a
 * client's portal, a member's last page, and for who is neither, signing in.
 */
export function problemPage(
  c: Context,
  words: Words,
  { first, alone = false, requestId }: How = {},
) {
  const { status } = words
  const asked: Context<Base> = c
  const seen = (back: Way | undefined): Seen => ({
    words,
    ways: [first, alone || back?.href === first?.href ? undefined : back].filter(
      (way) => way !== undefined,
    ),
    requestId,
  })
  const entry = entryOf(c.req.path)
  if (entry) return c.html(<ForClients {...seen(entry.way)} />, status)
  const person = asked.get('person')
  const membership = asked.get('membership')
  const from = person && cameFrom(asked)
  const back = from === undefined ? undefined : { label: 'Back to where you were', href: from }
  if (person && membership) {
    const home = { label: 'To your portals', href: paths.portals(membership.organization.slug) }
    return c.html(
      <Inside {...seen(back ?? home)} person={person} membership={membership} />,
      status,
    )
  }
  if (person) {
    const home = { label: 'To the dashboard', href: paths.dashboard }
    return c.html(<Outside {...seen(back ?? home)} />, status)
  }
  return c.html(
    <Outside {...seen(alone ? undefined : { label: 'Sign in', href: paths.dashboard })}>
      {first === undefined && (
        <p class="hint">
          Are you a client? Your portal opens by the link in your latest email; you need no account.
        </p>
      )}
    </Outside>,
    status,
  )
}

/** The same as JSON for programs. */
const answerProblem = (c: Context, words: Words, how?: How) =>
  isApi(c.req.path) ? problem(c, words) : problemPage(c, words, how)

export function notFound(c: Context<Base>) {
  const inPortal = c.get('visit') !== undefined
  return answerProblem(c, {
    status: 404,
    title: inPortal ? 'Nothing is here' : 'Not found',
    detail: inPortal
      ? 'Your link works, but this address below it leads nowhere. Nothing was lost.'
      : 'Nothing is here, or it is not yours to see. Nothing was lost.',
  })
}

export function wrongMethod(c: Context, allowed: readonly string[]) {
  c.header('Allow', allowed.join(', '))
  return answerProblem(c, {
    status: 405,
    title: 'That is not how this works',
    detail: `This address takes ${allowed.join(', ')} and nothing else. Nothing was changed.`,
  })
}

/** Said before anybody knows who sends it: only the page they came from leads back. */
export function tooLarge(c: Context<Base>) {
  const from = cameFrom(c)
  const words = {
    status: 413,
    title: 'That is too large',
    detail:
      'At most one megabyte fits into a request like this. Nothing was changed: make it smaller and send it again.',
  } as const
  if (from === undefined) return answerProblem(c, words)
  return answerProblem(c, words, {
    first: { label: 'Back to where you were', href: from },
    alone: true,
  })
}

/** Leads on to the same page at the right address; to where it begins, if something was sent. */
export function wrongHost(c: Context<Base>) {
  const { appUrl } = c.get('ctx').settings
  const start = entryOf(c.req.path)?.way?.href ?? paths.home
  const reads = changesNothing(c.req.raw)
  const { host } = new URL(appUrl)
  return answerProblem(
    c,
    {
      status: 421,
      title: 'Not quite the right address',
      detail: reads
        ? `This page lives at ${host}. Nothing was lost: it is there as you left it.`
        : `We take what you send at ${host} alone. Nothing was changed: repeat it there.`,
    },
    {
      first: { label: `Go to ${host}`, href: appUrl + (reads ? askedFor(c) : start) },
      alone: true,
    },
  )
}

const tooFastWords = {
  status: 429,
  title: 'That was a little fast',
  detail:
    'Many requests came from your network just now. Wait a minute and try again; nothing is lost.',
} as const

export function tooFastAnswer(c: Context) {
  c.header('Retry-After', BURST_PERIOD)
  return answerProblem(c, tooFastWords)
}

/** A form from another site, or one that a browser sent without saying where from. */
export const notOurs = (c: Context) =>
  problemPage(c, {
    status: 403,
    title: 'This form came from somewhere else',
    detail:
      'To protect you, we only take forms from our own pages. Nothing was changed: open the page again and repeat it there.',
  })

export const signInFirst = (c: Context) =>
  problemPage(
    c,
    {
      status: 403,
      title: 'Sign in first',
      detail: 'You are not signed in, or your session has ended. Nothing was changed.',
    },
    {
      first: { label: 'Sign in', href: withQuery(paths.signIn, { next: cameFrom(c) }) },
      alone: true,
    },
  )

/** Whatever broke, this must not: without the page there are words. */
export function broken(c: Context<Base>) {
  const requestId = c.get('requestId')
  if (isApi(c.req.path)) {
    return problem(c, { status: 500, title: 'Something broke', detail: `Request ${requestId}.` })
  }
  const reads = changesNothing(c.req.raw)
  const words = {
    status: 500,
    title: 'Something broke on our side',
    detail: reads
      ? 'It is not you, nothing was lost, and it has been written down for us. Try again in a moment.'
      : 'It is not you, and it has been written down for us. What you sent was kept whole or not at all: go back and look before you send it again.',
  } as const
  const first = reads ? { label: 'Try again', href: askedFor(c) } : undefined
  try {
    return problemPage(c, words, { first, requestId })
  } catch {
    return c.text(`${words.title}. ${words.detail} Request ${requestId}.`, 500)
  }
}
