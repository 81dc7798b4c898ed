import { and, eq, lt, sql } from 'drizzle-orm'
import type { Ctx } from '../../src/ctx.ts'
import { commit } from '../../src/db/batch.ts'
import { email } from '../../src/db/schema/emails.ts'
import { job } from '../../src/db/schema/jobs.ts'
import { link } from '../../src/db/schema/links.ts'
import { minutes } from './story.ts'

/**
 * What became of the mails: older ones arrived, without passing the inbox, and were read by whoever
 * opened the link. Those of the last half hour stay queued, for the first cron to send.
 */
export async function settleMails({ db, now }: Ctx): Promise<void> {
  const wasRead = sql`exists (
    select 1 from ${link} where link.id = email.link_id and link.seen_at > email.created_at)`
  const arrived = { state: 'delivered', attempts: 1, attemptedAt: email.createdAt } as const
  await commit({ db }, [
    db
      .update(email)
      .set({ ...arrived, stateAt: sql`${email.createdAt} + 4000` })
      .where(and(eq(email.state, 'queued'), lt(email.createdAt, now - minutes(30)))),
    db
      .delete(job)
      .where(sql`${job.data} ->> 'email' in (select id from ${email} where state = 'delivered')`),
    db
      .update(email)
      .set({ state: 'opened', stateAt: sql`${email.createdAt} + ${minutes(11)}` })
      .where(and(eq(email.state, 'delivered'), wasRead)),
  ])
}
