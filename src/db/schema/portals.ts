import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { instant } from '../columns.ts'
import { ofOrganization } from './organizations.ts'

export interface Buyer {
  name: string
  /** Postal, in lines. */
  address: string | null
  taxId: string | null
}

export const portal = sqliteTable(
  'portal',
  {
    /** SQLite's rowid by name: what a full-text table refers to. Never leaves the database. */
    key: integer().primaryKey(),
    id: text().notNull().unique(),
    organizationId: ofOrganization(),
    project: text().notNull(),
    client: text().notNull(),
    currency: text().notNull(),
    /** What the project costs in all, in minor units; milestones are billed as parts of it. */
    price: integer(),
    /** Whom its invoices are for, where that is more than the client's name. */
    buyer: text({ mode: 'json' }).$type<Buyer>(),
    createdAt: instant().notNull(),
    archivedAt: instant(),
    archived: integer({ mode: 'boolean' })
      .notNull()
      .generatedAlwaysAs(sql`(archived_at is not null)`),
    /** The newest instant in its activity; the trigger `activity_moves_portal` keeps it. */
    lastActivityAt: instant().notNull().default(0),
    /** What its open invoices still ask for, in minor units of its currency. */
    outstanding: integer().notNull().default(0),
    remindersPausedAt: instant(),
    /** Of its milestones by their weights, 0 to 100; `milestones/plan` keeps it and the next one. */
    progress: integer().notNull().default(0),
    nextTitle: text(),
    /** 'YYYY-MM-DD'. */
    nextDueOn: text(),
    /** Messages that nobody of the team has seen. */
    unread: integer().notNull().default(0),
    lastMessageAt: instant(),
    /** Steps with every change of its thread: what a page asks for to learn whether there is news. */
    thread: integer().notNull().default(0),
    /** Its files that aren't deleted, and the bytes of their newest versions; triggers keep both. */
    files: integer().notNull().default(0),
    filesSize: integer().notNull().default(0),
    /** Its invoices, drafts among them; triggers keep it. */
    invoices: integer().notNull().default(0),
  },
  (t) => [
    index('portal_newest').on(t.organizationId, t.id),
    index('portal_by_state').on(t.organizationId, t.archived, t.id),
    index('portal_by_activity').on(t.organizationId, t.archived, t.lastActivityAt, t.id),
    index('portal_by_outstanding').on(
      t.organizationId,
      t.archived,
      t.currency,
      t.outstanding,
      t.id,
    ),
    index('portal_inbox')
      .on(t.organizationId, t.lastMessageAt, t.id)
      .where(sql`${t.lastMessageAt} is not null and ${t.archivedAt} is null`),
    index('portal_unread')
      .on(t.organizationId, t.lastMessageAt, t.id)
      .where(sql`${t.unread} > 0 and ${t.archivedAt} is null`),
  ],
)

/** The column of what belongs to one, and goes with it. */
export function ofPortal() {
  return text()
    .notNull()
    .references(() => portal.id, { onDelete: 'cascade' })
}
