import type { Context, MiddlewareHandler } from 'hono'
import { noteKeyUse } from '../../features/keys/actions.ts'
import { keyByHash } from '../../features/keys/queries.ts'
import { sha256 } from '../../lib/hash.ts'
import type { Admin } from '../http.ts'
import { callerTooFast } from '../bursts.ts'
import { changesNothing, fromOurOrigin } from '../origin.ts'
import { sessionCredential, signedIn } from '../session.ts'
import { shed } from '../shed.ts'
import { bearer } from './bearer.ts'
import { failed, problem } from './problem.ts'

const unauthorized = {
  status: 401,
  title: 'Sign in first',
  detail: 'Send an API key as "Authorization: Bearer ap_...", or a session cookie.',
} as const

function signInFirst(c: Context): Response {
  c.header('WWW-Authenticate', 'Bearer')
  return problem(c, unauthorized)
}

const notOurs = {
  status: 403,
  title: 'From another site',
  detail: 'With a session cookie, calls that change something must come from our own origin.',
} as const

/** Whom the admin door counts: a key, or the session of a person. */
export const shedCallers = shed(
  async (c) => {
    const authorization = c.req.header('authorization')
    const key = authorization === undefined ? undefined : bearer(authorization)
    if (key !== undefined) return { kind: 'key', hash: await sha256(key) }
    return authorization === undefined ? sessionCredential(c.req.raw, c.get('ctx')) : undefined
  },
  ({ env }, caller) => callerTooFast(caller, env),
)

/** The admin door of the API: a key, which has its organisation, or a session that names one. */
export const adminGuard: MiddlewareHandler<Admin> = async (c, next) => {
  const ctx = c.get('ctx')
  const authorization = c.req.header('authorization')

  if (authorization !== undefined) {
    const key = bearer(authorization)
    const found = key && (await keyByHash(ctx.db, await sha256(key), ctx.now))
    if (!found) return signInFirst(c)
    const { organization, id, name, role } = found
    c.set(
      'ctx',
      Object.assign(ctx, { actor: { kind: 'apiKey', id, name, role } as const, organization }),
    )
    await next()
    if (!changesNothing(c.req.raw)) {
      c.executionCtx.waitUntil(noteKeyUse(ctx, found))
    }
    return undefined
  }

  const session = await signedIn(c.req.raw, c.env, ctx)
  if (!session) return signInFirst(c)
  if (!changesNothing(c.req.raw) && !fromOurOrigin(c.req.raw, ctx)) return problem(c, notOurs)
  const { person, cookies } = session
  const wanted = c.req.header('x-organization')
  const [first, ...more] = person.memberships
  if (!first) return failed(c, { kind: 'forbidden' })
  if (wanted === undefined && more.length > 0) {
    const message = 'You belong to several organisations: name one in X-Organization.'
    return failed(c, { kind: 'invalid', errors: [{ path: 'X-Organization', message }] })
  }
  const membership =
    wanted === undefined
      ? first
      : person.memberships.find(({ organization }) => organization.slug === wanted)
  if (!membership) return failed(c, { kind: 'missing' })
  const { id, role, organization } = membership
  const { userId, name, email } = person
  const actor = { kind: 'member', id, userId, name, email, role } as const
  c.set('ctx', Object.assign(ctx, { actor, organization }))
  await next()
  for (const cookie of cookies) c.header('set-cookie', cookie, { append: true })
  return undefined
}
