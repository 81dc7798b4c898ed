import { eq, sql } from 'drizzle-orm'
import type { Ctx, Organization } from '../../ctx.ts'
import { commit, mustChange, raw } from '../../db/batch.ts'
import { user } from '../../db/schema/accounts.ts'
import { member } from '../../db/schema/members.ts'
import { organization } from '../../db/schema/organizations.ts'
import type { Failure } from '../../lib/failure.ts'
import { newId } from '../../lib/id.ts'
import { fail, ok, type Result } from '../../lib/result.ts'
import { record } from '../activity/record.ts'
import type { CreateOrganization } from './input.ts'
import { ownOrganization, rolesOf } from './queries.ts'
import { mayFound, slugOf } from './rules.ts'

/** Opens an organisation that the person owns; a second click opens none. */
export async function createOrganization(
  ctx: Ctx,
  input: CreateOrganization,
): Promise<Result<Organization, Failure>> {
  const { actor } = ctx
  if (actor.kind !== 'person') return fail({ kind: 'forbidden' })
  const roles = await rolesOf(ctx.db, actor.userId)
  if (!mayFound({ email: actor.email, roles }, ctx.settings)) return fail({ kind: 'forbidden' })
  const { person, id = newId(ctx.now), ...facts } = input
  const fromName = slugOf(input.name)
  const base = fromName.length < 3 ? 'studio' : fromName
  // A first one comes to whoever has none: two forms at once, each with an id of its own, open one.
  const unless =
    roles.length === 0
      ? sql`not exists (select 1 from ${member} where user_id = ${actor.userId})`
      : sql`true`
  for (const slug of [base, `${base}-${id.slice(-6)}`]) {
    const made: Organization = { id, slug, ...facts, accent: null, logo: null, linkDays: null }
    const createdAt = new Date(ctx.now)
    const written = await commit(ctx, [
      raw(sql`
        insert into ${organization} (id, slug, name, time_zone, locale, currency, created_at)
        select ${id}, ${slug}, ${made.name}, ${made.timeZone}, ${made.locale}, ${made.currency}, ${ctx.now}
        where ${unless}`),
      mustChange,
      ctx.db.insert(member).values({
        id: newId(ctx.now),
        organizationId: id,
        userId: actor.userId,
        role: 'owner',
        createdAt,
      }),
      ...(person === undefined
        ? []
        : [
            ctx.db
              .update(user)
              .set({ name: person, updatedAt: createdAt })
              .where(eq(user.id, actor.userId)),
          ]),
      record({ ...ctx, organization: made }, { kind: 'organization.created' }),
    ])
    if (written.ok) return ok(made)
    // The first of two clicks opened this very one; an id of somebody else's is none to answer for.
    const already = await ownOrganization(ctx.db, actor.userId, id)
    if (already) return ok(already)
    if (written.failure === 'stale') return fail({ kind: 'conflict', reason: 'changed-meanwhile' })
  }
  return fail({ kind: 'conflict', reason: 'address-taken' })
}
