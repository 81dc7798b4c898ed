import { newsForLink } from '../../features/messages/news-of-link.ts'
import { isToken } from '../../features/links/rules.ts'
import { sha256 } from '../../lib/hash.ts'
import { unless } from './unchanged.ts'

/** The client door. */
export const unlessKnownToClient = unless(async (c) => {
  const { db, now } = c.get('ctx')
  const token = c.req.param('token') ?? ''
  return isToken(token) ? newsForLink(db, { hash: await sha256(token), now }) : undefined
})
