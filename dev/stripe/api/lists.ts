import type { Books } from '../books.ts'
import { invalid, missing } from '../errors.ts'
import type { Kind, Rows } from '../rows.ts'

export interface Page {
  limit?: number
  starting_after?: string
  ending_before?: string
}

interface Range {
  gt?: number
  gte?: number
  lt?: number
  lte?: number
}

export function within(created: number, wanted: Range | number | undefined): boolean {
  if (wanted === undefined) return true
  if (typeof wanted === 'number') return created === wanted
  const { gt = -1, gte = -1, lt = Infinity, lte = Infinity } = wanted
  return created > gt && created >= gte && created < lt && created <= lte
}

function limitOf({ limit = 10 }: Page): number {
  const bound = limit < 1 ? 'greater than or equal to 1' : 'less than or equal to 100'
  if (limit >= 1 && limit <= 100) return limit
  throw invalid(`This value must be ${bound} (it currently is '${limit}').`, {
    code: 'parameter_invalid_integer',
    param: 'limit',
  })
}

/** A page of `rows`, which are newest first. https://docs.stripe.com/api/pagination */
export function listOf<Row extends { id: string }>(rows: Row[], page: Page, url: string) {
  const limit = limitOf(page)
  const { starting_after: after, ending_before: before } = page
  if (after !== undefined && before !== undefined) {
    throw invalid('You may only specify one of these parameters: ending_before, starting_after.')
  }
  const at = (id: string, param: string) => {
    const index = rows.findIndex((row) => row.id === id)
    if (index < 0) throw missing('object', id, param)
    return index
  }
  let data = rows
  let more = false
  if (before !== undefined) {
    const newer = rows.slice(0, at(before, 'ending_before'))
    data = newer.slice(-limit)
    more = newer.length > limit
  } else {
    const older = after === undefined ? rows : rows.slice(at(after, 'starting_after') + 1)
    data = older.slice(0, limit)
    more = older.length > limit
  }
  return { object: 'list' as const, url, has_more: more, data }
}

/** The newest first, of those that `wanted` takes. */
export function rowsOf<K extends Kind>(
  books: Books,
  kind: K,
  wanted: (row: Rows[K]) => boolean = () => true,
): Rows[K][] {
  return books.list(kind).filter(wanted).toReversed()
}
