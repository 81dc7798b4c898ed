import { isId } from '../../lib/id.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** How long (ms) an invitation stands; sending it again begins anew. */
export const LIFETIME = 7 * DAY

export interface Limit {
  most: number
  /** Milliseconds. */
  window: number
}

/** How often one address is invited by mail, whoever invites it. */
export const ADDRESS_LIMITS: readonly Limit[] = [
  { most: 1, window: 10 * MINUTE },
  { most: 5, window: DAY },
]

/** How many invitations one organisation mails, so that nobody uses us to write to the world. */
export const ORGANIZATION_LIMITS: readonly Limit[] = [{ most: 50, window: DAY }]

/** How long (ms) until one more mail is within the limits; 0 when it is now. `sentAt`: newest first. */
export function waitFor(limits: readonly Limit[], sentAt: readonly number[], now: number): number {
  const waits = limits.map(({ most, window }) => {
    const counted = sentAt[most - 1]
    return counted === undefined ? 0 : counted + window - now
  })
  return Math.max(0, ...waits)
}

/** Asking again this soon (ms) after the mail was written is a second click, not a second wish. */
export const SAME_CLICK = MINUTE

/** What the token of an invitation is the HMAC of. */
export const tokenText = ({ id, email }: { id: string; email: string }): string =>
  `v1|invitation|${id}|${email}`

/** `<id>.<64 hex characters>`; anything else never reaches the database. */
export function tokenParts(token: string): { id: string; mac: string } | undefined {
  const [, id = '', mac = ''] = /^([^.]{36})\.([0-9a-f]{64})$/.exec(token) ?? []
  return isId(id) && !token.includes('\n') ? { id, mac } : undefined
}
