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

/** Signs in whoever has just shown, by other means than a link of ours, that an address is theirs. */
export async function enterAs(auth: Auth, email: string, headers: Headers): Promise<Headers> {
  const { magicToken } = await import('./auth.ts')
  const entered = await enter(auth, await magicToken(auth, email), headers)
  if (!entered) throw new Error('Better Auth took no token of its own.')
  return entered
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
