import { dayOf, endOfDay } from '../../lib/day.ts'
import { day } from '../../lib/schema.ts'
import { parse } from '../input.ts'

/**
 * What a form's "Last day" means to a verb: the instant at which that day ends in the organisation's
 * zone, null for an empty field, and what was typed where it is no day, for the schema to complain.
 */
export function endOfLastDay(typed: string | undefined, timeZone: string): string | null {
  const last = parse(day, typed)
  return last.ok ? new Date(endOfDay(last.value, timeZone)).toISOString() : typed || null
}

/** The last day on which something works, as a form shows it; empty for what has no end. */
export const lastDayOf = (expiresAt: number | null, timeZone: string): string =>
  expiresAt === null ? '' : dayOf(expiresAt - 1, timeZone)
