import { createHash } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { database } from '../../src/db/client.ts'
import { user, verification } from '../../src/db/schema/accounts.ts'
import { member } from '../../src/db/schema/members.ts'
import { organization } from '../../src/db/schema/organizations.ts'
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
  return settings.appUrl + withQuery(paths.confirm, { token, next: await homeOf(world) })
}

/** The portals of the organisation that the first owner opened first; without one, wherever signing in leads. */
async function homeOf(world: DemoWorld): Promise<string | undefined> {
  const [home] = await database(world.db)
    .select({ slug: organization.slug })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .innerJoin(organization, eq(organization.id, member.organizationId))
    .where(and(eq(user.email, appSettings(world).firstOwner), eq(member.role, 'owner')))
    .orderBy(organization.createdAt)
    .limit(1)
  return home && paths.portals(home.slug)
}
