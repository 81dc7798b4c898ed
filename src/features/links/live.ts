import { sql, type SQL } from 'drizzle-orm'

/** A link that lives, as `linkState` has it, in SQL over a row of links. */
export const isLive = (now: number): SQL =>
  sql`paused_at is null and coalesce(expires_at > ${now}, true)`
