import type { Env, Settings } from '../../env.ts'
import type { Auth } from './auth.ts'

/** Better Auth weighs more than all the rest: it is evaluated when somebody signs in, not before. */
export async function loadAuth(env: Env, settings: Settings): Promise<Auth> {
  const { auth } = await import('./auth.ts')
  return auth(env.DB, settings)
}

/** Spends a magic link. The response carries the session's cookie; undefined for a dead link. */
export async function enter(
  auth: Auth,
  token: string,
  headers: Headers,
): Promise<Headers | undefined> {
  const response = await auth.api.magicLinkVerify({ query: { token }, headers, asResponse: true })
  return response.ok ? response.headers : undefined
}

/** Ends the session; the headers clear its cookie. */
export async function leave(auth: Auth, headers: Headers): Promise<Headers> {
  const response = await auth.api.signOut({ headers, asResponse: true })
  return response.headers
}

/** Gives an ageing session its full length again; the headers carry the cookie. */
export async function renew(auth: Auth, cookie: string): Promise<Headers> {
  const { headers } = await auth.api.getSession({
    headers: new Headers({ cookie }),
    method: 'POST',
    returnHeaders: true,
  })
  return headers
}
