import * as z from 'zod/mini'
import { isCurrency } from './currency.ts'
import { isId } from './id.ts'

/** Control and bidirectional formatting characters: they hide what a person reads. */
const hidden = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u

/** One line of text, normalised (NFC) and trimmed, 1 to `max` characters. `label` opens the message. */
export const line = (label: string, max: number) =>
  z
    .string({
      error: ({ input }) =>
        input === undefined ? `${label} is missing.` : `${label} has to be text.`,
    })
    .check(
      z.normalize('NFC'),
      z.trim(),
      z.minLength(1, `${label} is missing.`),
      z.maxLength(max, `${label} is longer than ${max} characters.`),
      z.refine((text) => !hidden.test(text), `${label} has characters that can’t be shown.`),
    )

/** Lower-cased: people type their address in any case, and it must stay one contact. */
export const emailAddress = z
  .string('Email is missing.')
  .check(
    z.trim(),
    z.toLowerCase(),
    z.minLength(1, 'Email is missing.'),
    z.maxLength(254, 'This address is too long.'),
    z.email('This doesn’t look like an email address.'),
  )

export const currency = z
  .string('Currency is missing.')
  .check(z.trim(), z.toUpperCase(), z.refine(isCurrency, 'This is not a currency we can bill in.'))

export const id = z.string('An id is missing.').check(z.refine(isId, 'This is not an id.'))

/** ISO 8601 with an offset in, milliseconds UTC out. */
export const instant = z.pipe(
  z
    .string('Give a date and time.')
    .check(
      z.iso.datetime({ offset: true, error: 'Give a date and time as in 2026-12-31T23:00:00Z.' }),
    ),
  z.transform((text) => Date.parse(text)),
)

export const day = z.string('Give a day.').check(z.iso.date('Give a day as in 2026-12-31.'))

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text)
/** Days outside of these are slips of the hand, and would leave the calendar when somebody counts on. */
export const plannedDay = day.check(
  z.refine(
    (text) => !isDay(text) || (text >= '2000-01-01' && text <= '2199-12-31'),
    'Give a day between 2000 and 2199.',
  ),
)

/** Control characters but line breaks, and bidirectional formatting. */
const hiddenInLines = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]|(?![\n\t])\p{Cc}/u

/**
 * Text of any number of lines, normalised (NFC), line breaks as \n, trimmed; empty unless a check
 * forbids it.
 */
export const paragraph = (label: string, max: number) =>
  z
    .string({
      error: ({ input }) =>
        input === undefined ? `${label} is missing.` : `${label} has to be text.`,
    })
    .check(
      z.overwrite((text) => text.replace(/\r\n?/g, '\n').trim()),
      z.normalize('NFC'),
      z.maxLength(max, `${label} is longer than ${max} characters.`),
      z.refine((text) => !hiddenInLines.test(text), `${label} has characters that can’t be shown.`),
    )
/** A text field of a form that may be left empty. */
export const emptyIsNull = <T extends z.core.$ZodType>(schema: T) =>
  z.pipe(
    z.transform((given: unknown) =>
      typeof given === 'string' && given.trim() === '' ? null : given,
    ),
    z.nullable(schema),
  )

/** Several lines of text, each trimmed, empty ones left out. `label` opens the message. */
export const lines = (label: string, most: { lines: number; characters: number }) =>
  z.string(`${label} is missing.`).check(
    z.normalize('NFC'),
    z.overwrite((text) =>
      text
        .split(/\r\n|\r|\n/)
        .map((part) => part.trim())
        .filter((part) => part !== '')
        .join('\n'),
    ),
    z.maxLength(most.characters, `${label} is longer than ${most.characters} characters.`),
    z.refine(
      (text) => text.split('\n').length <= most.lines,
      `${label} has more than ${most.lines} lines.`,
    ),
    z.refine(
      (text) => text.split('\n').every((part) => !hidden.test(part)),
      `${label} has characters that can’t be shown.`,
    ),
  )

/** A whole number as a form sends it, or a number. */
export const wholeNumber = (label: string, from: number, to: number) => {
  const words = `${label} is a whole number from ${from} to ${to}.`
  return z.pipe(
    z.union([z.number(), z.string().check(z.trim(), z.regex(/^\d{1,6}$/, words))], words),
    z.pipe(z.transform(Number), z.int(words).check(z.gte(from, words), z.lte(to, words))),
  )
}
