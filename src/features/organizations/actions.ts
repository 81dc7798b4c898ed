import { eq, sql } from 'drizzle-orm'
import type { Ctx, Organization } from '../../ctx.ts'
import { commit, mustChange, raw } from '../../db/batch.ts'
import { user } from '../../db/schema/accounts.ts'
import { member, organization } from '../../db/schema/organizations.ts'
import type { Failure } from '../../lib/failure.ts'
import { newId } from '../../lib/id.ts'
import { fail, ok, type Result } from '../../lib/result.ts'
import { record } from '../activity/record.ts'
import type { CreateOrganization } from './input.ts'
import { mayFound, slugOf } from './rules.ts'

/** The first organisation of a person who has none; they own it. A second click changes nothing. */
export async function openFirstOrganization(
  ctx: Ctx,
  input: CreateOrganization,
): Promise<Result<Organization, Failure>> {
  const { actor } = ctx
  if (actor.kind !== 'person' || !mayFound(actor.email, ctx.settings)) {
    return fail({ kind: 'forbidden' })
  }
  const { person, ...facts } = input
  const id = newId(ctx.now)
  const fromName = slugOf(input.name)
  const base = fromName.length < 3 ? 'studio' : fromName
  for (const slug of [base, `${base}-${id.slice(-6)}`]) {
    const made: Organization = { id, slug, ...facts, accent: null, logo: null, linkDays: null }
    const createdAt = new Date(ctx.now)
    const written = await commit(ctx, [
      raw(sql`
        insert into ${organization} (id, slug, name, time_zone, locale, currency, created_at)
        select ${id}, ${slug}, ${made.name}, ${made.timeZone}, ${made.locale}, ${made.currency}, ${ctx.now}
        where not exists (select 1 from ${member} where user_id = ${actor.userId})`),
      mustChange,
      ctx.db.insert(member).values({
        id: newId(ctx.now),
        organizationId: id,
        userId: actor.userId,
        role: 'owner',
        createdAt,
      }),
      ctx.db
        .update(user)
        .set({ name: person, updatedAt: createdAt })
        .where(eq(user.id, actor.userId)),
      record({ ...ctx, organization: made }, { kind: 'organization.created' }),
    ])
    if (written.ok) return ok(made)
    if (written.failure === 'stale') return fail({ kind: 'conflict', reason: 'changed-meanwhile' })
  }
  return fail({ kind: 'conflict', reason: 'address-taken' })
}
