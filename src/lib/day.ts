const formatters = new Map<string, Intl.DateTimeFormat>()

/** Making an Intl formatter costs more than drawing a page; each is made once. */
function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale}|${JSON.stringify(options)}`
  let found = formatters.get(key)
  if (!found) formatters.set(key, (found = new Intl.DateTimeFormat(locale, options)))
  return found
}

export interface Clock {
  locale: string
  /** IANA, as in 'Europe/Oslo'. */
  timeZone: string
}

/** The calendar day ('YYYY-MM-DD') that an instant (ms UTC) falls on in a zone. */
export function dayOf(instant: number, timeZone: string): string {
  const parts = formatter('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(instant)
  const part = (type: string) => parts.find((p) => p.type === type)?.value ?? ''
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`
}

/** What calendar and clock on a wall in a zone show at an instant (ms UTC); hours from 0 to 23. */
export function wallTimeOf(instant: number, timeZone: string) {
  const parts = formatter('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(instant)
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((part) => part.type === type)?.value)
  return {
    year: part('year'),
    month: part('month'),
    day: part('day'),
    hour: part('hour'),
    minute: part('minute'),
    second: part('second'),
  }
}

const DAY = 86_400_000

/**
 * The first instant (ms UTC) after a calendar day in a zone. Days that daylight saving makes
 * shorter or longer, and days that a zone skipped, end where the zone's own calendar turns.
 */
export function endOfDay(day: string, timeZone: string): number {
  const noonUtc = Date.parse(`${day}T12:00:00Z`)
  let before = noonUtc - 2 * DAY
  let after = noonUtc + 2 * DAY
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (dayOf(middle, timeZone) > day) after = middle
    else before = middle
  }
  return after
}

/**
 * The first instant (ms UTC) at which a zone's clock shows this hour of a day, or is past it where
 * the clock leaps over it.
 */
export function atHour(day: string, hour: number, timeZone: string): number {
  const wanted = `${day} ${String(hour).padStart(2, '0')}`
  const clock = formatter('en-CA', { timeZone, hour: '2-digit', hourCycle: 'h23' })
  const noonUtc = Date.parse(`${day}T12:00:00Z`)
  let before = noonUtc - 2 * DAY
  let after = noonUtc + 2 * DAY
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    const shown = `${dayOf(middle, timeZone)} ${clock.format(middle).padStart(2, '0')}`
    if (shown >= wanted) after = middle
    else before = middle
  }
  return after
}

/** The calendar day `count` days after another. */
export const addDays = (day: string, count: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY).toISOString().slice(0, 10)

/** '4 Dec 2026' in the reader's words; the day is a calendar day, so no zone can move it. */
export const formatDay = (day: string, locale: string): string =>
  formatter(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(Date.parse(`${day}T00:00:00Z`))

/** '4 Dec 2026, 14:02' in the organisation's zone. */
export const formatInstant = (instant: number, clock: Clock): string =>
  formatter(clock.locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: clock.timeZone,
  }).format(instant)

const utc = (day: string): number => Date.parse(`${day}T00:00:00Z`)

/** How many days later `to` is than `from`; both 'YYYY-MM-DD'. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((utc(to) - utc(from)) / DAY)

/** 'Fri 4 Dec'; with its year where that is not the year of `today`. */
export const formatDue = (day: string, today: string, locale: string): string =>
  formatter(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(day.slice(0, 4) === today.slice(0, 4) ? {} : { year: 'numeric' }),
    timeZone: 'UTC',
  }).format(utc(day))

/** '4 Dec'; with its year where that is not the year of `today`. */
export const formatShortDay = (day: string, today: string, locale: string): string =>
  formatter(locale, {
    day: 'numeric',
    month: 'short',
    ...(day.slice(0, 4) === today.slice(0, 4) ? {} : { year: 'numeric' }),
    timeZone: 'UTC',
  }).format(utc(day))

/** '13:48' in the organisation's zone. */
export const formatTime = (instant: number, clock: Clock): string =>
  formatter(clock.locale, { timeStyle: 'short', timeZone: clock.timeZone }).format(instant)

/** When something was said, as short as can be: 'Today 13:48', 'Yesterday 09:10', '12 Oct 2026'. */
export function formatMoment(instant: number, now: number, clock: Clock): string {
  const day = dayOf(instant, clock.timeZone)
  const ago = daysBetween(day, dayOf(now, clock.timeZone))
  if (ago > 1 || ago < 0) return formatInstant(instant, clock)
  return `${ago === 0 ? 'Today' : 'Yesterday'} ${formatTime(instant, clock)}`
}

/** The same without the word for today: '13:48', 'Yesterday 09:10'. */
export const formatWhen = (instant: number, now: number, clock: Clock): string =>
  dayOf(instant, clock.timeZone) === dayOf(now, clock.timeZone)
    ? formatTime(instant, clock)
    : formatMoment(instant, now, clock)

/** The day alone, within a line: 'today', 'yesterday', '12 Oct'. */
export function formatNearDay(instant: number, now: number, { locale, timeZone }: Clock): string {
  const day = dayOf(instant, timeZone)
  const today = dayOf(now, timeZone)
  const ago = daysBetween(day, today)
  if (ago === 0) return 'today'
  return ago === 1 ? 'yesterday' : formatShortDay(day, today, locale)
}

/** 'T−12 d' before a day, 'T−0' on it, 'T+3 d' behind it. */
export function countdown(day: string, today: string): string {
  const left = daysBetween(today, day)
  if (left === 0) return 'T−0'
  return left > 0 ? `T−${left} d` : `T+${-left} d`
}

/** Since when, as it stands behind 'Since': '09:14' today, 'Tuesday' within the week, '12 Oct 2026' before. */
export function formatSince(instant: number, now: number, clock: Clock): string {
  const day = dayOf(instant, clock.timeZone)
  const ago = daysBetween(day, dayOf(now, clock.timeZone))
  if (ago <= 0) return formatTime(instant, clock)
  return ago < 7
    ? formatter(clock.locale, { weekday: 'long', timeZone: clock.timeZone }).format(instant)
    : formatDay(day, clock.locale)
}

const ages: readonly [string, number][] = [
  ['y', 365 * DAY],
  ['mo', 30 * DAY],
  ['w', 7 * DAY],
  ['d', DAY],
  ['h', 3_600_000],
  ['min', 60_000],
]

/** How long ago, as short as an instrument shows it: '2 h', '3 d'; 'now' within a minute. */
export function age(instant: number, now: number): string {
  const passed = now - instant
  const [unit, size] = ages.find(([, size]) => passed >= size) ?? []
  return unit === undefined || size === undefined ? 'now' : `${Math.floor(passed / size)} ${unit}`
}

/** The heading above a day's entries: 'Today', 'Yesterday', 'Fri 4 Dec'. */
export function formatDayHeading(day: string, today: string, locale: string): string {
  const ago = daysBetween(day, today)
  if (ago === 0) return 'Today'
  return ago === 1 ? 'Yesterday' : formatDue(day, today, locale)
}

/** The month ('YYYY-MM') `count` months after another. */
export function addMonths(month: string, count: number): string {
  const months = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + count
  return `${String(Math.floor(months / 12)).padStart(4, '0')}-${String((months % 12) + 1).padStart(2, '0')}`
}

/** 'November 2026'. */
export const formatMonth = (month: string, locale: string): string =>
  formatter(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(utc(`${month}-01`))

/** 'November', where the year is plain. */
export const monthName = (month: string, locale: string): string =>
  formatter(locale, { month: 'long', timeZone: 'UTC' }).format(utc(`${month}-01`))

/** 'Nov', below a bar. */
export const shortMonth = (month: string, locale: string): string =>
  formatter(locale, { month: 'short', timeZone: 'UTC' }).format(utc(`${month}-01`))
