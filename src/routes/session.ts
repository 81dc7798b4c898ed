import { parseSigned } from 'hono/utils/cookie'
import type { Ctx } from '../ctx.ts'
import type { Env } from '../env.ts'
import { personBySession, type Person } from '../features/organizations/queries.ts'
import { isOperator } from '../features/operator/rules.ts'
import { cookieName, needsRenewal } from '../features/signin/rules.ts'
import { loadAuth, renew } from '../features/signin/session.ts'
import { changesNothing } from './origin.ts'

export interface SignedIn {
  person: Person
  /** Set-Cookie values that the response owes the browser: a renewed session. */
  cookies: string[]
}

/**
 * The signed-in person, read in one statement from Better Auth's own session table under its own
 * signed cookie. Better Auth itself is only loaded to renew an ageing session, on a POST.
 */
export async function signedIn(
  request: Request,
  env: Env,
  ctx: Ctx,
): Promise<SignedIn | undefined> {
  const { db, settings, now } = ctx
  const cookie = request.headers.get('cookie') ?? ''
  const name = cookieName(settings.appUrl)
  const token = (await parseSigned(cookie, settings.authSecret, name))[name]
  const found = token ? await personBySession(db, token, now) : undefined
  if (!found) return undefined
  const person = { ...found, operator: isOperator(found.email, settings) }
  if (changesNothing(request) || !needsRenewal(person.expiresAt, now))
    return { person, cookies: [] }
  const renewed = await renew(await loadAuth(env, settings), cookie)
  return { person, cookies: renewed.getSetCookie() }
}
