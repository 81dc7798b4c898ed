import { eq, sql } from 'drizzle-orm'
import type { Ctx } from '../../ctx.ts'
import { commit } from '../../db/batch.ts'
import { user } from '../../db/schema/accounts.ts'
import { invitation, member } from '../../db/schema/members.ts'
import { enqueueEmail, fewerThan } from '../emails/enqueue.ts'
import { mayFound } from '../organizations/rules.ts'
import type { SignIn } from './input.ts'
import { LIMITS, safeNext } from './rules.ts'

/**
 * Mails a sign-in link to an address that may enter. An address that may not costs the same one
 * statement and gets the same answer, so nobody learns who is a member.
 */
export async function askToSignIn(ctx: Ctx, input: SignIn): Promise<void> {
  const next = safeNext(input.next)
  const isMember = sql`exists (
    select 1 from ${user} join ${member} on ${eq(member.userId, user.id)} where ${eq(user.email, input.email)})`
  const isInvited = sql`exists (
    select 1 from ${invitation} where email = ${input.email} and expires_at > ${ctx.now})`
  const within = LIMITS.map(({ most, window }) =>
    fewerThan(most, window, { to: input.email, kind: 'sign-in', now: ctx.now }),
  )
  const mayEnter = mayFound({ email: input.email, roles: [] }, ctx.settings)
    ? sql`true`
    : sql`(${isMember} or ${isInvited})`
  await commit(
    ctx,
    enqueueEmail(
      ctx,
      {
        kind: 'sign-in',
        key: `sign-in:${input.email}:${ctx.now}`,
        to: input.email,
        organizationId: null,
        data: next ? { next } : {},
      },
      { holds: sql.join([mayEnter, ...within], sql` and `), otherwise: 'roll back' },
    ),
  )
}
