import * as z from 'zod/mini'
import { isLocale, isTimeZone } from '../../lib/day.ts'
import { currency, line } from '../../lib/schema.ts'

export const createOrganizationInput = z.object({
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
export type CreateOrganization = z.output<typeof createOrganizationInput>
