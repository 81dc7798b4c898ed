import { and, eq, isNotNull, lt, sql } from 'drizzle-orm'
import type { Ctx } from '../../src/ctx.ts'
import { commit } from '../../src/db/batch.ts'
import { email } from '../../src/db/schema/emails.ts'
import { job } from '../../src/db/schema/jobs.ts'
import { link } from '../../src/db/schema/links.ts'
import { recordEvents } from '../../src/features/emails/events.ts'
import { minutes } from './story.ts'

const seconds = (instant: number): number => Math.floor(instant / 1000)

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
  await recordEvents(
    { ...ctx, actor: { kind: 'sendgrid' } },
    mails.flatMap(({ id, at, seenAt }) => {
      const event = (name: string, instant: number) => ({
        sg_event_id: `demo-${name}-${id}`,
        event: name,
        timestamp: seconds(instant),
        email_id: id,
      })
      const opened = seenAt !== null && seenAt > at
      return [event('delivered', at + 4000), ...(opened ? [event('open', at + minutes(11))] : [])]
    }),
  )
}
