import { newsForKey, newsForSession } from '../../features/messages/news-of-team.ts'
import { sha256 } from '../../lib/hash.ts'
import { isId } from '../../lib/id.ts'
import { sessionToken } from '../session.ts'
import { bearer } from './bearer.ts'
import { unless } from './unchanged.ts'

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
