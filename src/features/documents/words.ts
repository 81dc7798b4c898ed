import { formatDay } from '../../lib/day.ts'
import { formatMoney } from '../../lib/money.ts'

/** Outside of what the fonts in public/fonts hold. */
const foreign =
  /[^\u{20}-\u{7e}\u{a0}-\u{377}\u{37a}-\u{37f}\u{384}-\u{3e1}\u{3f0}-\u{52f}\u{1e00}-\u{1fff}\u{2000}-\u{2027}\u{202f}-\u{205e}\u{2070}-\u{209c}\u{20a0}-\u{20bf}\u{2100}-\u{214f}\u{fb01}\u{fb02}]/gu

/** Written otherwise: the wide signs of currencies, the true minus; marks that only join are dropped. */
const likeness = new Map([
  ['\u{ffe5}', '\u{a5}'],
  ['\u{ffe6}', '\u{20a9}'],
  ['\u{2212}', '\u{2013}'],
  ['\u{2192}', '>'],
  ['\t', ' '],
  ['\u{fe0f}', ''],
])

/** A text as the fonts can draw it; what they lack shows as a sign that something is missing. */
export const drawable = (text: string): string =>
  text.normalize('NFC').replace(foreign, (letter) => likeness.get(letter) ?? '\u{fffd}')

/** In the invoice's own words where the fonts have them, or else in English ones. */
function written(say: (locale: string) => string, locale: string): string {
  const text = drawable(say(locale))
  return text.includes('\u{fffd}') ? say('en-GB') : text
}

export const money = (amount: number, currency: string, locale: string): string =>
  written((words) => formatMoney(amount, currency, words), locale)

export const day = (of: string, locale: string): string =>
  written((words) => formatDay(of, words), locale)

/** '1.5' as it is read there; every digit is kept. */
export const number = (decimal: string, locale: string): string =>
  written((words) => {
    const [whole = '0', part = ''] = decimal.split('.')
    const digits = { minimumFractionDigits: part.length, maximumFractionDigits: part.length }
    // Below 10^15, so exact: a quantity has at most nine digits before the point and six behind it.
    return new Intl.NumberFormat(words, digits).format(Number(`${whole}.${part || 0}`))
  }, locale)
