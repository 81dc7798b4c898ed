import { parseSigned } from 'hono/utils/cookie'
import type { Ctx } from '../ctx.ts'
import type { Env } from '../env.ts'
import { personBySession, type Person } from '../features/organizations/queries.ts'
import { isOperator } from '../features/operator/rules.ts'
import { cookieName, needsRenewal } from '../features/signin/rules.ts'
import { loadAuth, renew } from '../features/signin/session.ts'
import { sha256 } from '../lib/hash.ts'
import type { Credential } from './bursts.ts'
import { changesNothing } from './origin.ts'

export interface SignedIn {
  person: Person
  /** Set-Cookie values that the response owes the browser: a renewed session. */
  cookies: string[]
}

/** The token in the session's cookie; undefined where there is none, or its signature is not ours. */
export async function sessionToken(
  request: Request,
  { settings }: Ctx,
): Promise<string | undefined> {
  const cookie = request.headers.get('cookie') ?? ''
  const name = cookieName(settings.appUrl)
  return (await parseSigned(cookie, settings.authSecret, name))[name] || undefined
}

/** The session as the limits count it. */
export async function sessionCredential(
  request: Request,
  ctx: Ctx,
): Promise<Credential | undefined> {
  const token = await sessionToken(request, ctx)
  return token === undefined ? undefined : { kind: 'session', hash: await sha256(token) }
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
  const { settings, now } = ctx
  const token = await sessionToken(request, ctx)
  const found = token ? await personBySession(ctx, token) : undefined
  if (!found) return undefined
  const person = { ...found, operator: isOperator(found.email, settings) }
  if (changesNothing(request) || !needsRenewal(person.expiresAt, now))
    return { person, cookies: [] }
  const cookie = request.headers.get('cookie') ?? ''
  const renewed = await renew(await loadAuth(env, settings), cookie)
  return { person, cookies: renewed.getSetCookie() }
}
