import { dayOf, daysBetween, formatDay } from '../../lib/day.ts'
import { formatMoney } from '../../lib/money.ts'
import type { Reminded } from './queries.ts'
import { reminderKind, type ReminderKind } from './rules.ts'
import { daysWords, fill, textFor, type Named } from './texts.ts'

/** What a reminder says on a day, and in whose words. */
export interface Said {
  kind: ReminderKind
  subject: string
  /** Parted by empty lines. */
  paragraphs: string[]
}

const paragraphsOf = (body: string): string[] =>
  body
    .split(/\n{2,}/)
    .map((part) => part.trim())
    .filter((part) => part !== '')

export function reminderWords(found: Reminded, contact: string, now: number): Said {
  const { dueOn, number, balance, currency, locale, client, project, texts } = found
  const today = dayOf(now, found.timeZone)
  const kind = reminderKind(dueOn, today)
  const named: Named = {
    number,
    amount: formatMoney(balance, currency, locale),
    due: formatDay(dueOn, locale),
    days: daysWords(Math.abs(daysBetween(dueOn, today))),
    contact,
    client,
    project,
    team: found.organization.name,
  }
  const { subject, body } = textFor(texts, kind)
  return { kind, subject: fill(subject, named), paragraphs: paragraphsOf(fill(body, named)) }
}
