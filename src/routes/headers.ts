import type { MiddlewareHandler } from 'hono'
import { sha256Base64 } from '../lib/hash.ts'
import type { Base } from './http.ts'

interface Allowed {
  /** The one style element of the page, by its hash. */
  style?: string
  /** Frames and players, of our own origin. */
  embeds?: boolean
  /** Where forms may lead beside us: Chromium holds redirects against it as well. */
  forms?: string
}

const policy = ({ style = '', embeds = false, forms = '' }: Allowed) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self'${style}`,
    "img-src 'self' data:",
    "connect-src 'self'",
    ...(embeds ? ["media-src 'self'", "frame-src 'self'"] : []),
    `form-action 'self'${forms}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

const plain = policy({})

/** Allows one style element by its content; every other inline style stays forbidden. */
async function policyOf(style: string | undefined, more: Allowed): Promise<string> {
  if (style === undefined) return more.embeds || more.forms ? policy(more) : plain
  return policy({ style: ` 'sha256-${await sha256Base64(style)}'`, ...more })
}

/** Where Payment Links live; in local mode beside its API. */
const payHost = (api: string | undefined): string =>
  api !== undefined && URL.canParse(api) ? new URL(api).origin : 'https://buy.stripe.com'

/** No page loads anything from elsewhere, runs inline script, is framed, kept by a cache or indexed. */
export const secureHeaders: MiddlewareHandler<Base> = async (c, next) => {
  await next()
  if (!c.res.headers.has('Content-Security-Policy')) {
    const forms = c.get('pays') ? ` ${payHost(c.env.STRIPE_URL)}` : ''
    const more = { embeds: c.get('embeds') ?? false, forms }
    c.header('Content-Security-Policy', await policyOf(c.get('style'), more))
  }
  c.header('X-Content-Type-Options', 'nosniff')
  // With no-referrer Chromium would send `Origin: null` with every form.
  c.header('Referrer-Policy', 'same-origin')
  c.header('X-Robots-Tag', 'noindex, nofollow')
  if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'private, no-store')
  if (new URL(c.req.url).protocol === 'https:')
    c.header('Strict-Transport-Security', 'max-age=31536000')
}
