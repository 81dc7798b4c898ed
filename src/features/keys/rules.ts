export type KeyState = 'live' | 'expired' | 'revoked'

interface KeyFacts {
  revokedAt: number | null
  expiresAt: number | null
}

/** Somebody ended a revoked key on purpose, which says more than that its time has run out too. */
export function keyState(key: KeyFacts, now: number): KeyState {
  if (key.revokedAt !== null) return 'revoked'
  return key.expiresAt !== null && key.expiresAt <= now ? 'expired' : 'live'
}

/** The form of a key; what can't be one never reaches the database. */
export const isKey = (text: string): boolean => /^ap_[\w-]{20,100}$/.test(text)

/** How often (ms) the last use of a key that is busy is written down. */
const USE = 60_000

export const noteworthy = (key: { lastUsedAt: number | null }, now: number): boolean =>
  key.lastUsedAt === null || key.lastUsedAt <= now - USE
