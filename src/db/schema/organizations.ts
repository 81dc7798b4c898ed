import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { date, id } from '../columns.ts'

export const priceKinds = ['net', 'gross'] as const
export type PriceKind = (typeof priceKinds)[number]

export interface BankDetails {
  holder: string
  iban: string | null
  bic: string | null
  /** Whatever else a payer needs, in lines: sort code, account number, routing number. */
  details: string | null
}

/** When reminders go out: days from the due day, negative ones before it, and the local hour. */
export interface ReminderSchedule {
  on: boolean
  days: number[]
  /** 0 to 23. */
  hour: number
}

export interface ReminderText {
  subject: string
  body: string
}

/** In the organisation's own words, where it has any. */
export interface ReminderTexts {
  before?: ReminderText
  due?: ReminderText
  after?: ReminderText
}

/** Asked for once, so many days after the due day: a percentage of the balance, or an amount by currency. */
export interface LateFee {
  afterDays: number
  percent: string | null
  amounts: Record<string, number> | null
  /** The day it was switched on: what was due before is left alone. */
  since?: string
}

export const roles = ['owner', 'admin', 'member'] as const
export type Role = (typeof roles)[number]

export const organization = sqliteTable('organization', {
  id: id(),
  slug: text().notNull().unique(),
  name: text().notNull(),
  metadata: text(),
  /** IANA. */
  timeZone: text().notNull().default('UTC'),
  /** BCP 47. */
  locale: text().notNull().default('en-GB'),
  /** ISO 4217, what a new portal starts with. */
  currency: text().notNull().default('USD'),
  /** As registered, where it differs from the name that clients know. */
  legalName: text(),
  /** Postal, in lines as on an envelope. */
  address: text(),
  taxId: text(),
  /** '#rrggbb' as chosen; what is drawn is made readable by `branding/rules`. */
  accent: text(),
  /** '<SHA-256 of the image>.<png|jpg|webp>', in the bucket and in its public address. */
  logo: text(),
  /** Days from issue to the due day. */
  paymentTerms: integer().notNull().default(14),
  /** Whether prices are typed without or with their tax, unless an invoice says otherwise. */
  prices: text({ enum: priceKinds }).notNull().default('net'),
  /** Where invoices are paid by bank. */
  bank: text({ mode: 'json' }).$type<BankDetails>(),
  /** Null for the schedule that everybody starts with. */
  reminders: text({ mode: 'json' }).$type<ReminderSchedule>(),
  reminderTexts: text({ mode: 'json' }).$type<ReminderTexts>(),
  lateFee: text({ mode: 'json' }).$type<LateFee>(),
  senderName: text(),
  replyTo: text(),
  /** Days a new link lives; null for links without an end. */
  linkDays: integer(),
  /** Portals with unread messages; the trigger `portal_unread_counts` keeps it. */
  unreadPortals: integer().notNull().default(0),
  /** Bytes of its files and of what is on its way in; triggers keep it. */
  storage: integer().notNull().default(0),
  createdAt: date().notNull(),
})

/** The column of what belongs to one, and goes with it. */
export function ofOrganization() {
  return text()
    .notNull()
    .references(() => organization.id, { onDelete: 'cascade' })
}
