import { invalid } from './errors.ts'

/*
 * https://docs.stripe.com/currencies, written down once more on purpose: a table shared with the app
 * would agree with the app whatever it says.
 */

const all =
  'usd aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bhd bif bmd bnd bob brl bsd bwp byn bzd cad cdf chf clp cny cop crc cve czk djf dkk dop dzd egp etb eur fjd fkp gbp gel gip gmd gnf gtq gyd hkd hnl htg huf idr ils inr isk jmd jod jpy kes kgs khr kmf krw kwd kyd kzt lak lbp lkr lrd lsl mad mdl mga mkd mmk mnt mop mur mvr mwk mxn myr mzn nad ngn nio nok npr nzd omr pab pen pgk php pkr pln pyg qar ron rsd rub rwf sar sbd scr sek sgd shp sle sos srd std szl thb tjs tnd top try ttd twd tzs uah ugx uyu uzs vnd vuv wst xaf xcd xcg xof xpf yer zar zmw'
const known = new Set(all.split(' '))

const withoutDecimals = new Set(
  'bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' '),
)
const withThree = new Set('bhd jod kwd omr tnd'.split(' '))
/** Without decimals since a while ago, and still given as if they had two. */
const withTwoZeros = new Set('isk ugx'.split(' '))

/** The least that can be charged, in the currency's smallest unit. */
const minimums: Record<string, number> = {
  usd: 50,
  aed: 200,
  aud: 50,
  bgn: 100,
  brl: 50,
  cad: 50,
  chf: 50,
  czk: 1500,
  dkk: 250,
  eur: 50,
  gbp: 30,
  hkd: 400,
  huf: 17500,
  inr: 50,
  jpy: 50,
  mxn: 1000,
  myr: 200,
  nok: 300,
  nzd: 50,
  pln: 200,
  ron: 200,
  sek: 300,
  sgd: 50,
  thb: 1000,
}

/** Eight digits, whatever the currency. */
const maximum = 99_999_999

export const minimumOf = (currency: string): number => minimums[currency] ?? stepOf(currency)

function stepOf(currency: string): number {
  if (withTwoZeros.has(currency)) return 100
  return withThree.has(currency) ? 10 : 1
}

export function exponentOf(currency: string): number {
  if (withoutDecimals.has(currency)) return 0
  return withThree.has(currency) ? 3 : 2
}

/** '€12.40', with the decimals that Stripe counts in. */
export function inWords(amount: number, currency: string): string {
  const digits = exponentOf(currency)
  return new Intl.NumberFormat('en-GB', {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(amount / 10 ** digits)
}

export function knownCurrency(currency: string, param: string): string {
  const lower = currency.toLowerCase()
  if (known.has(lower)) return lower
  throw invalid(
    `Invalid currency: ${lower}. Stripe currently supports these currencies: ${all.replaceAll(' ', ', ')}`,
    { param },
  )
}

/** An amount that could be charged as far as its digits go. */
export function validAmount(amount: number, currency: string, param: string): number {
  if (amount < 0)
    throw invalid('Invalid non-negative integer', { code: 'parameter_invalid_integer', param })
  if (amount > maximum) {
    throw invalid(`Amount must be no more than ${inWords(maximum, currency)}`, {
      code: 'amount_too_large',
      param,
    })
  }
  const step = stepOf(currency)
  if (amount % step !== 0) {
    throw invalid(
      `Invalid amount ${amount} for ${currency}: it must be evenly divisible by ${step}. See https://docs.stripe.com/currencies#special-cases`,
      { code: 'parameter_invalid_integer', param },
    )
  }
  return amount
}

export function chargeable(total: number, currency: string, param: string): number {
  validAmount(total, currency, param)
  if (total >= minimumOf(currency)) return total
  throw invalid(
    `The Checkout Session's total amount due must add up to at least ${inWords(minimumOf(currency), currency)} ${currency}`,
    { code: 'amount_too_small', param },
  )
}
