import { addDays, atHour, dayOf } from '../../lib/day.ts'

/** Characters of the note. */
export const LONGEST_NOTE = 1000

export type RequestState = 'open' | 'fulfilled' | 'closed'

interface Facts {
  fulfilledAt: number | null
  closedAt: number | null
}

export function requestState({ fulfilledAt, closedAt }: Facts): RequestState {
  if (closedAt !== null) return 'closed'
  return fulfilledAt === null ? 'open' : 'fulfilled'
}

/** Whether it is still waited for on a day after the one it was due on. */
export const isLate = (request: Facts & { dueOn: string | null }, today: string): boolean =>
  requestState(request) === 'open' && request.dueOn !== null && request.dueOn < today

/** What is waited for longest comes first: by the due day, then those without one. */
export const byDueDay = (a: { dueOn: string | null }, b: { dueOn: string | null }): number =>
  (a.dueOn ?? '9999').localeCompare(b.dueOn ?? '9999')

/** By the organisation's clock: mails of the night are read with the morning's other ones. */
const HOUR_OF_NUDGES = 9

/** When an open request is next to be mailed about, and how many of its mails are behind it. */
export interface Nudging {
  nudgeAt: number | null
  nudges: number
}

/** Being asked is the first mail; it leaves with the other news. */
export const firstNudge = (now: number): Nudging => ({ nudgeAt: now, nudges: 0 })

/** Where a request without a due day is mailed about again: a week and two weeks after the first mail. */
const WEEKS = 2

/**
 * What comes after the mail that was due at `nudgeAt` and leaves now: never more than one on a day,
 * and what a late cron has missed is left out.
 */
export function nextNudge(
  { dueOn, nudgeAt, nudges }: { dueOn: string | null; nudgeAt: number; nudges: number },
  now: number,
  timeZone: string,
): Nudging {
  const today = dayOf(now, timeZone)
  const first = addDays(dayOf(nudgeAt, timeZone), -7 * nudges)
  const days =
    dueOn === null
      ? Array.from({ length: WEEKS }, (_, week) => addDays(first, 7 * (week + 1)))
      : [addDays(dueOn, -2), dueOn, addDays(dueOn, 7)]
  const step = days.findIndex((day) => day > today)
  const day = days[step]
  if (day === undefined) return { nudgeAt: null, nudges: nudges + 1 }
  // Without a due day the count says which week it is.
  const behind = dueOn === null ? step + 1 : nudges + 1
  return { nudgeAt: atHour(day, HOUR_OF_NUDGES, timeZone), nudges: behind }
}
