import type { MiddlewareHandler } from 'hono'
import { sha256Base64 } from '../lib/hash.ts'
import type { Base } from './http.ts'

interface Allowed {
  /** The one style element of the page, by its hash. */
  style?: string
  /** Frames and players, of our own origin. */
  embeds?: boolean
}

const policy = ({ style = '', embeds = false }: Allowed) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self'${style}`,
    "img-src 'self' data:",
    "connect-src 'self'",
    ...(embeds ? ["media-src 'self'", "frame-src 'self'"] : []),
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

const plain = policy({})

/** Allows one style element by its content; every other inline style stays forbidden. */
async function policyOf(style: string | undefined, embeds: boolean): Promise<string> {
  if (style === undefined) return embeds ? policy({ embeds }) : plain
  return policy({ style: ` 'sha256-${await sha256Base64(style)}'`, embeds })
}

/** No page loads anything from elsewhere, runs inline script, is framed, kept by a cache or indexed. */
export const secureHeaders: MiddlewareHandler<Base> = async (c, next) => {
  await next()
  if (!c.res.headers.has('Content-Security-Policy')) {
    c.header('Content-Security-Policy', await policyOf(c.get('style'), c.get('embeds') ?? false))
  }
  c.header('X-Content-Type-Options', 'nosniff')
  // With no-referrer Chromium would send `Origin: null` with every form.
  c.header('Referrer-Policy', 'same-origin')
  c.header('X-Robots-Tag', 'noindex, nofollow')
  if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'private, no-store')
  if (new URL(c.req.url).protocol === 'https:')
    c.header('Strict-Transport-Security', 'max-age=31536000')
}
