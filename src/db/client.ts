import { drizzle } from 'drizzle-orm/d1'

/** The database's names are snake_case, the code's camelCase. */
export const casing = 'snake_case'

const open = (d1: D1Database) => drizzle(d1, { casing })

export type Database = ReturnType<typeof open>

const opened = new WeakMap<D1Database, Database>()

/** The one place reads and writes get their connection from, so that read replicas are a change here. */
export function database(d1: D1Database): Database {
  let db = opened.get(d1)
  if (!db) opened.set(d1, (db = open(d1)))
  return db
}
