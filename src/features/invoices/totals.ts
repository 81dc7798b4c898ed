import { parseDecimal, type Decimal } from '../../lib/decimal.ts'
import { percentOf, roundHalfUp, stepOf, times } from '../../lib/money.ts'
import type { InvoiceTax } from '../../db/schema/invoices.ts'
import type { PriceKind } from '../../db/schema/organizations.ts'

interface LineFacts {
  /** A decimal text. */
  quantity: string
  /** In minor units. */
  unitAmount: number
  /** Per cent as a decimal text; null for what isn't taxed at all. */
  taxRate: string | null
}

/** Off the subtotal; at most one of the two. */
interface DiscountFacts {
  discountPercent: string | null
  discountAmount: number | null
}

export interface Billed extends DiscountFacts {
  currency: string
  prices: PriceKind
  lines: readonly LineFacts[]
}

/** All in minor units. */
export interface Totals {
  /** Of the lines, in their order. */
  amounts: number[]
  subtotal: number
  discount: number
  tax: number
  /** By rate, the highest first. */
  taxes: InvoiceTax[]
  total: number
}

/** What is billed at one rate, or at none. */
interface Group {
  rate: string | null
  sum: bigint
}

/**
 * What an invoice comes to. Each line is rounded once, half up, then each rate's tax; the discount is
 * spread over the rates before that. Every amount is a multiple of the currency's step.
 */
export function totalsOf({ currency, prices, lines, ...off }: Billed): Totals {
  const step = BigInt(stepOf(currency))
  const amounts = lines.map((line) => times(BigInt(line.unitAmount), decimal(line.quantity), step))
  const subtotal = sumOf(amounts)
  const discount = discountOf(subtotal, off, step)
  const groups = groupsOf(lines, amounts)
  const shares = spread(discount, groups, step)
  const taxes = groups.flatMap(({ rate, sum }, index) =>
    rate === null ? [] : [taxOf(rate, sum - (shares[index] ?? 0n), prices, step)],
  )
  const tax = taxes.reduce((all, each) => all + each.tax, 0)
  const net = Number(subtotal - discount)
  return {
    amounts: amounts.map(Number),
    subtotal: Number(subtotal),
    discount: Number(discount),
    tax,
    taxes,
    total: prices === 'net' ? net + tax : net,
  }
}

/** So many per cent of a price, as a milestone is billed. */
export const shareOf = (price: number, percent: string, currency: string): number =>
  Number(percentOf(BigInt(price), decimal(percent), BigInt(stepOf(currency))))

/** What is no number counts as nothing: a form is totalled while somebody types. */
const decimal = (text: string): Decimal => parseDecimal(text) ?? { digits: 0n, places: 0 }

const sumOf = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, each) => sum + each, 0n)

function discountOf(subtotal: bigint, off: DiscountFacts, step: bigint): bigint {
  const { discountPercent: percent, discountAmount: amount } = off
  const discount =
    percent === null ? BigInt(amount ?? 0) : percentOf(subtotal, decimal(percent), step)
  return discount < subtotal ? discount : subtotal
}

/** The highest rate first, what isn't taxed last: an order that no order of the lines changes. */
function groupsOf(lines: readonly LineFacts[], amounts: readonly bigint[]): Group[] {
  const groups: Group[] = []
  for (const [index, { taxRate }] of lines.entries()) {
    const amount = amounts[index] ?? 0n
    const group = groups.find(({ rate }) => isSameRate(rate, taxRate))
    if (group) group.sum += amount
    else groups.push({ rate: taxRate, sum: amount })
  }
  return groups.sort((one, other) => comparable(other.rate) - comparable(one.rate))
}

const comparable = (rate: string | null): number => (rate === null ? -1 : Number(rate))

const isSameRate = (one: string | null, other: string | null): boolean =>
  comparable(one) === comparable(other)

/**
 * The discount by largest remainder: each group bears its share rounded down to a step, and the steps
 * that are left go to the largest remainders, to the higher rate of two as large.
 */
function spread(discount: bigint, groups: readonly Group[], step: bigint): bigint[] {
  const whole = sumOf(groups.map(({ sum }) => sum))
  if (whole === 0n) return groups.map(() => 0n)
  const parts = groups.map(({ sum }, index) => {
    const exact = discount * sum
    const unit = whole * step
    return { index, share: (exact / unit) * step, rest: exact % unit }
  })
  const left = (discount - sumOf(parts.map(({ share }) => share))) / step
  const largest = parts.toSorted((one, other) =>
    one.rest === other.rest ? one.index - other.index : one.rest > other.rest ? -1 : 1,
  )
  for (const part of largest.slice(0, Number(left))) part.share += step
  return parts.map(({ share }) => share)
}

/** On top of a net amount, or contained in a gross one. */
function taxOf(rate: string, amount: bigint, prices: PriceKind, step: bigint): InvoiceTax {
  const { digits, places } = decimal(rate)
  const hundred = 100n * 10n ** BigInt(places)
  const tax = roundHalfUp(amount * digits, prices === 'net' ? hundred : hundred + digits, step)
  return { rate, base: Number(prices === 'net' ? amount : amount - tax), tax: Number(tax) }
}
