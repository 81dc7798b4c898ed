import { sql, type SQL } from 'drizzle-orm'

const hex = (length: number): SQL =>
  sql`substr(lower(hex(randomblob(8))), 1, ${sql.raw(String(length))})`

/** A UUIDv7 of this instant (ms UTC) made by SQLite, another one for every row: as `newId`, without its order. */
export function idInSql(now: number): SQL {
  const time = now.toString(16).padStart(12, '0')
  return sql`${`${time.slice(0, 8)}-${time.slice(8)}-7`} || ${hex(3)} || '-'
    || substr('89ab', 1 + abs(random() % 4), 1) || ${hex(3)} || '-' || ${hex(12)}`
}
