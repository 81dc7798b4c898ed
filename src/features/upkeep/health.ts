import { eq } from 'drizzle-orm'
import { database } from '../../db/client.ts'
import { portal } from '../../db/schema/portals.ts'
import { settings, type Env } from '../../env.ts'

/** Throws while a setting is missing, the database does not answer, or it was never migrated. */
export async function checkHealth(env: Env): Promise<void> {
  settings(env)
  await database(env.DB).select({ key: portal.key }).from(portal).where(eq(portal.key, 0))
}
