import * as z from 'zod/mini'
import { parseDecimal, plainDecimal } from './decimal.ts'
import { MOST_AMOUNT } from './money.ts'

/** A number as text, plainly written: at most `most`, with at most `places` decimals. */
export const decimal = (label: string, { most, places }: { most: number; places: number }) => {
  const message = `${label} is a number from 0 to ${most}, with at most ${places} decimals.`
  return z.pipe(
    z
      .string({
        error: ({ input }) =>
          input === undefined ? `${label} is missing.` : `${message} Give it as text.`,
      })
      .check(
        z.trim(),
        z.refine((text) => fits(text, most, places), message),
      ),
    z.transform(plainDecimal),
  )
}

function fits(text: string, most: number, places: number): boolean {
  const found = text.length <= 40 ? parseDecimal(text) : undefined
  if (!found) return false
  return found.places <= places && found.digits <= BigInt(most) * 10n ** BigInt(found.places)
}

/** A whole number of minor units. */
export const amount = (label: string, least: 0 | 1 = 0) => {
  const message = `${label} is a whole number of minor units, from ${least} to ${MOST_AMOUNT}.`
  return z
    .number({
      error: ({ input }) => (input === undefined ? `${label} is missing.` : message),
    })
    .check(z.int(message), z.gte(least, message), z.lte(MOST_AMOUNT, message))
}

/** Per cent. */
export const percent = (label: string) => decimal(label, { most: 100, places: 4 })
