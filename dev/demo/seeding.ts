import { eq, isNull, ne, or } from 'drizzle-orm'
import { database } from '../../src/db/client.ts'
import { organization } from '../../src/db/schema/organizations.ts'
import type { DemoWorld } from './world.ts'

/** What an organisation's metadata says until its demo is complete: a start may be cut short. */
export const unfinished = '{"demo":"unfinished"}'

/** Whether nobody has begun here; half a demo counts as nothing. */
export async function isEmpty({ db }: DemoWorld): Promise<boolean> {
  const found = await database(db)
    .select({ id: organization.id })
    .from(organization)
    .where(or(isNull(organization.metadata), ne(organization.metadata, unfinished)))
    .limit(1)
  return found.length === 0
}

/** Takes half a demo away; everything in an organisation goes with it. */
export async function clearHalf({ db }: DemoWorld): Promise<void> {
  await database(db).delete(organization).where(eq(organization.metadata, unfinished))
}

export async function finish({ db }: DemoWorld): Promise<void> {
  await database(db)
    .update(organization)
    .set({ metadata: null })
    .where(eq(organization.metadata, unfinished))
}
