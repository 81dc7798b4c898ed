import { and, eq, sql } from 'drizzle-orm'
import type { TenantCtx } from '../../ctx.ts'
import type { Database } from '../../db/client.ts'
import { commit, mustChange } from '../../db/batch.ts'
import {
  organization,
  type LateFee,
  type ReminderSchedule,
  type ReminderTexts,
} from '../../db/schema/organizations.ts'
import { dayOf } from '../../lib/day.ts'
import type { Failure } from '../../lib/failure.ts'
import { isInSteps } from '../../lib/money.ts'
import { fail, ok, type Result } from '../../lib/result.ts'
import { record } from '../activity/record.ts'
import { wrong } from '../invoices/guards.ts'
import { stepMessage } from '../invoices/pricing.ts'
import { authorise } from '../organizations/rules.ts'
import type { ChangeLateFee, ChangeTexts } from './input.ts'
import { replan } from './replan.ts'
import { usualTexts } from './texts.ts'

export interface ReminderSettings {
  reminders: ReminderSchedule | null
  reminderTexts: ReminderTexts | null
  lateFee: LateFee | null
}

type Part = keyof ReminderSettings

export async function reminderSettings(
  db: Database,
  organizationId: string,
): Promise<ReminderSettings> {
  const [row] = await db
    .select({
      reminders: organization.reminders,
      reminderTexts: organization.reminderTexts,
      lateFee: organization.lateFee,
    })
    .from(organization)
    .where(eq(organization.id, organizationId))
  if (!row) throw new Error('The organisation of a ctx is gone.')
  return row
}

const kept = (value: ReminderSettings[Part]): string | null =>
  value === null ? null : JSON.stringify(value)

/** What somebody had before them, to be given back with the change. */
export const markOf = (value: ReminderSettings[Part]): string => kept(value) ?? 'null'

/** Writes a part as it is wanted, unless somebody else changed it since it was `seen`. */
async function change<P extends Part>(
  ctx: TenantCtx,
  part: P,
  wanted: (now: ReminderSettings) => ReminderSettings[P],
  seen: string | undefined,
): Promise<Result<void, Failure>> {
  if (!authorise(ctx.actor, 'organization.change')) return fail({ kind: 'forbidden' })
  const { id } = ctx.organization
  const now = await reminderSettings(ctx.db, id)
  const next = wanted(now)
  if (kept(now[part]) === kept(next)) return ok(undefined)
  const stale = fail<Failure>({ kind: 'conflict', reason: 'changed-meanwhile' })
  if (seen !== undefined && seen !== markOf(now[part])) return stale
  const written = await commit(ctx, [
    ctx.db
      .update(organization)
      .set({ [part]: next })
      .where(and(eq(organization.id, id), sql`${organization[part]} is ${kept(now[part])}`)),
    mustChange,
    record(ctx, { kind: 'organization.changed', data: { fields: part } }),
    ...(part === 'reminders' ? [replan(ctx, id)] : []),
  ])
  return written.ok ? ok(undefined) : stale
}

/** When reminders go out; open invoices take it up by a job. */
export const changeSchedule = (ctx: TenantCtx, wanted: ReminderSchedule, seen?: string) =>
  change(ctx, 'reminders', () => wanted, seen)

/** What is worded as everybody's starts out is not kept, so that better words reach it. */
export const changeTexts = (ctx: TenantCtx, wanted: ChangeTexts, seen?: string) =>
  change(ctx, 'reminderTexts', () => ownWords(wanted), seen)

function ownWords(wanted: ChangeTexts): ReminderTexts | null {
  const own: ReminderTexts = {}
  for (const kind of ['before', 'due', 'after'] as const) {
    const { subject, body } = wanted[kind]
    const usual = usualTexts[kind]
    if (subject !== usual.subject || body !== usual.body) own[kind] = { subject, body }
  }
  return Object.keys(own).length === 0 ? null : own
}

/** Whether, and when, a fee for paying late is drafted; of invoices that fall due from today on. */
export async function changeLateFee(
  ctx: TenantCtx,
  wanted: ChangeLateFee,
  seen?: string,
): Promise<Result<void, Failure>> {
  const { currency, timeZone } = ctx.organization
  if (wanted.kind === 'amount' && !isInSteps(wanted.amount, currency)) {
    return wrong('amount', stepMessage(currency))
  }
  return change(
    ctx,
    'lateFee',
    ({ lateFee: was }) => {
      if (wanted.kind === 'none') return null
      return {
        afterDays: wanted.afterDays,
        percent: wanted.kind === 'percent' ? wanted.percent : null,
        amounts: wanted.kind === 'amount' ? { [currency]: wanted.amount } : null,
        since: was?.since ?? dayOf(ctx.now, timeZone),
      }
    },
    seen,
  )
}
