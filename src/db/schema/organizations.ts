import { index, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { date, id, instant } from '../columns.ts'
import { user } from './accounts.ts'

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
    createdAt: date().notNull(),
  },
  (t) => [
    uniqueIndex('member_once').on(t.userId, t.organizationId),
    index('member_organization').on(t.organizationId, t.createdAt),
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
    createdAt: instant().notNull(),
    lastUsedAt: instant(),
    revokedAt: instant(),
  },
  (t) => [index('api_key_organization').on(t.organizationId, t.id)],
)
