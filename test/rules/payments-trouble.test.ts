import { describe, expect, it } from 'vitest'
import type { DisputeStage, DisputeTold } from '../../src/db/schema/invoices.ts'
import {
  reasonWords,
  troubleIn,
  troubles,
  troubleWords,
} from '../../src/features/payments/trouble-words.ts'
import { paymentAtStripe } from '../../src/platform/stripe.ts'

const facts = { amount: '€5.00', number: 'INV-1', client: 'Halcyon' }
const none = { why: undefined, answerBy: undefined, left: undefined }

describe('what is mailed of trouble', () => {
  it.each(troubles)('says of %s the amount, the invoice and what comes of it', (trouble) => {
    const { title, paragraphs } = troubleWords({ ...facts, ...none, trouble })
    expect(title).toContain('€5.00')
    expect(title).toContain('INV-1')
    const whole = troubleWords({
      ...facts,
      trouble,
      why: 'For a reason.',
      answerBy: '17 Nov 2026',
      left: '€5.00',
    }).paragraphs.join(' ')
    expect(whole).toContain('For a reason.')
    expect(whole).toContain(
      trouble === 'lost' || trouble === 'failed' ? 'asks for €5.00' : '17 Nov',
    )
    expect([title, ...paragraphs, whole].join(' ')).not.toMatch(/undefined|null/)
  })

  it('gives a reason in words, and none that it does not know', () => {
    expect(reasonWords('fraudulent')).toMatch(/did not make this payment/)
    for (const reason of [null, 'general', 'toString']) expect(reasonWords(reason)).toBeUndefined()
  })
})

it('is trouble once, and no trouble where it went well', () => {
  const dispute = (stage: DisputeStage, answerBy: number | null) => {
    const told: DisputeTold = { turns: [[1, stage]], reason: null, answerBy }
    return { kind: 'reversal', state: 'pending', dispute: told } as const
  }
  const money = { dispute: null, kind: 'payment' } as const
  expect(troubleIn(dispute('open', 9))).toBe('open')
  expect(troubleIn(dispute('open', 9), 'inquiry')).toBe('open')
  expect(troubleIn(dispute('open', 9), 'open')).toBeUndefined()
  expect(troubleIn(dispute('won', null), 'lost')).toBeUndefined()
  expect(troubleIn(dispute('appeal', 9), 'lost')).toBe('appeal')
  expect(troubleIn(dispute('appeal', null), 'lost')).toBeUndefined()
  expect(troubleIn({ ...money, state: 'failed' })).toBe('failed')
  expect(troubleIn({ ...money, state: 'succeeded' })).toBeUndefined()
  expect(troubleIn({ ...money, kind: 'refund', state: 'failed' })).toBeUndefined()
})

it('leads to the payment in the account, and in the half of it, that has it', () => {
  const real = 'https://api.stripe.com'
  expect(paymentAtStripe(real, 'test:acct_1', 'pi_1')).toBe(
    'https://dashboard.stripe.com/acct_1/test/payments/pi_1',
  )
  expect(paymentAtStripe(real, 'live:acct_1', 'pi_1')).toBe(
    'https://dashboard.stripe.com/acct_1/payments/pi_1',
  )
  expect(paymentAtStripe(real, null, 'pi_1')).toBe('https://dashboard.stripe.com/payments/pi_1')
  expect(paymentAtStripe('http://127.0.0.1:1', 'test:acct_1', 'pi_1')).toBe('http://127.0.0.1:1')
})
