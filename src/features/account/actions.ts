import { and, eq } from 'drizzle-orm'
import type { Ctx } from '../../ctx.ts'
import { commit, mustChange } from '../../db/batch.ts'
import { session, user } from '../../db/schema/accounts.ts'
import { member } from '../../db/schema/members.ts'
import type { Failure } from '../../lib/failure.ts'
import { fail, ok, type Result } from '../../lib/result.ts'
import type { Notify, Profile } from './input.ts'

type Answer = Promise<Result<void, Failure>>

/** What a person is called, in every organisation and by every client. */
export async function changeProfile(ctx: Ctx, { name }: Profile): Answer {
  const { actor } = ctx
  if (actor.kind !== 'person') return fail({ kind: 'forbidden' })
  await commit(ctx, [
    ctx.db
      .update(user)
      .set({ name, updatedAt: new Date(ctx.now) })
      .where(eq(user.id, actor.userId)),
  ])
  return ok(undefined)
}

/** Signs the person out in one place. Somebody else's is as missing as one that never was. */
export async function endSession(ctx: Ctx, id: string): Answer {
  const { actor } = ctx
  if (actor.kind !== 'person') return fail({ kind: 'forbidden' })
  const written = await commit(ctx, [
    ctx.db.delete(session).where(and(eq(session.id, id), eq(session.userId, actor.userId))),
    mustChange,
  ])
  return written.ok ? ok(undefined) : fail({ kind: 'missing' })
}

/** Signs the person out everywhere, here as well: every request asks the table whether its session stands. */
export async function endSessions(ctx: Ctx): Answer {
  const { actor } = ctx
  if (actor.kind !== 'person') return fail({ kind: 'forbidden' })
  await commit(ctx, [ctx.db.delete(session).where(eq(session.userId, actor.userId))])
  return ok(undefined)
}

/** Whether an organisation's messages are mailed to the person. Somebody else's membership is missing. */
export async function changeNotify(ctx: Ctx, { membership, notify }: Notify): Answer {
  const { actor } = ctx
  if (actor.kind !== 'person') return fail({ kind: 'forbidden' })
  const written = await commit(ctx, [
    ctx.db
      .update(member)
      .set({ notify: notify === 'yes' })
      .where(and(eq(member.id, membership), eq(member.userId, actor.userId))),
    mustChange,
  ])
  return written.ok ? ok(undefined) : fail({ kind: 'missing' })
}
