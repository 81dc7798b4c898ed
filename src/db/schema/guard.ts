import { sql } from 'drizzle-orm'
import { check, integer, sqliteTable } from 'drizzle-orm/sqlite-core'

/** Always empty: see `mustChange` in db/batch.ts. */
export const guard = sqliteTable('guard', { ok: integer().notNull() }, (t) => [
  check('stale', sql`${t.ok} = 1`),
])
