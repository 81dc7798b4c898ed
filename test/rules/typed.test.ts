import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { locales } from '../../src/lib/locale.ts'
import { amountText, stepOf } from '../../src/lib/money.ts'
import { exampleOf, readAmount, readNumber, writeAmount } from '../../src/lib/typed.ts'

describe('a number as people type it', () => {
  it.each([
    ['en-US', '1,240.50', '1240.5'],
    ['en-US', '1240.50', '1240.5'],
    ['en-US', '.5', '0.5'],
    ['en-US', '1,000,000', '1000000'],
    ['de-DE', '1.240,50', '1240.5'],
    ['de-DE', '1.240', '1240'],
    ['de-DE', '1 240,50', '1240.5'],
    ['fr-FR', '1 240,50', '1240.5'],
    ['fr-FR', '1 240,50', '1240.5'],
    ['de-CH', "1'240.50", '1240.5'],
    ['de-CH', '1’240.50', '1240.5'],
    ['en-IN', '12,34,567.5', '1234567.5'],
    ['pl-PL', '1 240,5', '1240.5'],
  ])('in %s is read: %s', (locale, text, plain) => {
    expect(readNumber(text, locale)).toBe(plain)
  })

  it.each([
    ['en-US', '1.240,50'],
    ['en-US', '12,50'],
    ['en-US', '1,2400'],
    ['en-US', '1,,000'],
    ['en-US', '-5'],
    ['en-US', '1e3'],
    ['en-US', '5.'],
    ['en-US', ''],
    ['en-US', '.'],
    ['de-DE', '1240.50'],
    ['de-DE', '1,240.50'],
    ['en-IN', '1234,567'],
  ])('in %s is no number: %s', (locale, text) => {
    expect(readNumber(text, locale)).toBeUndefined()
  })
})

const currencies = ['EUR', 'USD', 'JPY', 'ISK', 'KWD', 'HUF']

describe('an amount', () => {
  it('is read as it is written, in every locale and kind of currency', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...locales),
        fc.constantFrom(...currencies),
        fc.integer({ min: 0, max: 1_000_000_000 }),
        (locale, currency, count) => {
          const amount = count * stepOf(currency)
          expect(readAmount(writeAmount(amount, currency, locale), currency, locale)).toBe(amount)
        },
      ),
    )
  })

  it('may be written as the example says, in every locale', () => {
    for (const locale of locales) {
      for (const currency of currencies) {
        const example = exampleOf(currency, locale)
        expect(readAmount(example, currency, locale), `${locale} ${example}`).toBeDefined()
      }
    }
  })

  it('may have its currency with it, and no other', () => {
    expect(readAmount('$4,000', 'USD', 'en-US')).toBe(400_000)
    expect(readAmount('4,000 USD', 'USD', 'en-US')).toBe(400_000)
    expect(readAmount('1.240,50 €', 'EUR', 'de-DE')).toBe(124_050)
    expect(readAmount('4,000 EUR', 'USD', 'en-US')).toBeUndefined()
  })

  it('finer than its currency is none', () => {
    expect(readAmount('1.5', 'JPY', 'en-US')).toBeUndefined()
    expect(readAmount('1.005', 'EUR', 'en-US')).toBeUndefined()
    expect(amountText(100, 'ISK')).toBe('1.00')
    expect(writeAmount(100, 'ISK', 'en-US')).toBe('1')
  })
})
