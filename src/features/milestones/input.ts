import * as z from 'zod/mini'
import { day, id, line, paragraph } from '../../lib/schema.ts'
import { MOST_MILESTONES } from './rules.ts'

const wholeNumber = (label: string, least: number, most: number) => {
  const message = `${label} is a whole number from ${least} to ${most}.`
  return z.number(message).check(z.int(message), z.gte(least, message), z.lte(most, message))
}

const title = line('The title', 160)
const description = paragraph('The description', 2000)
const dueOn = z.nullable(day)
const weight = wholeNumber('The weight', 1, 100)
const progress = wholeNumber('The progress', 0, 100)
const position = wholeNumber('The position', 0, MOST_MILESTONES)

export const createMilestoneInput = z.object({
  /** A UUIDv7 chosen by the caller: the same one again makes no second milestone. */
  id: z.optional(id),
  title,
  description: z._default(description, ''),
  dueOn: z._default(dueOn, null),
  weight: z._default(weight, 1),
  progress: z._default(progress, 0),
})
export type CreateMilestone = z.output<typeof createMilestoneInput>

export const changeMilestoneInput = z.object({
  /** The version that the change was made on; an older one is refused. */
  version: wholeNumber('The version', 1, Number.MAX_SAFE_INTEGER),
  title: z.optional(title),
  description: z.optional(description),
  dueOn: z.optional(dueOn),
  weight: z.optional(weight),
  progress: z.optional(progress),
  position: z.optional(position),
  /** Takes an approval back, which changing the progress of an approved milestone does. */
  reopen: z._default(z.boolean('reopen is true or false.'), false),
})
export type ChangeMilestone = z.output<typeof changeMilestoneInput>

export const answerInput = z.object({ note: z._default(paragraph('The note', 2000), '') })
export type Answer = z.output<typeof answerInput>

export const saveTemplateInput = z.object({ id: z.optional(id), name: line('The name', 120) })
export type SaveTemplate = z.output<typeof saveTemplateInput>
