import type { Context } from 'hono'
import { setCookie } from 'hono/cookie'
import { paths } from '../../paths.ts'
import type { Base, Client } from '../http.ts'

type Here = Context<Client> | Context<Base>

/** Where somebody comes back to after paying: in a cookie, since Stripe is to know no token. */
export const RETURN = 'paid_from'

/** A session of Stripe's lives for a day; whoever takes longer than this finds a plain page. */
const HOURS_2 = 7200

export function rememberReturn(c: Here, link: string, to: string): void {
  setCookie(c, RETURN, to, {
    // Sent to the page that Stripe leads to, and to no other.
    path: paths.paid(link),
    httpOnly: true,
    secure: new URL(c.req.url).protocol === 'https:',
    sameSite: 'Lax',
    maxAge: HOURS_2,
  })
}

/** Only where we send anybody: an invoice's page behind a token. */
export const isReturn = (path: string): boolean =>
  /^\/portal\/[0-9a-f]{64}\/invoices\/[0-9a-f-]{36}$|^\/invoice\/[0-9a-f]{64}$/.test(path)
