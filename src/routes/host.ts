import type { MiddlewareHandler } from 'hono'
import { entrancePaths as paths } from '../entrance-paths.ts'
import type { Base } from './http.ts'

/**
 * We answer to APP_URL's name alone: cookies, the check of origins and the links in mails mean that
 * one. What SendGrid and Stripe post is proven by a signature, and must not be lost while an address moves.
 */
export const rightHost: MiddlewareHandler<Base> = async (c, next) => {
  const { host } = new URL(c.req.url)
  const ours = new URL(c.get('ctx').settings.appUrl).host
  if (host === ours || c.req.path.startsWith(paths.webhookRoot)) return next()
  const { wrongHost } = await import('./problems.tsx')
  return wrongHost(c)
}
