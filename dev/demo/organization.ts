import { inArray } from 'drizzle-orm'
import type { Organization, TenantCtx } from '../../src/ctx.ts'
import { commit } from '../../src/db/batch.ts'
import { database } from '../../src/db/client.ts'
import { user } from '../../src/db/schema/accounts.ts'
import { member } from '../../src/db/schema/members.ts'
import { organization } from '../../src/db/schema/organizations.ts'
import { newId } from '../../src/lib/id.ts'
import { unfinished } from './seeding.ts'
import { atSomeHour, type OrganizationStory } from './story.ts'
import { appSettings, type DemoWorld } from './world.ts'

export interface Desk {
  organization: Organization
  /** What a colleague's verb was handed that long ago. */
  ctx: (email: string, ago: number) => TenantCtx
  /** Whether this is the email of a colleague. */
  employs: (email: string) => boolean
}

/** The organisation and its people, as signing up and inviting would have left them. */
export async function openOrganization(world: DemoWorld, story: OrganizationStory): Promise<Desk> {
  const db = database(world.db)
  const settings = appSettings(world)
  const { slug, name, timeZone, locale, currency } = story
  const opened = world.now - story.team[0].joined
  const made: Organization = {
    id: newId(opened),
    slug,
    name,
    timeZone,
    locale,
    currency,
    accent: null,
    logo: null,
    linkDays: null,
  }
  const people = await peopleOf(world, story)
  const written = await commit({ db }, [
    db.insert(organization).values({ ...made, metadata: unfinished, createdAt: new Date(opened) }),
    ...people.map(({ userId: id, name, email, joined }) =>
      db
        .insert(user)
        .values({ id, name, email, emailVerified: true, createdAt: joined, updatedAt: joined })
        .onConflictDoUpdate({ target: user.email, set: { name } }),
    ),
    ...people.map(({ id, userId, role, joined: createdAt }) =>
      db.insert(member).values({ id, organizationId: made.id, userId, role, createdAt }),
    ),
  ])
  if (!written.ok) throw new Error(`${name} is there already.`)
  return {
    organization: made,
    employs: (email) => people.some((colleague) => colleague.email === email),
    ctx(email, ago) {
      const person = people.find((colleague) => colleague.email === email)
      if (!person) throw new Error(`${email} does not work at ${name}.`)
      const { id, userId, role } = person
      const actor = { kind: 'member', id, userId, name: person.name, email, role } as const
      const now = world.now - atSomeHour(ago)
      return { db, settings, now, actor, enqueued: false, organization: made }
    },
  }
}

/** Somebody who signed in before there was a demo stays the same person. */
async function peopleOf(world: DemoWorld, { team }: OrganizationStory) {
  const known = await database(world.db)
    .select({ id: user.id, email: user.email })
    .from(user)
    .where(
      inArray(
        user.email,
        team.map(({ email }) => email),
      ),
    )
  return team.map((colleague) => {
    const joined = world.now - colleague.joined
    const userId = known.find(({ email }) => email === colleague.email)?.id ?? newId(joined)
    return { ...colleague, joined: new Date(joined), id: newId(joined), userId }
  })
}
