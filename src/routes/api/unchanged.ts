import type { Context, MiddlewareHandler } from 'hono'
import {
  newsForKey,
  newsForLink,
  newsForSession,
  type News,
} from '../../features/messages/news.ts'
import { etagOf, isKnown } from '../../features/messages/rules.ts'
import { isId } from '../../lib/id.ts'
import { isToken } from '../../features/links/rules.ts'
import { sha256 } from '../../lib/hash.ts'
import type { Base } from '../http.ts'
import { changesNothing } from '../origin.ts'
import { sessionToken } from '../session.ts'
import { bearer } from './bearer.ts'

type Here = Context<Base>
type Ask = (c: Here) => Promise<News | undefined>

/**
 * Stands before a guard, for a read that says what it has: one statement tells whether the caller may
 * read this thread and has its newest version, and answers 304. Whatever else is the case is left to
 * the guard and the route, as if this weren't here.
 */
const unless =
  (ask: Ask): MiddlewareHandler<Base> =>
  async (c, next) => {
    const known = c.req.header('if-none-match')
    if (known === undefined || !changesNothing(c.req.raw)) return next()
    const news = await ask(c)
    if (!news || !isKnown(known, news.version)) return next()
    // For the log, and so that the limits see a credential that is right.
    Object.assign(c.get('ctx'), { actor: news.actor })
    return c.body(null, 304, { ETag: etagOf(news.version) })
  }

/** The admin door: a key, or the session of a member of the organisation that the call names. */
export const unlessKnownToTeam = unless(async (c) => {
  const ctx = c.get('ctx')
  const { db, now } = ctx
  const portal = c.req.param('portal') ?? ''
  if (!isId(portal)) return undefined
  const authorization = c.req.header('authorization')
  if (authorization !== undefined) {
    const key = bearer(authorization)
    return key === undefined ? undefined : newsForKey(db, { hash: await sha256(key), now }, portal)
  }
  const slug = c.req.header('x-organization')
  const token = slug === undefined ? undefined : await sessionToken(c.req.raw, ctx)
  return slug === undefined || token === undefined
    ? undefined
    : newsForSession(db, { token, slug, now }, portal)
})

/** The client door. */
export const unlessKnownToClient = unless(async (c) => {
  const { db, now } = c.get('ctx')
  const token = c.req.param('token') ?? ''
  return isToken(token) ? newsForLink(db, { hash: await sha256(token), now }) : undefined
})
