import { integer, text } from 'drizzle-orm/sqlite-core'

/** A UUIDv7. */
export const id = () => text().primaryKey()
/** Milliseconds UTC. */
export const instant = () => integer({ mode: 'number' })
/** For Better Auth, which hands Dates over; the same milliseconds underneath. */
export const date = () => integer({ mode: 'timestamp_ms' })
