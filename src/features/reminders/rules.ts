import type { InvoiceStatus } from '../../db/schema/invoices.ts'
import type { ReminderSchedule } from '../../db/schema/organizations.ts'
import { addDays, dayOf, daysBetween, wallTimeOf } from '../../lib/day.ts'

/** What everybody starts with. */
export const usualSchedule: ReminderSchedule = { on: true, days: [-3, 0, 3, 7, 14], hour: 9 }

/** Steps of a schedule, and how far from the due day they may lie. */
export const MOST_STEPS = 10
export const FARTHEST_STEP = 90

/** How far ahead (days) somebody may say that they will pay. */
export const LONGEST_PROMISE = 60

/** How often (ms) the team may send a reminder by hand. */
export const BY_HAND = 3_600_000

/** The first day of the schedule after a day; null when none follows. The SQL in plan.ts says the same. */
export function nextReminder(
  dueOn: string,
  { on, days }: ReminderSchedule,
  after: string,
): string | null {
  const later = days.map((step) => addDays(dueOn, step)).filter((day) => day > after)
  return on ? (later.sort()[0] ?? null) : null
}

/**
 * The day on which somebody is reminded who said when they will pay: the day after, if that is late.
 * Until the due day nothing is, so whoever named an earlier day is next told by the schedule.
 */
export function afterPromise(
  dueOn: string,
  promisedOn: string,
  schedule: ReminderSchedule,
): string | null {
  if (promisedOn < dueOn) return nextReminder(dueOn, schedule, promisedOn)
  return schedule.on ? addDays(promisedOn, 1) : null
}

/** The last day whose reminders are behind us: today, once its hour has come. */
export function remindedUntil(now: number, timeZone: string, hour: number): string {
  const today = dayOf(now, timeZone)
  return wallTimeOf(now, timeZone).hour >= hour ? today : addDays(today, -1)
}

export type ReminderKind = 'before' | 'due' | 'after'

/** Which words a reminder has on a day. */
export function reminderKind(dueOn: string, today: string): ReminderKind {
  if (today === dueOn) return 'due'
  return today < dueOn ? 'before' : 'after'
}

interface Answerable {
  status: InvoiceStatus
  balance: number
  pending: number
}

/** Whether there is something to say: not on what is settled, nor with a payment on its way. */
export const canAnswer = ({ status, balance, pending }: Answerable): boolean =>
  status === 'open' && balance > 0 && pending === 0

interface Promised {
  dueOn: string
  promisedOn: string | null
}

/**
 * What a reminder of this day is for, and is sent once for: the latest step of the schedule, or a
 * promise that has passed since. Steps that were missed before it are left out.
 */
export function stepOn(
  { dueOn, promisedOn }: Promised,
  { days }: ReminderSchedule,
  today: string,
): string | undefined {
  const behind = days.filter((step) => addDays(dueOn, step) <= today)
  const latest = behind.length === 0 ? undefined : Math.max(...behind)
  const broken = promisedOn !== null && promisedOn < today && promisedOn >= dueOn
  if (broken && (latest === undefined || addDays(dueOn, latest) <= promisedOn)) {
    return `promise-${promisedOn}`
  }
  return latest === undefined ? undefined : String(latest)
}

export interface ReminderFacts {
  status: InvoiceStatus
  balance: number
  /** Payments on their way. */
  pending: number
  endedAt: number | null
  archivedAt: number | null
  on: boolean
  pausedAt: number | null
  portalPausedAt: number | null
  promisedOn: string | null
  problemAt: number | null
}

export type Held =
  | 'settled'
  | 'processing'
  | 'archived'
  | 'off'
  | 'paused'
  | 'portal-paused'
  | 'promised'
  | 'problem'

/**
 * Why no reminder goes out; undefined when one may. What somebody of the team sends by hand waits for
 * no schedule, no pause and no answer, only for money that is there or on its way.
 */
export function heldBack(
  facts: ReminderFacts,
  today: string,
  by: 'schedule' | 'hand',
): Held | undefined {
  const { status, balance, pending, endedAt, archivedAt, promisedOn } = facts
  if (status !== 'open' || balance === 0 || endedAt !== null) return 'settled'
  if (pending > 0) return 'processing'
  if (archivedAt !== null) return 'archived'
  if (by === 'hand') return undefined
  if (facts.problemAt !== null) return 'problem'
  if (!facts.on) return 'off'
  if (facts.portalPausedAt !== null) return 'portal-paused'
  if (facts.pausedAt !== null) return 'paused'
  return promisedOn !== null && promisedOn >= today ? 'promised' : undefined
}

export interface Payer {
  contactId: string
  scope: 'all' | 'billing'
  /** Whether the last that was heard of a mail to them is that it bounced. */
  bounced: boolean
}

/** Whoever lives on a link to invoices alone, or else everybody; one link a contact, the newest. */
export function payersOf<T extends Payer>(links: readonly T[]): T[] {
  const billing = links.filter(({ scope }) => scope === 'billing')
  const chosen = billing.length > 0 ? billing : links
  const byContact = new Map(chosen.map((link) => [link.contactId, link]))
  return [...byContact.values()].filter(({ bounced }) => !bounced)
}

/** What is wrong with the day on which somebody says that they will pay. */
export function promiseTrouble(on: string, today: string): string | undefined {
  if (on < today) return 'This day is over already.'
  return daysBetween(today, on) > LONGEST_PROMISE
    ? `Choose a day within the next ${LONGEST_PROMISE} days.`
    : undefined
}

/** What an invoice keeps in place of a draft where its fee for paying late comes to nothing. */
export const NO_FEE = 'none'
