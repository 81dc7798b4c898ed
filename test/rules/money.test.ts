import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { currencies } from '../../src/lib/currency.ts'
import { parseDecimal, plainDecimal } from '../../src/lib/decimal.ts'
import {
  amountText,
  formatMoney,
  isInSteps,
  MOST_AMOUNT,
  parseAmount,
  stepOf,
} from '../../src/lib/money.ts'

it.each([
  [124_000, 'USD', '$1,240.00'],
  [5, 'EUR', '€0.05'],
  [1240, 'JPY', '¥1,240'],
  [1240, 'KWD', 'KWD 1.240'],
  // Stripe keeps a hundredth of these, always zero, which nobody writes.
  [124_000, 'ISK', 'ISK 1,240'],
  // These have hundredths that Intl would leave out.
  [124_050, 'RSD', 'RSD 1,240.50'],
  [999_999_999_999, 'USD', '$9,999,999,999.99'],
  [MOST_AMOUNT, 'USD', '$99,999,999,999.99'],
])('%i of %s is %s', (amount, currency, words) => {
  expect(formatMoney(amount, currency, 'en-US').replaceAll('\u00a0', ' ')).toBe(words)
})

it.each([
  ['EUR', 1],
  ['JPY', 1],
  ['ISK', 100],
  ['UGX', 100],
  ['BHD', 10],
  ['JOD', 10],
  ['KWD', 10],
  ['OMR', 10],
  ['TND', 10],
])('%s goes in steps of %i', (currency, step) => {
  expect(stepOf(currency)).toBe(step)
  expect(isInSteps(step * 7, currency)).toBe(true)
  expect(isInSteps(step * 7 + 1, currency)).toBe(step === 1)
})

describe('an amount as text', () => {
  it.each([
    ['1240.5', 'EUR', 124_050],
    ['0.05', 'EUR', 5],
    ['1240', 'JPY', 1240],
    ['1240', 'ISK', 124_000],
    ['1.240', 'KWD', 1240],
    ['99999999999.99', 'EUR', MOST_AMOUNT],
  ])('%s of %s is %i', (text, currency, amount) => {
    expect(parseAmount(text, currency)).toBe(amount)
  })

  it.each([
    ['0.001', 'EUR'],
    ['0.5', 'JPY'],
    ['1240.5', 'ISK'],
    ['1.245', 'KWD'],
    ['100000000000', 'EUR'],
    ['1,240', 'EUR'],
    ['-1', 'EUR'],
    ['1e3', 'EUR'],
    ['.5', 'EUR'],
    ['', 'EUR'],
  ])('%j is none of %s', (text, currency) => {
    expect(parseAmount(text, currency)).toBeUndefined()
  })

  it('comes back as it went, in every currency', () => {
    const anyAmount = fc.tuple(fc.constantFrom(...currencies), fc.nat(99_999_999))
    fc.assert(
      fc.property(anyAmount, ([currency, units]) => {
        const amount = units * stepOf(currency)
        expect(parseAmount(amountText(amount, currency), currency)).toBe(amount)
      }),
    )
  })
})

describe('a decimal text', () => {
  it.each([
    ['1.50', '1.5'],
    ['20.0', '20'],
    ['020', '20'],
    ['0', '0'],
    ['0.000', '0'],
    ['00.10', '0.1'],
    ['100', '100'],
    ['x', 'x'],
  ])('%s is plainly %s', (text, plain) => {
    expect(plainDecimal(text)).toBe(plain)
  })

  it('means the same plainly', () => {
    const value = ({ digits, places }: { digits: bigint; places: number }) =>
      digits * 10n ** BigInt(20 - places)
    fc.assert(
      fc.property(fc.stringMatching(/^\d{1,9}(\.\d{1,9})?$/), (text) => {
        const [long, short] = [parseDecimal(text), parseDecimal(plainDecimal(text))]
        expect(long && short && value(long) === value(short)).toBe(true)
      }),
    )
  })
})
