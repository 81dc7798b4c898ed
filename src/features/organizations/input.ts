import * as z from 'zod/mini'
import { isLocale, isTimeZone } from '../../lib/day.ts'
import { currency, id, line } from '../../lib/schema.ts'

export const createOrganizationInput = z.object({
  /** A UUIDv7 chosen by the caller: the same one again opens no second organisation. */
  id: z.optional(id),
  name: line('The name', 80),
  person: line('Your name', 80),
  timeZone: z
    .string('Choose a time zone.')
    .check(z.refine(isTimeZone, 'This is not a time zone we know.')),
  locale: z
    .string('Choose a language and region.')
    .check(z.refine(isLocale, 'This is not a language we know.')),
  currency,
})
/** Of somebody who has one already, and a name with it. */
export const furtherOrganizationInput = z.omit(createOrganizationInput, { person: true })
export type CreateOrganization = z.output<typeof furtherOrganizationInput> & { person?: string }
