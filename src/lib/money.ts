const withoutMinorUnit = new Set(
  'BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' '),
)
const withThousandths = new Set('BHD JOD KWD OMR TND'.split(' '))

/**
 * Digits of the minor unit that amounts are kept in. Stripe's list, which isn't everywhere that of
 * ISO 4217. https://docs.stripe.com/currencies#minor-units
 */
function exponentOf(currency: string): 0 | 2 | 3 {
  if (withoutMinorUnit.has(currency)) return 0
  return withThousandths.has(currency) ? 3 : 2
}

/** '$1,240.00' for 124000 minor units. A whole number below 2^53 keeps every digit that is shown. */
export const formatMoney = (amount: number, currency: string, locale: string): string =>
  new Intl.NumberFormat(locale, { style: 'currency', currency }).format(
    amount / 10 ** exponentOf(currency),
  )
