import { expect, it } from 'vitest'
import { formatMoney } from '../../src/lib/money.ts'

it.each([
  [124_000, 'USD', '$1,240.00'],
  [5, 'EUR', '€0.05'],
  [1240, 'JPY', '¥1,240'],
  [1240, 'KWD', 'KWD 1.240'],
  // Stripe keeps a hundredth of these, always zero, which nobody writes.
  [124_000, 'ISK', 'ISK 1,240'],
  [999_999_999_999, 'USD', '$9,999,999,999.99'],
])('%i of %s is %s', (amount, currency, words) => {
  expect(formatMoney(amount, currency, 'en-US').replaceAll('\u00a0', ' ')).toBe(words)
})
