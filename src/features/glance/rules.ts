import { addMonths } from '../../lib/day.ts'

/** A year, with the month that runs. */
const MONTHS_SHOWN = 12

/** The last twelve months, the one of `today` at their end. */
export const monthsTo = (today: string): string[] =>
  Array.from({ length: MONTHS_SHOWN }, (_, n) => addMonths(today.slice(0, 7), n - MONTHS_SHOWN + 1))

export interface Received {
  month: string
  amount: number
}

/** What came in each month, also where nothing did. */
export const byMonth = (received: readonly Received[], today: string): Received[] =>
  monthsTo(today).map((month) => ({
    month,
    amount: received.find((one) => one.month === month)?.amount ?? 0,
  }))

/** No more than these are counted: reading them all would cost more than the number says. */
export const MOST_COUNTED = 100

/** '7', or '99+' where nobody counted on. */
export const countWords = (count: number): string =>
  count < MOST_COUNTED ? String(count) : `${MOST_COUNTED - 1}+`

/** The organisation's own currency first, then by their codes. */
export const inOrder = (currencies: Iterable<string>, own: string): string[] =>
  [...new Set(currencies)].sort((one, other) =>
    one === own ? -1 : other === own ? 1 : one < other ? -1 : 1,
  )
