import { index, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { id, instant } from '../columns.ts'
import { roles, ofOrganization } from './organizations.ts'

export const apiKey = sqliteTable(
  'api_key',
  {
    id: id(),
    organizationId: ofOrganization(),
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
