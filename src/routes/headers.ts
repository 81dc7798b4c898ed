import { createMiddleware } from 'hono/factory'
import type { Base } from './http.ts'

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** No page loads anything from elsewhere, runs inline script, is framed, kept by a cache or indexed. */
export const secureHeaders = createMiddleware<Base>(async (c, next) => {
  await next()
  c.header('Content-Security-Policy', policy)
  c.header('X-Content-Type-Options', 'nosniff')
  // With no-referrer Chromium would send `Origin: null` with every form.
  c.header('Referrer-Policy', 'same-origin')
  c.header('X-Robots-Tag', 'noindex, nofollow')
  if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'private, no-store')
  if (new URL(c.req.url).protocol === 'https:')
    c.header('Strict-Transport-Security', 'max-age=31536000')
})
