import { plainDecimal } from './decimal.ts'
import { amountText, parseAmount, stepOf } from './money.ts'

/** What stands between thousands in a locale, what before the decimals, and whether lakhs are grouped. */
interface Marks {
  group: string
  decimal: string
  lakhs: boolean
}

const known = new Map<string, Marks>()

function marksOf(locale: string): Marks {
  let marks = known.get(locale)
  if (!marks) {
    const format = new Intl.NumberFormat(locale, { minimumFractionDigits: 1 })
    const parts = format.formatToParts(1234567.5)
    const mark = (type: string) => parts.find((part) => part.type === type)?.value ?? ''
    const lakhs = parts.find(({ type }) => type === 'integer')?.value === '12'
    marks = { group: plainly(mark('group')), decimal: mark('decimal'), lakhs }
    known.set(locale, marks)
  }
  return marks
}

/** Spaces of every width as one space, and both apostrophes as one: nobody types the others. */
const plainly = (text: string): string => text.replace(/\s/g, ' ').replaceAll('’', "'")

/**
 * A number as people of a locale type it, as plain decimal text: '1.240,50' in Germany is '1240.5'.
 * Undefined for anything else: a mark in the wrong place may be a slip by a thousand times.
 */
export function readNumber(text: string, locale: string): string | undefined {
  const { group, decimal, lakhs } = marksOf(locale)
  const [whole = '', part, ...more] = plainly(text.trim()).split(decimal)
  if (more.length > 0 || (part !== undefined && !/^\d+$/.test(part))) return undefined
  const digits = whole === '' && part !== undefined ? '0' : ungrouped(whole, group, lakhs)
  if (digits === undefined) return undefined
  return plainDecimal(part === undefined ? digits : `${digits}.${part}`)
}

/** A space is a mark everywhere: it can't be meant otherwise. */
function ungrouped(whole: string, group: string, lakhs: boolean): string | undefined {
  if (/^\d+$/.test(whole)) return whole
  for (const mark of new Set([group, ' '])) {
    const groups = whole.split(mark)
    const [first = '', ...rest] = groups
    const last = rest.pop() ?? ''
    const size = lakhs ? 2 : 3
    const fits =
      /^\d{1,3}$/.test(first) &&
      first.length <= size &&
      rest.every((each) => /^\d+$/.test(each) && each.length === size) &&
      /^\d{3}$/.test(last)
    if (fits) return groups.join('')
  }
  return undefined
}

/** The other way, for a field: '1240.5' is '1240,5' in Germany. */
export const writeNumber = (plain: string, locale: string): string =>
  plain.replace('.', marksOf(locale).decimal)

/** An amount as it is typed, perhaps with its currency, in minor units. */
export function readAmount(text: string, currency: string, locale: string): number | undefined {
  const plain = readNumber(withoutCurrency(text, currency, locale), locale)
  return plain === undefined ? undefined : parseAmount(plain, currency)
}

function withoutCurrency(text: string, currency: string, locale: string): string {
  const sign = new Intl.NumberFormat(locale, { style: 'currency', currency })
    .formatToParts(1)
    .find(({ type }) => type === 'currency')?.value
  const given = text.trim()
  for (const name of [sign ?? currency, currency]) {
    if (given.startsWith(name)) return given.slice(name.length)
    if (given.endsWith(name)) return given.slice(0, -name.length)
  }
  return given
}

/** Minor units as a field holds them. */
export function writeAmount(amount: number, currency: string, locale: string): string {
  const text = amountText(amount, currency)
  // What has no smaller unit any more is kept in hundredths that nobody writes.
  return writeNumber(stepOf(currency) === 100 ? text.replace(/\.00$/, '') : text, locale)
}

/** '1,240.50', to say how an amount is written. */
export function exampleOf(currency: string, locale: string): string {
  const places = writeAmount(0, currency, 'en-US').split('.')[1]?.length ?? 0
  return new Intl.NumberFormat(locale, {
    minimumFractionDigits: places,
    maximumFractionDigits: places,
    useGrouping: true,
  }).format(places === 0 ? 1240 : 1240.5)
}
