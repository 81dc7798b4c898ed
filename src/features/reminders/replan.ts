import { sql } from 'drizzle-orm'
import type { Ctx } from '../../ctx.ts'
import { raw, type Statement } from '../../db/batch.ts'
import { invoice } from '../../db/schema/invoices.ts'
import { job as jobs } from '../../db/schema/jobs.ts'
import { organization } from '../../db/schema/organizations.ts'
import { enqueue } from '../jobs/enqueue.ts'
import type { Job, Outcome } from '../jobs/run.ts'
import { dayAfterPromise, nextDay, scheduleOf } from './plan.ts'
import { remindedUntil } from './rules.ts'
import { scheduleFor } from './queries.ts'

/** Invoices that one run plans anew. */
const AT_ONCE = 5_000

/** The statement by which the open invoices of an organisation take up its new schedule. */
export const replan = (ctx: Ctx, organizationId: string): Statement =>
  enqueue(ctx, {
    kind: 'invoices.replan',
    key: `reminders:${organizationId}:${ctx.now}`,
    organizationId,
    data: { after: '', id: '' },
  })

/**
 * Sets the next day of each open invoice by the schedule as it is now, a range of due days at a time.
 * Whoever said when they will pay is left alone until then, also where reminders were off in between.
 */
export async function replanReminders(ctx: Ctx, job: Job): Promise<Outcome> {
  const { after = '', id = '' } = job.data
  const { db, now } = ctx
  const [home] = await db
    .select({ id: organization.id, timeZone: organization.timeZone })
    .from(organization)
    .where(sql`${organization.id} = ${job.organizationId}`)
  if (!home) return { kind: 'done' }
  const schedule = await scheduleFor(db, home.id)
  const until = remindedUntil(now, home.timeZone, schedule.hour)
  const range = sql`organization_id = ${home.id} and status = 'open' and balance > 0
    and (due_on, id) > (${after}, ${id})`
  const [last] = await db.all<{ due_on: string; id: string }>(sql`
    select due_on, id from ${invoice} where ${range} order by due_on, id limit 1 offset ${AT_ONCE - 1}`)
  const upTo = last ? sql`and (due_on, id) <= (${last.due_on}, ${last.id})` : sql``
  const dueOn = sql`invoice.due_on`
  const promisedOn = sql`invoice.promised_on`
  const next = sql`case when ${promisedOn} >= ${until}
    then ${dayAfterPromise(dueOn, promisedOn, scheduleOf('o'))}
    else ${nextDay(dueOn, scheduleOf('o'), sql`${until}`)} end`
  const write: Statement[] = [
    raw(sql`
      update ${invoice} set remind_on = (
        select ${next} from ${organization} o where o.id = invoice.organization_id)
      where ${range} ${upTo}`),
  ]
  if (!last) return { kind: 'done', write }
  const data = JSON.stringify({ after: last.due_on, id: last.id })
  write.push(raw(sql`update ${jobs} set data = ${data} where id = ${job.id}`))
  return { kind: 'later', at: now, reason: '', write }
}
