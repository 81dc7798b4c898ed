import { sql } from 'drizzle-orm'
import type { BatchItem } from 'drizzle-orm/batch'
import { fail, ok, type Result } from '../lib/result.ts'
import type { Database } from './client.ts'

export type Statement = BatchItem<'sqlite'>

/** Why D1 rolled a batch back: the guarded change no longer applied, or a unique key was taken. */
export type Refusal = 'stale' | 'taken'

/**
 * Rolls the whole batch back unless the statement directly before it changed a row: a row is
 * inserted into an always-empty table whose check `stale` it can't pass.
 */
export const mustChange = (db: Database): Statement =>
  db.run(sql`insert into guard select 0 where changes() = 0`)

/** Writes all or nothing. Refusals that verbs expect are answered, everything else is thrown. */
export async function commit(
  db: Database,
  [first, ...rest]: readonly Statement[],
): Promise<Result<void, Refusal>> {
  if (!first) return ok(undefined)
  try {
    await db.batch([first, ...rest])
    return ok(undefined)
  } catch (error) {
    const refusal = refusalIn(error)
    if (refusal) return fail(refusal)
    throw error
  }
}

function refusalIn(error: unknown): Refusal | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause.message.includes('CHECK constraint failed: stale')) return 'stale'
    if (cause.message.includes('UNIQUE constraint failed')) return 'taken'
  }
  return undefined
}
