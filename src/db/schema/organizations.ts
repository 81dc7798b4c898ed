import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { date, id, instant } from '../columns.ts'
import { user } from './accounts.ts'

export const priceKinds = ['net', 'gross'] as const
export type PriceKind = (typeof priceKinds)[number]

export interface BankDetails {
  holder: string
  iban: string | null
  bic: string | null
  /** Whatever else a payer needs, in lines: sort code, account number, routing number. */
  details: string | null
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

export const member = sqliteTable(
  'member',
  {
    id: id(),
    organizationId: text()
      .notNull()
      .references(() => organization.id, { onDelete: 'cascade' }),
    userId: text()
      .notNull()
      .references(() => user.id, { onDelete: 'cascade' }),
    role: text({ enum: roles }).notNull(),
    /** Whether news of this organisation is mailed to them. */
    notify: integer({ mode: 'boolean' }).notNull().default(true),
    createdAt: date().notNull(),
  },
  (t) => [
    uniqueIndex('member_once').on(t.userId, t.organizationId),
    index('member_organization').on(t.organizationId, t.createdAt),
  ],
)

/** Somebody asked to join. Accepting, revoking and running out end it. */
export const invitation = sqliteTable(
  'invitation',
  {
    id: id(),
    organizationId: text()
      .notNull()
      .references(() => organization.id, { onDelete: 'cascade' }),
    email: text().notNull(),
    role: text({ enum: roles }).notNull(),
    /** The name of whoever asked, as it was. */
    invitedBy: text().notNull(),
    createdAt: instant().notNull(),
    expiresAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('invitation_once').on(t.organizationId, t.email),
    index('invitation_newest').on(t.organizationId, t.id),
    index('invitation_email').on(t.email, t.expiresAt),
  ],
)

export const apiKey = sqliteTable(
  'api_key',
  {
    id: id(),
    organizationId: text()
      .notNull()
      .references(() => organization.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    role: text({ enum: roles }).notNull(),
    /** SHA-256 of the key; the key itself is shown once and kept nowhere. */
    hash: text().notNull().unique(),
    /** The name of whoever made it, as it was. */
    createdBy: text(),
    createdAt: instant().notNull(),
    expiresAt: instant(),
    lastUsedAt: instant(),
    revokedAt: instant(),
  },
  (t) => [index('api_key_organization').on(t.organizationId, t.id)],
)
