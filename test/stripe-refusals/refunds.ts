import { docs, currencies, refunds } from './pages.ts'
import type { Form } from './refusal.ts'

export const refundForms: readonly Form[] = [
  ['a refund of nothing', refunds, 'refunds', 'amount=100', { code: 'parameter_missing' }],
  [
    'a refund of an unknown payment',
    refunds,
    'refunds',
    'payment_intent=pi_none',
    { code: 'resource_missing', param: 'payment_intent' },
  ],
  [
    'a refund of an unknown charge',
    refunds,
    'refunds',
    'charge=ch_none',
    { code: 'resource_missing', param: 'charge' },
  ],
  [
    'a refund of more than the charge',
    refunds,
    'refunds',
    (its) => `payment_intent=${its.intent}&amount=5001`,
    { param: 'amount', message: 'greater than unrefunded amount' },
  ],
  [
    'a refund of none',
    refunds,
    'refunds',
    (its) => `payment_intent=${its.intent}&amount=0`,
    { param: 'amount' },
  ],
  [
    'a refund of less than none',
    refunds,
    'refunds',
    (its) => `payment_intent=${its.intent}&amount=-5`,
    { param: 'amount' },
  ],
  [
    'a refund of half a króna',
    `${currencies}#special-cases`,
    'refunds',
    (its) => `payment_intent=${its.kronas}&amount=150`,
    { param: 'amount' },
  ],
  [
    'a refund of what has gone back',
    refunds,
    'refunds',
    (its) => `payment_intent=${its.refunded}&amount=1`,
    { code: 'charge_already_refunded' },
  ],
  [
    'a refund of what is disputed',
    `${docs}/disputes`,
    'refunds',
    (its) => `payment_intent=${its.disputed}`,
    { code: 'charge_disputed' },
  ],
  [
    'a refund of a debit on its way',
    refunds,
    'refunds',
    (its) => `payment_intent=${its.processing}`,
    { param: 'payment_intent' },
  ],
  [
    'a refund of what was never paid',
    refunds,
    'refunds',
    (its) => `payment_intent=${its.waiting}`,
    { param: 'payment_intent' },
  ],
  [
    "a refund of another payment's charge",
    refunds,
    'refunds',
    (its) => `payment_intent=${its.intent}&charge=ch_none`,
    { param: 'charge' },
  ],
]
