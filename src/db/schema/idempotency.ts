import { index, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { instant } from '../columns.ts'
import { ofOrganization } from './organizations.ts'

/** What was already done under an `Idempotency-Key`; written in the batch of the change itself. */
export const idempotency = sqliteTable(
  'idempotency',
  {
    organizationId: ofOrganization(),
    /** Id of the API key or of the person: two callers may choose the same key. */
    caller: text().notNull(),
    key: text().notNull(),
    /** SHA-256 of method, path and body. */
    request: text().notNull(),
    /** The id that a created item was given. */
    resource: text().notNull(),
    createdAt: instant().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.caller, t.key] }),
    index('idempotency_age').on(t.createdAt),
  ],
)
