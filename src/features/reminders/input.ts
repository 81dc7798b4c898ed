import * as z from 'zod/mini'
import { amount, percent } from '../../lib/amounts.ts'
import { day, line, paragraph, wholeNumber } from '../../lib/schema.ts'
import { FARTHEST_STEP, MOST_STEPS } from './rules.ts'
import { placeholders, unknownIn } from './texts.ts'

/** What a client may answer to an invoice. */
export const answerInvoiceInput = z.discriminatedUnion(
  'kind',
  [
    z.object({ kind: z.literal('will-pay'), on: day }),
    z.object({
      kind: z.literal('problem'),
      note: paragraph('The note', 1000).check(z.minLength(1, 'Say in a few words what is wrong.')),
    }),
  ],
  'kind is will-pay or problem.',
)
export type AnswerInvoice = z.output<typeof answerInvoiceInput>

const stepWords = `Whole days from the due day, from −${FARTHEST_STEP} to ${FARTHEST_STEP}, as in −3, 0, 7.`

/** '-3, 0, 7', in any order and with any minus sign. */
const steps = z.pipe(
  z.string(stepWords).check(z.regex(/^[-−–\d\s,;]*$/, stepWords)),
  z.transform((text, { issues }) => {
    const words = text.split(/[\s,;]+/).filter((word) => word !== '')
    const days = words.map((word) => Number(word.replace(/^[−–]/, '-')))
    const fits = days.every((day) => Number.isInteger(day) && Math.abs(day) <= FARTHEST_STEP)
    const wrong = (message: string) => issues.push({ code: 'custom', message, input: text })
    if (!fits) wrong(stepWords)
    else if (days.length === 0) wrong('Give at least one day, or switch reminders off.')
    else if (days.length > MOST_STEPS) wrong(`At most ${MOST_STEPS} reminders for an invoice.`)
    return [...new Set(days.map((day) => day + 0))].sort((one, other) => one - other)
  }),
)

export const reminderScheduleInput = z.object({
  on: z.pipe(
    z.optional(z.literal('yes', 'Reminders are on or off.')),
    z.transform((text) => text === 'yes'),
  ),
  days: steps,
  hour: wholeNumber('The hour', 0, 23),
})

const usable = (text: string) => unknownIn(text).length === 0
const unknown = {
  error: ({ input }: { input?: unknown }) => {
    const [name = ''] = unknownIn(String(input))
    const known = Object.keys(placeholders).map((each) => `{${each}}`)
    return `Nothing stands for {${name.slice(0, 40)}}. There are ${known.join(', ')}.`
  },
}

const reminderText = z.object({
  subject: line('The subject', 150).check(z.refine(usable, unknown)),
  body: paragraph('The text', 3000).check(
    z.minLength(1, 'The text is missing.'),
    z.refine(usable, unknown),
  ),
})

export const reminderTextsInput = z.object({
  before: reminderText,
  due: reminderText,
  after: reminderText,
})
export type ChangeTexts = z.output<typeof reminderTextsInput>

/** An amount comes in minor units: how it is typed is the form's to know. */
export const lateFeeInput = z.discriminatedUnion(
  'kind',
  [
    z.object({ kind: z.literal('none') }),
    z.object({ kind: z.literal('percent'), afterDays: daysLate(), percent: percent('The fee') }),
    z.object({ kind: z.literal('amount'), afterDays: daysLate(), amount: amount('The fee', 1) }),
  ],
  'Choose whether a fee is asked for.',
)
export type ChangeLateFee = z.output<typeof lateFeeInput>

function daysLate() {
  return wholeNumber('The number of days', 1, 365)
}
