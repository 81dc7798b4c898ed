import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Ctx } from '../../ctx.ts'
import { commit, mustChange, type Statement } from '../../db/batch.ts'
import { email } from '../../db/schema/emails.ts'
import type { Job, Outcome } from '../jobs/run.ts'
import type { Composed, Composers, Email } from './compose.ts'
import { afterAttempt, nextStep, statesBefore, UNKNOWN_FOR } from './rules.ts'

const done: Outcome = { kind: 'done' }

/**
 * Sends one mail. It is marked unknown before SendGrid is asked: a crash in between leaves it there,
 * where the event webhook settles it or it is tried once more, and never makes it go out unseen.
 */
export async function sendEmail(ctx: Ctx, job: Job, composers: Composers): Promise<Outcome> {
  const [mail] = await ctx.db
    .select()
    .from(email)
    .where(eq(email.id, job.data['email'] ?? ''))
  if (!mail) return done

  const failed = (reason: string): Outcome => ({
    kind: 'done',
    reason,
    write: [settle(ctx, mail, { state: 'failed', reason })],
  })

  const next = nextStep(mail, ctx.now)
  if (next.step === 'stop') return done
  if (next.step === 'give-up') return failed(mail.reason ?? 'It could not be sent in time.')
  if (next.step === 'wait') return { kind: 'later', at: next.until, reason: mail.reason ?? '' }

  const compose = Object.entries(composers).find(([kind]) => kind === mail.kind)?.[1]
  const composed = compose ? await compose(ctx, mail) : 'This version knows no such mail.'
  if (typeof composed === 'string') {
    // One that may be on its way already is left to the events: nobody can say that it failed.
    return mail.unanswered > 0 ? done : failed(composed)
  }

  if ('notNeeded' in composed) {
    // Nothing failed, so nobody has to look at it. Again, one that may be on its way stays.
    if (mail.unanswered > 0) return done
    const write = [
      ctx.db.delete(email).where(and(eq(email.id, mail.id), eq(email.state, 'queued'))),
    ]
    return { kind: 'done', reason: composed.notNeeded, write }
  }

  const claimed = await claim(ctx, mail, composed)
  if (!claimed)
    return { kind: 'later', at: ctx.now + UNKNOWN_FOR, reason: 'Another sender has it.' }

  // Loaded only here: no page needs SendGrid's client.
  const { sendMail } = await import('../../platform/sendgrid.ts')
  const answer = await sendMail(ctx.settings.sendgrid, { id: mail.id, to: mail.to, ...composed })
  const counted = { ...mail, attempts: mail.attempts + 1, unanswered: mail.unanswered + 1 }
  const { retryAt, ...result } = afterAttempt(counted, answer, ctx.now)
  const write = [settle(ctx, mail, result, answer.kind === 'refused')]
  return retryAt === undefined
    ? { kind: 'done', write, ...(result.reason === null ? {} : { reason: result.reason }) }
    : { kind: 'later', at: retryAt, reason: result.reason ?? '', write }
}

async function claim(ctx: Ctx, mail: Email, composed: Composed): Promise<boolean> {
  const begun = await commit(ctx, [
    ctx.db
      .update(email)
      .set({
        state: 'unknown',
        stateAt: ctx.now,
        attemptedAt: ctx.now,
        attempts: sql`${email.attempts} + 1`,
        unanswered: sql`${email.unanswered} + 1`,
      })
      .where(
        and(
          eq(email.id, mail.id),
          eq(email.attempts, mail.attempts),
          inArray(email.state, ['queued', 'unknown']),
        ),
      ),
    mustChange,
    ...(composed.before ?? []),
  ])
  return begun.ok
}

/** Only where the state may still move: an event may have told more in the meantime. */
function settle(
  ctx: Ctx,
  mail: Email,
  result: { state: Email['state']; reason: string | null },
  refused = false,
): Statement {
  const from = result.state === 'unknown' ? (['unknown'] as const) : statesBefore(result.state)
  return ctx.db
    .update(email)
    .set({
      ...result,
      stateAt: ctx.now,
      ...(refused ? { unanswered: sql`${email.unanswered} - 1` } : {}),
    })
    .where(and(eq(email.id, mail.id), inArray(email.state, [...from])))
}
