import type { Context, MiddlewareHandler } from 'hono'
import { isToken } from '../features/links/rules.ts'
import { sha256 } from '../lib/hash.ts'
import {
  callerTooFast,
  networkTooFast,
  turnedAway,
  wasRight,
  wasWrong,
  type Credential,
} from './bursts.ts'
import type { Base } from './http.ts'
import { changesNothing } from './origin.ts'

type Here = Context<Base>

async function tooFast(c: Here): Promise<Response> {
  const { tooFastAnswer } = await import('./problems.tsx')
  return tooFastAnswer(c)
}

/**
 * Stands around a guard, which looks a credential up: sheds whoever comes too fast before anything is
 * read, and slows down whoever tries credentials that are none.
 */
export const shed =
  (
    credentialOf: (c: Here) => Promise<Credential | undefined>,
    isBurst: (c: Here, credential: Credential) => Promise<boolean>,
  ): MiddlewareHandler<Base> =>
  async (c, next) => {
    const credential = await credentialOf(c)
    if (!credential) return next()
    const { req, env } = c
    const { now } = c.get('ctx')
    if (turnedAway(req.raw, credential, now)) return tooFast(c)
    if (await isBurst(c, credential)) return tooFast(c)
    await next()
    if (c.get('ctx').actor.kind !== 'stranger') wasRight(credential, now)
    else if (await wasWrong(req.raw, env, credential, now)) {
      const answer = await tooFast(c)
      c.res = undefined
      c.res = answer
    }
    return undefined
  }

/** The client's door. A page that is only read is not counted: it costs one statement. */
export const shedLinks = shed(
  async (c) => {
    const token = c.req.param('token') ?? ''
    // What can't be a token is never looked up.
    return isToken(token) ? { kind: 'link', hash: await sha256(token) } : undefined
  },
  async ({ req, env }, link) =>
    !changesNothing(req.raw) &&
    ((await callerTooFast(link, env)) || (await networkTooFast(req.raw, env))),
)
