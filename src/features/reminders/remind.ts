import { sql, type SQL } from 'drizzle-orm'
import type { Ctx, TenantCtx } from '../../ctx.ts'
import { commit, mustHold, type Statement } from '../../db/batch.ts'
import { email } from '../../db/schema/emails.ts'
import { dayOf } from '../../lib/day.ts'
import { fail, ok } from '../../lib/result.ts'
import { doerOf, insertWhen, rowOf } from '../activity/record.ts'
import { enqueueEmail } from '../emails/enqueue.ts'
import { again, conflict, issued, type Answer } from '../invoices/guards.ts'
import type { InvoicePath } from '../invoices/queries.ts'
import type { Job, Outcome } from '../jobs/run.ts'
import { remindedInvoice, type Reminded } from './queries.ts'
import { payersOfPortal, type PayerRow } from './recipients.ts'
import { BY_HAND, heldBack, stepOn } from './rules.ts'

/** What the keys of all mails for one step begin with. */
const stepKey = (invoice: string, step: string) => `invoice:${invoice}:reminder:${step}:`

/** Whether a row of mails, by the name it has there, is a reminder of this invoice. */
export const isReminderOf = (row: string, invoice: string): SQL =>
  sql`${sql.raw(row)}."key" between ${`invoice:${invoice}:reminder:`} and ${`invoice:${invoice}:reminder;`}`

/** Whether a mail of a range of keys was written. */
const written = (from: string, to: string): SQL =>
  sql`exists (select 1 from ${email} where "key" >= ${from} and "key" < ${to})`

/** A colon ends every part of a key; the character behind it ends the range of what begins so. */
const begins = (key: string): SQL => written(key, `${key.slice(0, -1)};`)

/** The mails of one step, each unless it was written before, and that the client was reminded. */
function reminder(
  ctx: Ctx,
  { id, number, portalId, organization }: Reminded,
  step: string,
  payers: readonly PayerRow[],
): Statement[] {
  const happening = { kind: 'invoice.reminded', portalId, data: { invoice: id, number } } as const
  const row = rowOf({ now: ctx.now, organization }, happening, doerOf(ctx.actor))
  const key = stepKey(id, step)
  return [
    insertWhen(row, sql`not ${begins(key)}`),
    ...payers.flatMap(({ contactId, email: to, linkId }) =>
      enqueueEmail(
        ctx,
        {
          kind: 'reminder',
          key: key + contactId,
          to,
          organizationId: organization.id,
          portalId,
          linkId,
          data: { invoice: id, by: ctx.actor.kind === 'cron' ? 'schedule' : 'hand' },
        },
        {
          holds: sql`not exists (select 1 from ${email} where "key" = ${key + contactId})`,
          otherwise: 'leave out',
        },
      ),
    ),
  ]
}

/** Decides, by how things stand now, about a reminder whose day has come, and writes its mails. */
export async function remindByJob(ctx: Ctx, job: Job): Promise<Outcome> {
  const organizationId = job.organizationId ?? ''
  const path = { portal: job.data['portal'] ?? '', invoice: job.data['invoice'] ?? '' }
  const found = await remindedInvoice(ctx.db, organizationId, path)
  if (!found) return { kind: 'done' }
  const today = dayOf(ctx.now, found.timeZone)
  const held = heldBack(found, today, 'schedule')
  const step = stepOn(found, found.schedule, today)
  if (held !== undefined || step === undefined) return { kind: 'done' }
  const byHand = await lastByHand(ctx, found.id, DAY)
  if (byHand !== undefined && dayOf(byHand, found.timeZone) === today) {
    return { kind: 'done', reason: 'Somebody of the team sent a reminder today.' }
  }
  const payers = await payersOfPortal(ctx, organizationId, path.portal)
  if (payers.length === 0) return { kind: 'done', reason: 'Nobody can be reminded by email.' }
  return { kind: 'done', write: reminder(ctx, found, step, payers) }
}

const DAY = 24 * 3_600_000

/** Two clicks are one wish for so long (ms). */
const DOUBLE_CLICK = 60_000

/** By hand, at once, whatever the schedule says; once an hour. */
export async function remindNow(ctx: TenantCtx, path: InvoicePath): Answer {
  const allowed = await issued(ctx, 'invoice.remind', path)
  if (!allowed.ok) return allowed
  const found = await remindedInvoice(ctx.db, ctx.organization.id, path)
  if (!found) return fail({ kind: 'missing' })
  const held = heldBack(found, dayOf(ctx.now, found.timeZone), 'hand')
  if (held === 'processing') return conflict('invoice-processing')
  if (held === 'archived') return conflict('portal-archived')
  if (held !== undefined) return conflict('invoice-settled')
  const payers = await payersOfPortal(ctx, ctx.organization.id, path.portal)
  if (payers.length === 0) return conflict('nobody-to-remind')
  const done = await commit(ctx, [
    mustHold(sql`not ${sentByHand(found.id, ctx.now - BY_HAND)}`),
    ...reminder(ctx, found, `now-${ctx.now}`, payers),
  ])
  if (done.ok) return again(ctx, path)
  const last = (await lastByHand(ctx, found.id, BY_HAND)) ?? ctx.now
  return ctx.now - last < DOUBLE_CLICK
    ? ok(allowed.value)
    : fail({ kind: 'limited', retryAfter: Math.ceil((last + BY_HAND - ctx.now) / 1000) })
}

/** Since an instant. Instants have thirteen digits for the next centuries, so keys sort by them. */
const sentByHand = (invoice: string, since: number): SQL =>
  written(stepKey(invoice, `now-${since + 1}`), `invoice:${invoice}:reminder:now.`)

/** When (ms UTC) it was, if it was within so long (ms). */
async function lastByHand(
  { db, now }: Ctx,
  invoice: string,
  within: number,
): Promise<number | undefined> {
  const from = stepKey(invoice, `now-${now - within}`)
  const [row] = await db.all<{ key: string | null }>(sql`
    select max("key") as "key" from ${email}
    where "key" >= ${from} and "key" < ${`invoice:${invoice}:reminder:now.`}`)
  const [, at] = /:now-(\d+):/.exec(row?.key ?? '') ?? []
  return at === undefined ? undefined : Number(at)
}
