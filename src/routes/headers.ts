import type { MiddlewareHandler } from 'hono'
import { sha256Base64 } from '../lib/hash.ts'
import type { Base } from './http.ts'

const policy = (style: string) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self'${style}`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

const plain = policy('')

/** Allows one style element by its content; every other inline style stays forbidden. */
const withStyle = async (text: string) => policy(` 'sha256-${await sha256Base64(text)}'`)

/** No page loads anything from elsewhere, runs inline script, is framed, kept by a cache or indexed. */
export const secureHeaders: MiddlewareHandler<Base> = async (c, next) => {
  await next()
  if (!c.res.headers.has('Content-Security-Policy')) {
    const style = c.get('style')
    c.header('Content-Security-Policy', style === undefined ? plain : await withStyle(style))
  }
  c.header('X-Content-Type-Options', 'nosniff')
  // With no-referrer Chromium would send `Origin: null` with every form.
  c.header('Referrer-Policy', 'same-origin')
  c.header('X-Robots-Tag', 'noindex, nofollow')
  if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'private, no-store')
  if (new URL(c.req.url).protocol === 'https:')
    c.header('Strict-Transport-Security', 'max-age=31536000')
}
