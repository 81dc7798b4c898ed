import { sql, type SQL } from 'drizzle-orm'
import { SQLiteAsyncDialect } from 'drizzle-orm/sqlite-core'
import { fail, ok, type Result } from '../lib/result.ts'
import { casing, type Database } from './client.ts'

/** One statement of a batch: any of Drizzle's builders, or SQL by `raw`. */
export interface Statement {
  toSQL(): { sql: string; params: unknown[] }
}

const dialect = new SQLiteAsyncDialect({ casing })

/** For what no builder can say. Drizzle's own batch drops the parameters of raw SQL. */
export const raw = (query: SQL): Statement => ({ toSQL: () => dialect.sqlToQuery(query) })

/** Why D1 rolled a batch back: the guarded change no longer applied, or a unique key was taken. */
export type Refusal = 'stale' | 'taken'

/**
 * Rolls the whole batch back unless the statement directly before it changed a row: a row is
 * inserted into an always-empty table whose check `stale` it can't pass.
 */
export const mustChange = raw(sql`insert into guard select 0 where changes() = 0`)

/** The same unless it changed exactly so many: none of what a verb has read is another's by now. */
export const mustChangeAll = (count: number): Statement =>
  raw(sql`insert into guard select 0 where changes() <> ${count}`)

/**
 * The same for what no guarded change says: rolls the batch back unless this holds by then. Behind it
 * stand plain inserts.
 */
export const mustHold = (holds: SQL): Statement =>
  raw(sql`insert into guard select 0 where (${holds}) is not true`)

/** What is written in front of the first batch that lands, whichever verb writes it: see `idempotency`. */
export interface Claim {
  statements: readonly Statement[]
  landed: boolean
}

/** Thrown when another request landed the same claim first; nothing of this batch was written. */
export class AlreadyClaimed extends Error {}

/** Where a verb writes to: its ctx. */
export interface Writer {
  db: Database
  claim?: Claim | undefined
}

/** Writes all or nothing. Refusals that verbs expect are answered, everything else is thrown. */
export async function commit(
  { db: { $client: d1 }, claim }: Writer,
  statements: readonly Statement[],
): Promise<Result<void, Refusal>> {
  const ahead = claim?.landed === false ? claim.statements : []
  const bound = [...ahead, ...statements].map((statement) => {
    const query = statement.toSQL()
    return d1.prepare(query.sql).bind(...query.params)
  })
  // D1 refuses a batch of nothing.
  if (bound.length === 0) return ok(undefined)
  try {
    await d1.batch(bound)
    if (claim) claim.landed = true
    return ok(undefined)
  } catch (error) {
    if (!(error instanceof Error)) throw error
    if (error.message.includes('UNIQUE constraint failed: idempotency.')) throw new AlreadyClaimed()
    const refusal = refusalIn(error.message)
    if (refusal) return fail(refusal)
    throw error
  }
}

function refusalIn(message: string): Refusal | undefined {
  if (message.includes('CHECK constraint failed: stale')) return 'stale'
  return message.includes('UNIQUE constraint failed') ? 'taken' : undefined
}
