import { addDays } from '../../lib/day.ts'

/** How long what is asked for has been overdue, in days. */
export const ages = ['current', '1-30', '31-60', '61-90', 'over-90'] as const
export type Age = (typeof ages)[number]

/** Both ends belong to it; what is left out has no end. */
export interface DueBetween {
  from?: string
  to?: string
}

const between: Record<Age, readonly [most: number | undefined, least: number | undefined]> = {
  current: [0, undefined],
  '1-30': [30, 1],
  '31-60': [60, 31],
  '61-90': [90, 61],
  'over-90': [undefined, 91],
}

/** The due days of an age, on a day. */
export function dueBetween(age: Age, today: string): DueBetween {
  const [most, least] = between[age]
  return {
    ...(most === undefined ? {} : { from: addDays(today, -most) }),
    ...(least === undefined ? {} : { to: addDays(today, -least) }),
  }
}

/** What is due before a day. */
export const dueBefore = (day: string): DueBetween => ({ to: addDays(day, -1) })

const DIGITS = 8

/**
 * The beginnings that together cover the days between two, each written as '20261124', and no other:
 * by them a full-text table finds a range. Nowhere are more than nine needed for a digit and an end.
 */
export function dayPrefixes({ from, to }: DueBetween): string[] {
  const first = from?.replaceAll('-', '') ?? '0'.repeat(DIGITS)
  const last = to?.replaceAll('-', '') ?? '9'.repeat(DIGITS)
  const cover = (prefix: string): string[] => {
    const lowest = prefix.padEnd(DIGITS, '0')
    const highest = prefix.padEnd(DIGITS, '9')
    if (highest < first || lowest > last) return []
    // A beginning has at least one digit: an empty one would be no word.
    if (prefix !== '' && lowest >= first && highest <= last) return [prefix]
    return [...'0123456789'].flatMap((digit) => cover(`${prefix}${digit}`))
  }
  return cover('')
}
