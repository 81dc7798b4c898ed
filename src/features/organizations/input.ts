import * as z from 'zod/mini'
import { isLocale } from '../../lib/locale.ts'
import { currency, emptyIsNull, id, line, lines, wholeNumber } from '../../lib/schema.ts'
import { isTimeZone } from '../../lib/zone.ts'

const name = line('The name', 80)
const timeZone = z
  .string('Choose a time zone.')
  .check(z.refine(isTimeZone, 'This is not a time zone we know.'))
const locale = z
  .string('Choose a language and region.')
  .check(z.refine(isLocale, 'This is not a language we know.'))

export const createOrganizationInput = z.object({
  /** A UUIDv7 chosen by the caller: the same one again opens no second organisation. */
  id: z.optional(id),
  name,
  person: line('Your name', 80),
  timeZone,
  locale,
  currency,
})
/** Of somebody who has one already, and a name with it. */
export const furtherOrganizationInput = z.omit(createOrganizationInput, { person: true })
export type CreateOrganization = z.output<typeof furtherOrganizationInput> & { person?: string }

export const changeOrganizationInput = z.object({
  name,
  legalName: emptyIsNull(line('The legal name', 160)),
  address: emptyIsNull(lines('The address', { lines: 8, characters: 400 })),
  taxId: emptyIsNull(line('The tax id', 60)),
})
export type ChangeOrganization = z.output<typeof changeOrganizationInput>

export const changeDefaultsInput = z.object({
  timeZone,
  locale,
  currency,
  paymentTerms: wholeNumber('The number of days', 0, 365),
  linkDays: emptyIsNull(wholeNumber('The number of days', 1, 3650)),
})
export type ChangeDefaults = z.output<typeof changeDefaultsInput>
