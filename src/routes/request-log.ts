import type { MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import type { Actor, Ctx, Organization } from '../ctx.ts'
import { errorFields, log } from '../lib/log.ts'
import type { Base } from './http.ts'

/** The id by which an actor is found again: no name and no address. */
function idOf(actor: Actor): string | undefined {
  switch (actor.kind) {
    case 'member':
    case 'person':
      return actor.userId
    case 'apiKey':
    case 'contact':
    case 'invoiceHolder':
      return actor.id
    case 'stranger':
    case 'sendgrid':
    case 'stripe':
    case 'cron':
      return undefined
  }
}

/** Who asked. Nothing yet, if it broke before anybody knew. */
const whoIs = (ctx: (Ctx & { organization?: Organization }) | undefined) =>
  ctx && { actor: ctx.actor.kind, id: idOf(ctx.actor), organization: ctx.organization?.id }

/**
 * One line for every request, when its answer is made. It names the route and never the path, which
 * may hold a token. Its id is in the answer too, for whoever reports that something went wrong.
 */
export const requestLog: MiddlewareHandler<Base> = async (c, next) => {
  const began = Date.now()
  await next()
  const requestId = c.get('requestId')
  c.header('X-Request-Id', requestId)
  const { status, headers } = c.res
  // What says when to come back, as of a PDF that is being made, is no trouble.
  log(status >= 500 && !headers.has('Retry-After') ? 'error' : 'info', 'request', {
    requestId,
    method: c.req.method,
    route: matchedRoutes(c).findLast(({ method }) => method !== 'ALL')?.path ?? null,
    status,
    ms: Date.now() - began,
    ...whoIs(c.get('ctx')),
    ...(c.error ? errorFields(c.error) : {}),
  })
}
