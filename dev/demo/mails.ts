import { and, eq, isNotNull, lt, sql } from 'drizzle-orm'
import type { Ctx } from '../../src/ctx.ts'
import { commit } from '../../src/db/batch.ts'
import { email } from '../../src/db/schema/emails.ts'
import { job } from '../../src/db/schema/jobs.ts'
import { link } from '../../src/db/schema/links.ts'
import { recordEvents } from '../../src/features/emails/events.ts'
import { minutes } from './story.ts'

/**
 * What became of the mails: older ones arrived, without passing the inbox, and were read by whoever
 * opened the link. Those of the last half hour stay queued, for the first cron to send.
 */
export async function settleMails(ctx: Ctx): Promise<void> {
  const { db } = ctx
  const old = and(eq(email.state, 'queued'), lt(email.createdAt, ctx.now - minutes(30)))
  const mails = await db
    .select({ id: email.id, at: email.createdAt, seenAt: link.seenAt })
    .from(email)
    .leftJoin(link, eq(link.id, email.linkId))
    .where(old)
  await commit(db, [
    db
      .update(email)
      .set({ state: 'sent', stateAt: email.createdAt, attempts: 1, attemptedAt: email.createdAt })
      .where(old),
    db
      .delete(job)
      .where(
        sql`${job.key} in (select 'email:' || id from ${email} where ${isNotNull(email.attemptedAt)})`,
      ),
  ])
  const read = mails.filter(({ at, seenAt }) => seenAt !== null && seenAt > at)
  await recordEvents({ ...ctx, actor: { kind: 'sendgrid' } }, [
    ...mails.map(({ id, at }) => event('delivered', id, at + 4000)),
    ...read.map(({ id, at }) => event('open', id, at + minutes(11))),
  ])
}

/** As SendGrid would have posted it; its instants are in seconds. */
const event = (name: 'delivered' | 'open', mail: string, instant: number) => ({
  sg_event_id: `demo-${name}-${mail}`,
  event: name,
  timestamp: Math.floor(instant / 1000),
  email_id: mail,
})
