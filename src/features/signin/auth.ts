import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { betterAuth } from 'better-auth/minimal'
import { magicLink } from 'better-auth/plugins/magic-link'
import { database } from '../../db/client.ts'
import { account, session, user, verification } from '../../db/schema/accounts.ts'
import type { Settings } from '../../env.ts'
import { newId } from '../../lib/id.ts'
import { log } from '../../lib/log.ts'
import { COOKIE_PREFIX, LINK_LIFETIME, RENEW_AFTER, SESSION_LIFETIME } from './rules.ts'

function create(d1: D1Database, settings: Settings) {
  return betterAuth({
    baseURL: settings.appUrl,
    secret: settings.authSecret,
    database: drizzleAdapter(database(d1), {
      provider: 'sqlite',
      schema: { user, session, account, verification },
    }),
    // Nothing is mounted: our own forms call auth.api, behind our own origin check and limits.
    plugins: [
      magicLink({
        expiresIn: LINK_LIFETIME / 1000,
        storeToken: 'hashed',
        sendMagicLink: ({ token, metadata }) => {
          if (metadata?.['hand'] instanceof TokenHand) metadata['hand'].token = token
        },
      }),
    ],
    session: {
      expiresIn: SESSION_LIFETIME / 1000,
      updateAge: RENEW_AFTER / 1000,
      cookieCache: { enabled: false },
      deferSessionRefresh: true,
    },
    advanced: {
      cookiePrefix: COOKIE_PREFIX,
      database: { generateId: () => newId(Date.now()) },
      ipAddress: { ipAddressHeaders: ['cf-connecting-ip'] },
    },
    telemetry: { enabled: false },
    // Its arguments may hold a statement's parameters, a session's token among them.
    logger: {
      level: 'error',
      log: (_, message) => log('error', 'better-auth', { error: message }),
    },
  })
}

export type Auth = ReturnType<typeof create>

const created = new WeakMap<D1Database, Auth>()

export function auth(d1: D1Database, settings: Settings): Auth {
  let found = created.get(d1)
  if (!found) created.set(d1, (found = create(d1, settings)))
  return found
}

/** Carries a fresh token from Better Auth's callback back to the one who asked for it. */
class TokenHand {
  token: string | undefined
}

/** A fresh token for this address, ten minutes and one use long; only its hash is kept. */
export async function magicToken(auth: Auth, email: string): Promise<string> {
  const hand = new TokenHand()
  await auth.api.signInMagicLink({
    body: { email, metadata: { hand } },
    headers: new Headers(),
  })
  if (hand.token === undefined) throw new Error('Better Auth made no token.')
  return hand.token
}
