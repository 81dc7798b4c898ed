import type { EmailState } from '../../db/schema/emails.ts'
import type { Attempt } from '../../lib/attempt.ts'
import { backoff } from '../../lib/backoff.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/**
 * Where a mail's state may go. `unknown` means an attempt was begun and not answered: it may be on
 * its way. Reports can overtake our own bookkeeping, so every state but the last ones takes them.
 */
const moves: Record<EmailState, readonly EmailState[]> = {
  queued: ['unknown', 'sent', 'delivered', 'opened', 'bounced', 'failed'],
  unknown: ['queued', 'sent', 'delivered', 'opened', 'bounced', 'failed'],
  sent: ['delivered', 'opened', 'bounced', 'failed'],
  delivered: ['opened', 'bounced', 'failed'],
  bounced: ['opened'],
  failed: ['opened'],
  opened: [],
}

const states: readonly EmailState[] = [
  'queued',
  'unknown',
  'sent',
  'delivered',
  'bounced',
  'failed',
  'opened',
]

export const mayMove = (from: EmailState, to: EmailState): boolean => moves[from].includes(to)

/** The states from which a mail may become `to`. */
export const statesBefore = (to: EmailState): EmailState[] =>
  states.filter((from) => mayMove(from, to))

/** How long after an attempt without an answer the mail is tried once more. */
export const UNKNOWN_FOR = 30 * MINUTE
const MOST_UNANSWERED = 2

export type NextStep =
  { step: 'send' } | { step: 'wait'; until: number } | { step: 'stop' } | { step: 'give-up' }

/** A link to sign in is no use to anybody later on; anything else is tried for three days. */
const patience = (kind: string): number => (kind === 'sign-in' ? 15 * MINUTE : 3 * DAY)

/** What a sender does with a mail it finds in a state. `unanswered` counts attempts without an answer. */
export function nextStep(
  mail: {
    kind: string
    state: EmailState
    unanswered: number
    attemptedAt: number | null
    createdAt: number
  },
  now: number,
): NextStep {
  const late = now - mail.createdAt > patience(mail.kind)
  if (mail.state === 'queued') return late ? { step: 'give-up' } : { step: 'send' }
  if (mail.state !== 'unknown' || mail.unanswered >= MOST_UNANSWERED || late)
    return { step: 'stop' }
  const until = (mail.attemptedAt ?? 0) + UNKNOWN_FOR
  return now >= until ? { step: 'send' } : { step: 'wait', until }
}

export interface AfterAttempt {
  state: EmailState
  reason: string | null
  /** Undefined when no sender is to try again. */
  retryAt?: number
}

/** `attempts` and `unanswered` count the attempt that was just made. */
export function afterAttempt(
  mail: { kind: string; attempts: number; unanswered: number; createdAt: number },
  attempt: Attempt,
  now: number,
): AfterAttempt {
  switch (attempt.kind) {
    case 'accepted':
      return { state: 'sent', reason: null }
    case 'refused': {
      const { reason } = attempt
      if (attempt.final || now - mail.createdAt > patience(mail.kind))
        return { state: 'failed', reason }
      const wait = Math.max(backoff(mail.attempts), attempt.retryAfter ?? 0)
      return { state: 'queued', reason, retryAt: now + wait }
    }
    case 'unanswered': {
      const { reason } = attempt
      return mail.unanswered < MOST_UNANSWERED
        ? { state: 'unknown', reason, retryAt: now + UNKNOWN_FOR }
        : { state: 'unknown', reason }
    }
  }
}

/** Whether a person may have it sent again: it failed, or nobody will ever know and no try is left. */
export const mayRetry = (mail: {
  state: EmailState
  unanswered: number
  retriedBy: string | null
}): boolean =>
  mail.retriedBy === null &&
  (mail.state === 'bounced' ||
    mail.state === 'failed' ||
    (mail.state === 'unknown' && mail.unanswered >= MOST_UNANSWERED))
