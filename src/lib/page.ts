import * as z from 'zod/mini'
import { id } from './schema.ts'

/** What every list is asked with. A cursor is the id of the last item seen. */
export const pageInput = z.object({
  limit: z._default(
    z.coerce
      .number('limit is a number.')
      .check(
        z.int('limit is a whole number.'),
        z.gte(1, 'limit is 1 to 100.'),
        z.lte(100, 'limit is 1 to 100.'),
      ),
    50,
  ),
  cursor: z.optional(id),
})
export type PageInput = z.output<typeof pageInput>

export interface Page<T> {
  items: T[]
  next: string | null
}

/**
 * Makes a page of rows that were asked for with a limit one larger than shown. A list that is not
 * sorted by id says where it goes on.
 */
export function pageOf<T extends { id: string }>(
  rows: T[],
  limit: number,
  cursorAt: (row: T) => string = ({ id }) => id,
): Page<T> {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: last && rows.length > limit ? cursorAt(last) : null }
}
