import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { id, instant } from '../columns.ts'
import { organization } from './organizations.ts'

/** Work outside D1 that is still to be done; a row is deleted when it is. */
export const job = sqliteTable(
  'job',
  {
    id: id(),
    organizationId: text().references(() => organization.id, { onDelete: 'cascade' }),
    kind: text().notNull(),
    key: text().notNull().unique(),
    /** Ids and non-secret facts, frozen when it was enqueued. */
    data: text({ mode: 'json' }).$type<Record<string, string>>().notNull(),
    /** Not before this instant. While a runner holds the job, the end of its lease. */
    nextAt: instant().notNull(),
    /** Until when a runner holds it; null while none does. */
    heldUntil: instant(),
    attempts: integer().notNull().default(0),
    /** Why the last attempt did not end it. */
    error: text(),
    createdAt: instant().notNull(),
  },
  (t) => [
    index('job_due').on(t.nextAt),
    index('job_organization').on(t.organizationId, t.id),
    index('job_failed')
      .on(t.id)
      .where(sql`${t.error} is not null`),
  ],
)
