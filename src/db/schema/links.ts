import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { id, instant } from '../columns.ts'
import { ofOrganization } from './organizations.ts'
import { ofPortal } from './portals.ts'

export const scopes = ['all', 'billing'] as const
export type Scope = (typeof scopes)[number]

export const contact = sqliteTable(
  'contact',
  {
    id: id(),
    organizationId: ofOrganization(),
    portalId: ofPortal(),
    name: text().notNull(),
    email: text().notNull(),
    /** Messages of the portal that they have not seen. */
    unread: integer().notNull().default(0),
    /** When they asked for no more news by email. */
    unsubscribedAt: instant(),
    createdAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('contact_once').on(t.portalId, t.email),
    index('contact_first').on(t.portalId, t.id),
  ],
)

export const link = sqliteTable(
  'link',
  {
    id: id(),
    organizationId: ofOrganization(),
    portalId: ofPortal(),
    contactId: text()
      .notNull()
      .references(() => contact.id, { onDelete: 'cascade' }),
    scope: text({ enum: scopes }).notNull(),
    /** Steps with every replacement; the token is derived from it. */
    version: integer().notNull(),
    /** Id of the LINK_SECRET key the current token came from. */
    key: text().notNull(),
    expiresAt: instant(),
    pausedAt: instant(),
    /** When somebody last asked for help before this link's dead-link page. */
    askedAt: instant(),
    seenAt: instant(),
    /** The end of the visit before the current one: what is newer is news. */
    sinceAt: instant(),
    seenCount: integer().notNull().default(0),
    createdAt: instant().notNull(),
  },
  (t) => [
    index('link_portal').on(t.portalId, t.id),
    index('link_seen').on(t.portalId, t.seenAt),
    index('link_contact').on(t.contactId),
  ],
)

/** Hashes of a link's tokens: the living ones, and past ones so that a replaced link is known as such. */
export const linkToken = sqliteTable(
  'link_token',
  {
    hash: text().primaryKey(),
    linkId: text()
      .notNull()
      .references(() => link.id, { onDelete: 'cascade' }),
    createdAt: instant().notNull(),
    replacedAt: instant(),
  },
  (t) => [index('link_token_link').on(t.linkId)],
)
