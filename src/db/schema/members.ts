import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { date, id, instant } from '../columns.ts'
import { user } from './accounts.ts'
import { roles, ofOrganization } from './organizations.ts'

export const member = sqliteTable(
  'member',
  {
    id: id(),
    organizationId: ofOrganization(),
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
    organizationId: ofOrganization(),
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
