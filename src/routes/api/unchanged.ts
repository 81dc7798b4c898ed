import type { Context, MiddlewareHandler } from 'hono'
import type { News } from '../../features/messages/news-of-link.ts'
import { etagOf, isKnown } from '../../features/messages/rules.ts'
import type { Base } from '../http.ts'
import { changesNothing } from '../origin.ts'

type Here = Context<Base>
type Ask = (c: Here) => Promise<News | undefined>

/**
 * Stands before a guard, for a read that says what it has: one statement tells whether the caller may
 * read this thread and has its newest version, and answers 304. Whatever else is the case is left to
 * the guard and the route, as if this weren't here.
 */
export const unless =
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
