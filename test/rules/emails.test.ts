import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emailStates, type EmailState } from '../../src/db/schema/emails.ts'
import {
  afterAttempt,
  mayMove,
  mayRetry,
  nextStep,
  statesBefore,
  UNKNOWN_FOR,
} from '../../src/features/emails/rules.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const now = 10 * DAY

describe('moves', () => {
  it('never leaves opened, and leaves bounced and failed for opened alone', () => {
    for (const to of emailStates) expect(mayMove('opened', to)).toBe(false)
    for (const final of ['bounced', 'failed'] as const) {
      expect(emailStates.filter((to) => mayMove(final, to))).toEqual(['opened'])
    }
  })

  it('goes back to the queue only from an attempt that was refused', () => {
    expect(statesBefore('queued')).toEqual(['unknown'])
  })

  it('ends in the same state whatever the order of the reports', () => {
    const reports = fc.shuffledSubarray<EmailState>(['sent', 'delivered', 'bounced', 'opened'])
    fc.assert(
      fc.property(reports, (order) => {
        const end = (list: readonly EmailState[]) =>
          list.reduce<EmailState>((state, to) => (mayMove(state, to) ? to : state), 'unknown')
        const sorted = emailStates.filter((state) => order.includes(state))
        const rank = (state: EmailState) =>
          ['unknown', 'sent', 'delivered', 'bounced', 'opened'].indexOf(state)
        const best = [...sorted].sort((a, b) => rank(a) - rank(b)).at(-1) ?? 'unknown'
        expect(end(order)).toBe(best)
      }),
    )
  })
})

describe('nextStep', () => {
  const mail = { kind: 'link', unanswered: 0, attemptedAt: null, createdAt: now - MINUTE }

  it('sends what is queued and lets settled mails be', () => {
    expect(nextStep({ ...mail, state: 'queued' }, now)).toEqual({ step: 'send' })
    for (const state of ['sent', 'delivered', 'opened', 'bounced', 'failed'] as const) {
      expect(nextStep({ ...mail, state }, now)).toEqual({ step: 'stop' })
    }
  })

  it('gives an attempt without an answer half an hour, one more try, and no third', () => {
    const silent = { ...mail, state: 'unknown', unanswered: 1, attemptedAt: now } as const
    const until = now + UNKNOWN_FOR
    expect(nextStep(silent, until - 1)).toEqual({ step: 'wait', until })
    expect(nextStep(silent, until)).toEqual({ step: 'send' })
    expect(nextStep({ ...silent, unanswered: 2 }, now + DAY)).toEqual({ step: 'stop' })
  })

  it('gives up what could not leave for three days, a sign-in link after a quarter of an hour', () => {
    const queued = { ...mail, state: 'queued' } as const
    expect(nextStep(queued, now + 2 * DAY)).toEqual({ step: 'send' })
    expect(nextStep(queued, now + 4 * DAY)).toEqual({ step: 'give-up' })
    expect(nextStep({ ...queued, kind: 'sign-in' }, now + 20 * MINUTE)).toEqual({ step: 'give-up' })
  })

  it('sends no sign-in link a second time half an hour later', () => {
    const silent = { kind: 'sign-in', state: 'unknown', unanswered: 1 } as const
    const late = nextStep({ ...silent, attemptedAt: now, createdAt: now }, now + UNKNOWN_FOR)
    expect(late).toEqual({ step: 'stop' })
  })
})

describe('afterAttempt', () => {
  const mail = { kind: 'link', attempts: 1, unanswered: 1, createdAt: now - MINUTE }
  const refused = { kind: 'refused', final: false, reason: 'down' } as const

  it('retries a refusal with growing pauses, at least as long as SendGrid asks for', () => {
    const pauses = [1, 2, 3, 4, 5, 6, 20].map((attempts) => {
      const { retryAt = 0 } = afterAttempt({ ...mail, attempts }, refused, now)
      return (retryAt - now) / MINUTE
    })
    expect(pauses).toEqual([1, 2, 4, 8, 16, 30, 30])
    const limited = afterAttempt(mail, { ...refused, retryAfter: 5 * MINUTE }, now)
    expect(limited).toEqual({ state: 'queued', reason: 'down', retryAt: now + 5 * MINUTE })
  })

  it('outlives an hour, and a day, of SendGrid being down', () => {
    const old = { ...mail, createdAt: now - 2 * DAY }
    expect(afterAttempt(old, refused, now).state).toBe('queued')
    expect(afterAttempt({ ...mail, createdAt: now - 4 * DAY }, refused, now).state).toBe('failed')
  })

  it('gives a sign-in link up soon', () => {
    const signIn = { ...mail, kind: 'sign-in', createdAt: now - 16 * MINUTE }
    expect(afterAttempt(signIn, refused, now).state).toBe('failed')
  })

  it('fails at once what SendGrid will never take', () => {
    const answer = afterAttempt(mail, { ...refused, final: true }, now)
    expect(answer).toEqual({ state: 'failed', reason: 'down' })
  })

  it('tries an unanswered one once more and then leaves it unknown', () => {
    const silent = { kind: 'unanswered', reason: 'silence' } as const
    const first = afterAttempt(mail, silent, now)
    expect(first).toEqual({ state: 'unknown', reason: 'silence', retryAt: now + UNKNOWN_FOR })
    const second = afterAttempt({ ...mail, unanswered: 2 }, silent, now)
    expect(second).toEqual({ state: 'unknown', reason: 'silence' })
  })
})

it('offers another try only for what will not arrive by itself, and once', () => {
  const mail = { unanswered: 0, retriedBy: null }
  const states = emailStates.filter((state) => mayRetry({ ...mail, state }))
  expect(states).toEqual(['bounced', 'failed'])
  expect(mayRetry({ state: 'unknown', unanswered: 2, retriedBy: null })).toBe(true)
  expect(mayRetry({ state: 'failed', unanswered: 0, retriedBy: 'x' })).toBe(false)
})
