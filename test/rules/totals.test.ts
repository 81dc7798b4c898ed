import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shareOf, totalsOf, type Billed, type Totals } from '../../src/features/invoices/totals.ts'
import { stepOf } from '../../src/lib/money.ts'
import { slowTotals } from './slow-totals.ts'

/** 'quantity x unit amount @ rate', without the rate where nothing is taxed. */
function lines(...texts: string[]): Billed['lines'] {
  return texts.map((text) => {
    const [, quantity = '', unitAmount = '', rate] =
      /^([\d.]+) x (\d+)(?: @ ([\d.]+))?$/.exec(text) ?? []
    return { quantity, unitAmount: Number(unitAmount), taxRate: rate ?? null }
  })
}

const billed = (over: Partial<Billed>): Billed => ({
  currency: 'EUR',
  prices: 'net',
  discountPercent: null,
  discountAmount: null,
  lines: [],
  ...over,
})

const cases: [string, Partial<Billed>, Partial<Totals>][] = [
  [
    'three rates and 10 % off',
    { lines: lines('2.5 x 8000 @ 20', '1 x 4999 @ 10', '3 x 333 @ 5.5'), discountPercent: '10' },
    {
      amounts: [20000, 4999, 999],
      subtotal: 25998,
      discount: 2600,
      // 2000.15, 499.94 and 99.91: the two steps that are left go to the last two.
      taxes: [
        { rate: '20', base: 18000, tax: 3600 },
        { rate: '10', base: 4499, tax: 450 },
        { rate: '5.5', base: 899, tax: 49 },
      ],
      tax: 4099,
      total: 27497,
    },
  ],
  [
    'yen, which has no smaller unit',
    { currency: 'JPY', lines: lines('3 x 1250 @ 10', '1.5 x 333 @ 8') },
    {
      amounts: [3750, 500],
      taxes: [
        { rate: '10', base: 3750, tax: 375 },
        { rate: '8', base: 500, tax: 40 },
      ],
      total: 4665,
    },
  ],
  [
    'krónur, kept in hundredths and whole all the same',
    { currency: 'ISK', lines: lines('1.5 x 12300 @ 24'), discountPercent: '1' },
    {
      amounts: [18500],
      discount: 200,
      taxes: [{ rate: '24', base: 18300, tax: 4400 }],
      total: 22700,
    },
  ],
  [
    'dinars, of which the last of three digits is always 0',
    { currency: 'KWD', lines: lines('0.333 x 1250 @ 5', '1 x 1240 @ 5') },
    { amounts: [420, 1240], taxes: [{ rate: '5', base: 1660, tax: 80 }], total: 1740 },
  ],
  [
    'gross prices',
    { prices: 'gross', lines: lines('1 x 12000 @ 20', '1 x 10900 @ 9'), discountPercent: '10' },
    {
      subtotal: 22900,
      discount: 2290,
      taxes: [
        { rate: '20', base: 9000, tax: 1800 },
        { rate: '9', base: 9000, tax: 810 },
      ],
      tax: 2610,
      total: 20610,
    },
  ],
  [
    'nothing at all',
    { lines: lines('0 x 10000 @ 20') },
    { subtotal: 0, taxes: [{ rate: '20', base: 0, tax: 0 }], total: 0 },
  ],
  [
    'a discount of all of it',
    { lines: lines('1 x 999 @ 20', '1 x 1 @ 10'), discountAmount: 1000 },
    { discount: 1000, tax: 0, total: 0 },
  ],
  [
    'a discount of more than all, which a form may hold for a moment',
    { lines: lines('1 x 500'), discountAmount: 501 },
    { discount: 500, total: 0 },
  ],
  [
    'quantities of six decimals',
    { lines: lines('0.333333 x 100000 @ 19', '0.000001 x 500000') },
    { amounts: [33333, 1], taxes: [{ rate: '19', base: 33333, tax: 6333 }], total: 39667 },
  ],
  [
    'what is not taxed, which bears its share of the discount and is not listed',
    { lines: lines('1 x 10000 @ 20', '1 x 10000'), discountAmount: 5000 },
    { taxes: [{ rate: '20', base: 7500, tax: 1500 }], tax: 1500, total: 16500 },
  ],
  [
    'a rate of 0, which is listed',
    { lines: lines('1 x 10000 @ 0') },
    { taxes: [{ rate: '0', base: 10000, tax: 0 }], total: 10000 },
  ],
  [
    'tax once per rate, not per line',
    { lines: lines('1 x 3 @ 20', '1 x 3 @ 20', '1 x 3 @ 20') },
    { taxes: [{ rate: '20', base: 9, tax: 2 }], total: 11 },
  ],
  [
    'the larger of two halves to the higher rate',
    { lines: lines('1 x 50 @ 5', '1 x 50 @ 20'), discountAmount: 1 },
    {
      taxes: [
        { rate: '20', base: 49, tax: 10 },
        { rate: '5', base: 50, tax: 3 },
      ],
    },
  ],
  [
    'the largest invoice there may be',
    { lines: lines('1 x 9999999999999 @ 0.0001') },
    { tax: 10_000_000, total: 10_000_009_999_999 },
  ],
]

it.each(cases)('%s', (_, given, expected) => {
  const invoice = billed(given)
  expect(totalsOf(invoice)).toMatchObject(expected)
  expect(slowTotals(invoice, BigInt(stepOf(invoice.currency)))).toMatchObject(expected)
})

it.each([
  ['EUR', 100_000, '33.3333', 33_333],
  ['EUR', 999, '50', 500],
  ['ISK', 1_234_500, '50', 617_300],
  ['KWD', 12_350, '33.3', 4110],
  ['JPY', 100, '0', 0],
])('in %s, of %i, %s per cent are %i', (currency, price, percent, share) => {
  expect(shareOf(price, percent, currency)).toBe(share)
})

const anyCurrency = fc.constantFrom('EUR', 'USD', 'JPY', 'ISK', 'UGX', 'KWD', 'TND')
const decimalText = (most: number, places: number) =>
  fc
    .tuple(fc.nat(most), fc.integer({ min: 0, max: places }))
    .chain(([whole, length]) =>
      fc
        .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
        .map((digits) => (length === 0 ? `${whole}` : `${whole}.${digits.join('')}`)),
    )
const rate = fc.option(
  fc.constantFrom('0', '2.1', '5.5', '7', '8.875', '10', '19', '20', '25', '99.9999', '100'),
)

const anyInvoice = anyCurrency.chain((currency) => {
  const step = stepOf(currency)
  return fc.record({
    currency: fc.constant(currency),
    prices: fc.constantFrom('net' as const, 'gross' as const),
    lines: fc.array(
      fc.record({
        quantity: decimalText(20, 6),
        unitAmount: fc.nat(300).map((units) => units * step),
        taxRate: rate,
      }),
      { maxLength: 8 },
    ),
    off: fc.oneof(
      fc.constant({ discountPercent: null, discountAmount: null }),
      decimalText(99, 4).map((discountPercent) => ({ discountPercent, discountAmount: null })),
      fc.nat(3000).map((units) => ({ discountPercent: null, discountAmount: units * step })),
    ),
  })
})

describe('whatever is billed', () => {
  it('comes to what fractions and patience say', () => {
    fc.assert(
      fc.property(anyInvoice, ({ off, ...rest }) => {
        const invoice = { ...rest, ...off }
        const slow = slowTotals(invoice, BigInt(stepOf(invoice.currency)))
        expect(totalsOf(invoice)).toEqual(slow)
      }),
      { numRuns: 2000 },
    )
  })

  it('adds up, in steps of its currency, whatever the order of its lines', () => {
    const sum = (numbers: number[]) => numbers.reduce((all, each) => all + each, 0)
    fc.assert(
      fc.property(anyInvoice, ({ off, ...rest }) => {
        const invoice = { ...rest, ...off }
        const { amounts, ...totals } = totalsOf(invoice)
        const { subtotal, discount, tax, taxes, total } = totals
        expect(sum(amounts)).toBe(subtotal)
        expect(sum(taxes.map((each) => each.tax))).toBe(tax)
        expect(total).toBe(subtotal - discount + (invoice.prices === 'net' ? tax : 0))
        expect(discount).toBeLessThanOrEqual(subtotal)
        const untaxed = invoice.lines.some(({ taxRate }) => taxRate === null)
        const bases = sum(taxes.map(({ base }) => base))
        if (untaxed) expect(bases).toBeLessThanOrEqual(total - tax)
        else expect(bases).toBe(total - tax)
        const all = [...amounts, subtotal, discount, tax, total, bases]
        for (const amount of all) {
          expect(amount % stepOf(invoice.currency)).toBe(0)
          expect(amount).toBeGreaterThanOrEqual(0)
        }
        const backwards = totalsOf({ ...invoice, lines: invoice.lines.toReversed() })
        expect({ ...backwards, amounts: [] }).toEqual({ ...totals, amounts: [] })
      }),
    )
  })
})
