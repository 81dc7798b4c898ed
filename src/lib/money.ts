import { parseDecimal, type Decimal } from './decimal.ts'

const withoutMinorUnit = new Set(
  'BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' '),
)
const withThousandths = new Set('BHD JOD KWD OMR TND'.split(' '))
/** They have no smaller unit any more, and are still kept in hundredths. */
const inWholeUnits = new Set('ISK UGX'.split(' '))

/** No amount is larger (minor units): a thousand of them still add up exactly as numbers. */
export const MOST_AMOUNT = 9_999_999_999_999

/**
 * Digits of the minor unit that amounts are kept in. Stripe's list, which isn't everywhere that of
 * ISO 4217. https://docs.stripe.com/currencies#minor-units
 */
function exponentOf(currency: string): 0 | 2 | 3 {
  if (withoutMinorUnit.has(currency)) return 0
  return withThousandths.has(currency) ? 3 : 2
}

/** What every amount that changes hands is a multiple of, in minor units. */
export function stepOf(currency: string): 1 | 10 | 100 {
  if (inWholeUnits.has(currency)) return 100
  return withThousandths.has(currency) ? 10 : 1
}

export const isInSteps = (amount: number, currency: string): boolean =>
  amount % stepOf(currency) === 0

/** The multiple of `step` nearest to numerator / denominator, the greater of two as near. Nothing is negative. */
export const roundHalfUp = (numerator: bigint, denominator: bigint, step: bigint): bigint =>
  ((2n * numerator + denominator * step) / (2n * denominator * step)) * step

/** `amount` times a number, rounded once. */
export const times = (amount: bigint, { digits, places }: Decimal, step: bigint): bigint =>
  roundHalfUp(amount * digits, 10n ** BigInt(places), step)

/** So many per cent of `amount`, rounded once. */
export const percentOf = (amount: bigint, { digits, places }: Decimal, step: bigint): bigint =>
  times(amount, { digits, places: places + 2 }, step)

/** '$1,240.00' for 124000 minor units. A whole number below 2^53 keeps every digit that is shown. */
export const formatMoney = (amount: number, currency: string, locale: string): string =>
  new Intl.NumberFormat(locale, { style: 'currency', currency, ...shownDigits(currency) }).format(
    amount / 10 ** exponentOf(currency),
  )

/** Said, since Intl would leave the hundredths of some currencies out. */
function shownDigits(currency: string) {
  const digits = inWholeUnits.has(currency) ? 0 : exponentOf(currency)
  return { minimumFractionDigits: digits, maximumFractionDigits: digits }
}

/** '1240.5' as minor units; undefined for what is no number, or finer than the currency's step. */
export function parseAmount(text: string, currency: string): number | undefined {
  const given = parseDecimal(text)
  const exponent = exponentOf(currency)
  if (!given) return undefined
  const scaled = given.digits * 10n ** BigInt(exponent)
  const denominator = 10n ** BigInt(given.places)
  if (scaled % (denominator * BigInt(stepOf(currency))) !== 0n) return undefined
  const amount = Number(scaled / denominator)
  return amount <= MOST_AMOUNT ? amount : undefined
}

/** '1240.50' for 124050 minor units of euros: what programs read, and fields hold. */
export function amountText(amount: number, currency: string): string {
  const exponent = exponentOf(currency)
  const digits = String(amount).padStart(exponent + 1, '0')
  return exponent === 0 ? digits : `${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`
}
