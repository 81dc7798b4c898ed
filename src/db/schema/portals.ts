import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { instant } from '../columns.ts'
import { organization } from './organizations.ts'

export const portal = sqliteTable(
  'portal',
  {
    /** SQLite's rowid by name: what a full-text table refers to. Never leaves the database. */
    key: integer().primaryKey(),
    id: text().notNull().unique(),
    organizationId: text()
      .notNull()
      .references(() => organization.id, { onDelete: 'cascade' }),
    project: text().notNull(),
    client: text().notNull(),
    currency: text().notNull(),
    createdAt: instant().notNull(),
    archivedAt: instant(),
  },
  (t) => [index('portal_newest').on(t.organizationId, t.id)],
)
