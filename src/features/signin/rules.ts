const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** All in milliseconds. */
export const LINK_LIFETIME = 10 * MINUTE
export const SESSION_LIFETIME = 14 * DAY
/** A session this old is renewed by the next POST. */
export const RENEW_AFTER = DAY

/** A stranger can make us mail an address this often and no more. */
export const LIMITS = [
  { most: 1, window: 10 * MINUTE },
  { most: 5, window: DAY },
] as const

export const COOKIE_PREFIX = 'adminstack'

/** Better Auth's session cookie; browsers take a `__Secure-` one over https alone. */
export const cookieName = (appUrl: string): string =>
  `${appUrl.startsWith('https:') ? '__Secure-' : ''}${COOKIE_PREFIX}.session_token`

export const needsRenewal = (expiresAt: number, now: number): boolean =>
  expiresAt - SESSION_LIFETIME + RENEW_AFTER <= now

/** Where to go after signing in: a page of the dashboard, never another host. */
export function safeNext(next: string | undefined): string | undefined {
  if (!next || !/^\/dashboard(?:[/?]|$)/.test(next) || next.length > 500) return undefined
  const url = URL.canParse(next, 'http://here.invalid') && new URL(next, 'http://here.invalid')
  return url && url.host === 'here.invalid' && url.pathname.startsWith('/dashboard')
    ? url.pathname + url.search
    : undefined
}
