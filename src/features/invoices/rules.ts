import { decodeCursor } from '../../lib/cursor.ts'
import { isId } from '../../lib/id.ts'
import type { InvoiceStatus } from '../../db/schema/invoices.ts'

/** Lines that fit a document people can still read. */
export const MOST_LINES = 200

export type Series = 'invoice' | 'credit-note'

/** What the numbers of a series begin with. */
export const prefixOf: Record<Series, string> = { invoice: 'INV', 'credit-note': 'CN' }

interface Due {
  status: InvoiceStatus
  balance: number
  dueOn: string | null
}

/**
 * Overdue is no status: something is still asked for, and the due day is over where the organisation
 * is. The SQL in queries.ts says the same.
 */
export const isOverdue = ({ status, balance, dueOn }: Due, today: string): boolean =>
  status === 'open' && balance > 0 && dueOn !== null && dueOn < today

/** What is asked for by a day. */
export interface OwedOn {
  dueOn: string
  amount: number
}

export const overdueSum = (owed: readonly OwedOn[], today: string): number =>
  owed.filter(({ dueOn }) => dueOn < today).reduce((sum, { amount }) => sum + amount, 0)

/** Where a client's list goes on: after what was issued at this instant, with this id. */
export interface Place {
  limit: number
  after?: { at: number; id: string } | undefined
}

/** What a query asks of a client's list; undefined for what is no place in one. */
export function placeOf(query: Record<string, string>, usual: number): Place | undefined {
  const { limit: most = String(usual), cursor } = query
  const limit = Number(most)
  if (!/^\d{1,3}$/.test(most) || limit < 1 || limit > 100) return undefined
  if (cursor === undefined) return { limit }
  const key = decodeCursor(cursor)
  if (!Array.isArray(key)) return undefined
  const [at, id]: unknown[] = key
  const fits = typeof at === 'number' && Number.isSafeInteger(at) && typeof id === 'string'
  return fits && isId(id) ? { limit, after: { at, id } } : undefined
}
