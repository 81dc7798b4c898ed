import { createHash } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { database } from '../../src/db/client.ts'
import { verification } from '../../src/db/schema/accounts.ts'
import { auth, magicToken } from '../../src/features/signin/auth.ts'
import { paths, withQuery } from '../../src/paths.ts'
import { days } from './story.ts'
import { appSettings, type DemoWorld } from './world.ts'

/**
 * The confirm page of a fresh magic link for the first owner. It lasts a day: it stands on a terminal
 * that somebody comes back to.
 */
export async function signInUrl(world: DemoWorld): Promise<string> {
  const settings = appSettings(world)
  const token = await magicToken(auth(world.db, settings), settings.firstOwner)
  const hash = createHash('sha256').update(token).digest('base64url')
  const kept = await database(world.db)
    .update(verification)
    .set({ expiresAt: new Date(world.now + days(1)) })
    .where(eq(verification.identifier, `magic-link:${hash}`))
    .returning({ id: verification.id })
  if (kept.length !== 1) throw new Error('The sign-in link was not where Better Auth keeps it.')
  return settings.appUrl + withQuery(paths.confirm, { token })
}
