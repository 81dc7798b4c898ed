import { createMiddleware } from 'hono/factory'
import { paths } from '../paths.ts'
import type { Base } from './http.ts'
import { wrongHost } from './problems.tsx'

/**
 * We answer to APP_URL's name alone: cookies, the check of origins and the links in mails mean that
 * one. What SendGrid posts is proven by its signature, and must not be lost while an address moves.
 */
export const rightHost = createMiddleware<Base>(async (c, next) => {
  const { host } = new URL(c.req.url)
  const ours = new URL(c.get('ctx').settings.appUrl).host
  return host === ours || c.req.path === paths.webhooks.sendgrid ? next() : wrongHost(c)
})
