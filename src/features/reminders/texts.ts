import type { ReminderText, ReminderTexts } from '../../db/schema/organizations.ts'
import type { ReminderKind } from './rules.ts'

/** What a text may name in braces, and what stands there in the mail. */
export const placeholders = {
  number: 'the invoice’s number',
  amount: 'what is still to pay',
  due: 'the day it is due',
  days: 'how far off that is, as in “3 days”',
  contact: 'whom it goes to',
  client: 'the client',
  project: 'the project',
  team: 'your organisation',
} as const

export type Placeholder = keyof typeof placeholders
export type Named = Record<Placeholder, string>

const isPlaceholder = (name: string): name is Placeholder => Object.hasOwn(placeholders, name)

const inBraces = /\{([^{}]*)\}/g

/** The names in braces that nothing stands for. */
export const unknownIn = (text: string): string[] =>
  [...text.matchAll(inBraces)].map(([, name = '']) => name).filter((name) => !isPlaceholder(name))

/** Once through: what is filled in is never read as a placeholder itself. */
export const fill = (text: string, named: Named): string =>
  text.replace(inBraces, (all, name: string) => (isPlaceholder(name) ? named[name] : all))

export const usualTexts: Record<ReminderKind, ReminderText> = {
  before: {
    subject: '{number} is due on {due}',
    body: `A friendly word ahead: {amount} for {project} is due on {due}, in {days}.

If it is on its way already, there is nothing more to do. Thank you!`,
  },
  due: {
    subject: '{number} is due today',
    body: `{amount} for {project} is due today.

If it is on its way already, there is nothing more to do. Thank you!`,
  },
  after: {
    subject: '{number} was due on {due}',
    body: `{amount} for {project} was due on {due}, {days} ago, and has not reached us yet. Perhaps it slipped by.

If it is on its way already, thank you, and please forgive this note.`,
  },
}

/** The organisation's own words, where it has any. */
export const textFor = (texts: ReminderTexts | null, kind: ReminderKind): ReminderText =>
  texts?.[kind] ?? usualTexts[kind]

/** '1 day', '3 days'. */
export const daysWords = (days: number): string => (days === 1 ? '1 day' : `${days} days`)
