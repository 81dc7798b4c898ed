import type { MiddlewareHandler } from 'hono'
import { paths, withQuery } from '../../paths.ts'
import { callerTooFast } from '../bursts.ts'
import type { Inside, Signed } from '../http.ts'
import { changesNothing, fromOurOrigin } from '../origin.ts'
import { notOurs, signInFirst } from '../problems.tsx'
import { sessionCredential, signedIn } from '../session.ts'
import { shed } from '../shed.ts'

/** Sheds a session's bursts of changes before anything is read. */
export const shedSessions = shed(
  async ({ req, get }) =>
    changesNothing(req.raw) ? undefined : sessionCredential(req.raw, get('ctx')),
  ({ env }, session) => callerTooFast(session, env),
)

/** Nobody without a session gets past this, whatever the address: it stands before all routes. */
export const memberGuard: MiddlewareHandler<Signed> = async (c, next) => {
  const ctx = c.get('ctx')
  const request = c.req.raw
  const reads = changesNothing(request)
  if (!reads && !fromOurOrigin(request, ctx)) return notOurs(c)
  const session = await signedIn(request, c.env, ctx)
  if (!session) {
    if (!reads) return signInFirst(c)
    const { pathname, search } = new URL(request.url)
    return c.redirect(withQuery(paths.signIn, { next: pathname + search }), 303)
  }
  const { person, cookies } = session
  const { userId, name, email } = person
  c.set('person', person)
  Object.assign(ctx, { actor: { kind: 'person', userId, name, email } })
  await next()
  for (const cookie of cookies) c.header('set-cookie', cookie, { append: true })
  return undefined
}

/** Steps into the organisation that the address names, if the person belongs to it. */
export const insideOrganization: MiddlewareHandler<Inside> = async (c, next) => {
  const slug = c.req.param('organization')
  const { memberships, userId, name, email } = c.get('person')
  const membership = memberships.find(({ organization }) => organization.slug === slug)
  if (!membership) return c.notFound()
  const { id, role, organization } = membership
  const actor = { kind: 'member', id, userId, name, email, role } as const
  c.set('ctx', Object.assign(c.get('ctx'), { actor, organization }))
  c.set('membership', membership)
  return next()
}
