import * as z from 'zod/mini'
import { decodeCursor } from '../../lib/cursor.ts'
import { isId } from '../../lib/id.ts'
import { amount, percent } from '../../lib/amounts.ts'
import { pageInput } from '../../lib/page.ts'
import { id, line, paragraph, plannedDay } from '../../lib/schema.ts'
import { MOST_MILESTONES } from './rules.ts'

const wholeNumber = (label: string, least: number, most: number) => {
  const message = `${label} is a whole number from ${least} to ${most}.`
  return z.number(message).check(z.int(message), z.gte(least, message), z.lte(most, message))
}

const title = line('The title', 160)
const description = paragraph('The description', 2000)
const dueOn = z.nullable(plannedDay)
const weight = wholeNumber('The weight', 1, 100)
const progress = wholeNumber('The progress', 0, 100)
const position = wholeNumber('The position', 0, MOST_MILESTONES)

/** What it is billed at: an amount, or a part of the portal's price. */
const price = {
  amount: z.optional(z.nullable(amount('The amount'))),
  percent: z.optional(z.nullable(percent('The percentage'))),
}
const pricedOnce = z.refine<{
  amount?: number | null | undefined
  percent?: string | null | undefined
}>((given) => typeof given.amount !== 'number' || typeof given.percent !== 'string', {
  path: ['percent'],
  error: 'Give an amount or a percentage, not both.',
})

export const createMilestoneInput = z
  .object({
    /** A UUIDv7 chosen by the caller: the same one again makes no second milestone. */
    id: z.optional(id),
    title,
    description: z._default(description, ''),
    dueOn: z._default(dueOn, null),
    weight: z._default(weight, 1),
    progress: z._default(progress, 0),
    ...price,
  })
  .check(pricedOnce)
export type CreateMilestone = z.output<typeof createMilestoneInput>

export const changeMilestoneInput = z
  .object({
    /** The version that the change was made on; an older one is refused. */
    version: wholeNumber('The version', 1, Number.MAX_SAFE_INTEGER),
    title: z.optional(title),
    description: z.optional(description),
    dueOn: z.optional(dueOn),
    weight: z.optional(weight),
    progress: z.optional(progress),
    ...price,
    position: z.optional(position),
    /** Takes an approval back, which changing the progress of an approved milestone does. */
    reopen: z._default(z.boolean('reopen is true or false.'), false),
  })
  .check(pricedOnce)
export type ChangeMilestone = z.output<typeof changeMilestoneInput>

export const answerInput = z.object({ note: z._default(paragraph('The note', 2000), '') })

/** On the page, asking for changes means saying which. */
export const changesInput = z.object({
  note: paragraph('What should change', 2000).check(
    z.minLength(1, 'Say in a few words what should change.'),
  ),
})

export const saveTemplateInput = z.object({ id: z.optional(id), name: line('The name', 120) })
export type SaveTemplate = z.output<typeof saveTemplateInput>

/** What a plan is made from: a template, and the day it counts from, today unless another is given. */
export const fromTemplateInput = z.object({
  template: z.string('Choose a template.').check(z.refine(isId, 'Choose a template.')),
  firstDay: plannedDay,
})

const placeInPlan = z.tuple([z.int(), id])

/** A page of a plan, in its order. A cursor is the place of the last milestone seen. */
export const listMilestonesInput = z.pipe(
  z.extend(pageInput, { cursor: z.optional(z.string()) }),
  z.transform(({ limit, cursor }, { issues }) => {
    if (cursor === undefined) return { limit, after: undefined }
    const key = z.safeParse(placeInPlan, decodeCursor(cursor))
    if (key.success) return { limit, after: { position: key.data[0], id: key.data[1] } }
    const message = 'This is not a cursor of this list.'
    issues.push({ code: 'custom', message, input: cursor, path: ['cursor'] })
    return { limit, after: undefined }
  }),
)
export type ListMilestones = z.output<typeof listMilestonesInput>
