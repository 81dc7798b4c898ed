import { sql, type SQL } from 'drizzle-orm'
import type { Ctx } from '../../ctx.ts'
import { commit, raw } from '../../db/batch.ts'
import { idInSql } from '../../db/new-id.ts'
import { activity } from '../../db/schema/activity.ts'
import { invoice } from '../../db/schema/invoices.ts'
import { job } from '../../db/schema/jobs.ts'
import { organization } from '../../db/schema/organizations.ts'
import { dayOf, wallTimeOf } from '../../lib/day.ts'
import { actorName } from '../activity/record.ts'
import { isForClients } from '../activity/rules.ts'
import { topicOf } from '../activity/topics.ts'
import { nextDay, scheduleOf } from './plan.ts'
import { remindedUntil } from './rules.ts'

/** Invoices that one run finds overdue, and has reminded of; the next run goes on with what is left. */
const MOST_OVERDUE = 12_000
const MOST_REMINDED = 500

/**
 * Reminders that fall due in a minute. Each is a job and its mail another, of the hundred that a minute
 * runs: so a run's are gone before the next one's come, and no job is late enough to look stuck.
 */
const A_MINUTE = 40

/** How many ms after the run the reminder of a row is due; in literals, for D1 binds every number as a float. */
const turn = sql.raw(`(row_number() over () - 1) / ${A_MINUTE} * 60000`)

/** Where a day begins before anywhere else. */
const EARLIEST_ZONE = 'Pacific/Kiritimati'

/** As the partial indexes have it. */
const isOwed = sql`i.status = 'open' and i.balance > 0`
const fallsDue = sql`${isOwed} and i.overdue_since is null`
const waits = sql`${isOwed} and i.remind_on is not null`

/**
 * What the days bring to open invoices: those whose due day is over become overdue, with when that was
 * found, and those whose reminder's hour has come get a job that decides about it. Every statement is
 * about all of them at once, a run twice or late finds what is left, and a batch lands as a whole.
 */
export async function sweepInvoices(ctx: Ctx): Promise<void> {
  const anywhere = dayOf(ctx.now, EARLIEST_ZONE)
  const [first] = await ctx.db.all<{ due: string | null; remind: string | null }>(sql`
    select (select min(i.due_on) from ${invoice} i where ${fallsDue}) as due,
      (select min(i.remind_on) from ${invoice} i where ${waits}) as remind`)
  const { due = null, remind = null } = first ?? {}
  const may = (due !== null && due < anywhere) || (remind !== null && remind <= anywhere)
  if (!may) return
  const clocks = await clocksOf(ctx)
  if (due !== null && due < clocks.latest) await findOverdue(ctx, clocks)
  if (remind !== null && remind <= clocks.reminded) await queueReminders(ctx, clocks)
}

/** What calendars and clocks show, by zone, as JSON. */
interface Clocks {
  days: string
  hours: string
  /** The latest day anywhere that an organisation is, and that any's reminders may have come to. */
  latest: string
  reminded: string
}

/** The zones that occur are few, whatever the number of invoices. */
async function clocksOf({ db, now }: Ctx): Promise<Clocks> {
  const zones = await db.all<{ zone: string; hour: number }>(sql`
    select o.time_zone as zone, min(${scheduleOf('o')} ->> '$.hour') as hour
    from ${organization} o group by o.time_zone`)
  const shown = zones.map(({ zone, hour }) => ({
    zone,
    day: dayOf(now, zone),
    hour: wallTimeOf(now, zone).hour,
    reminded: remindedUntil(now, zone, hour),
  }))
  const last = (days: string[]) => days.sort().at(-1) ?? ''
  return {
    days: JSON.stringify(Object.fromEntries(shown.map(({ zone, day }) => [zone, day]))),
    hours: JSON.stringify(Object.fromEntries(shown.map(({ zone, hour }) => [zone, hour]))),
    latest: last(shown.map(({ day }) => day)),
    reminded: last(shown.map(({ reminded }) => reminded)),
  }
}

/** The rule `isOverdue`, each invoice by the calendar of its organisation. */
const overdue = ({ days, latest }: Clocks): SQL => sql`
  from ${invoice} i cross join ${organization} o on o.id = i.organization_id
  where ${fallsDue} and i.due_on < ${latest} and i.due_on < (${days} ->> o.time_zone)
  order by i.due_on, i.id limit ${MOST_OVERDUE}`

async function findOverdue(ctx: Ctx, clocks: Clocks): Promise<void> {
  const kind = 'invoice.overdue'
  // Both statements mean the same rows: nothing comes between the two of one batch.
  await commit(ctx, [
    raw(sql`
      insert into ${activity} (id, organization_id, portal_id, actor_kind, actor_name, kind, topic, data, client, at)
      select ${idInSql(ctx.now)}, i.organization_id, i.portal_id, ${ctx.actor.kind}, ${actorName(ctx.actor)},
        ${kind}, ${topicOf(kind)}, json_object('invoice', i.id, 'number', i.number), ${isForClients(kind)}, ${ctx.now}
      ${overdue(clocks)}`),
    raw(sql`
      update ${invoice} set overdue_since = ${ctx.now}
      where id in (select i.id ${overdue(clocks)})`),
  ])
}

/** Those whose day of the schedule has come, from its hour on. */
const toRemind = ({ days, hours, reminded }: Clocks): SQL => sql`
  from ${invoice} i cross join ${organization} o on o.id = i.organization_id
  where ${waits} and i.remind_on <= ${reminded} and i.remind_on <= (${days} ->> o.time_zone)
    and (${hours} ->> o.time_zone) >= (${scheduleOf('o')} ->> '$.hour')
  order by i.remind_on, i.id limit ${MOST_REMINDED}`

/** One job an invoice, however many of its days were missed; from then on the next day is waited for. */
async function queueReminders(ctx: Ctx, clocks: Clocks): Promise<void> {
  const today = sql`(${clocks.days} ->> o.time_zone)`
  const next = nextDay(sql`invoice.due_on`, scheduleOf('o'), today)
  await commit(ctx, [
    raw(sql`
      insert into ${job} (id, organization_id, kind, "key", data, next_at, created_at, attempts)
      select ${idInSql(ctx.now)}, organization_id, 'invoice.remind', 'invoice:' || id || ':remind:' || today,
        json_object('portal', portal_id, 'invoice', id),
        ${ctx.now} + ${turn}, ${ctx.now}, 0
      from (select i.id, i.organization_id, i.portal_id, ${today} as today ${toRemind(clocks)})
      where true
      on conflict ("key") do nothing`),
    raw(sql`
      update ${invoice} set remind_on = (
        select ${next} from ${organization} o where o.id = invoice.organization_id)
      where id in (select i.id ${toRemind(clocks)})`),
  ])
}
