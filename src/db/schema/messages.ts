import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { id, instant } from '../columns.ts'
import { ofOrganization } from './organizations.ts'
import { ofPortal } from './portals.ts'

export const authorKinds = ['member', 'contact'] as const
export type AuthorKind = (typeof authorKinds)[number]

/** One thread a portal, in the order of `seq`: an id is chosen when a form is drawn, not when it is sent. */
export const message = sqliteTable(
  'message',
  {
    id: id(),
    organizationId: ofOrganization(),
    portalId: ofPortal(),
    authorKind: text({ enum: authorKinds }).notNull(),
    /** Id of the person, API key or contact; a contact may be deleted while their words stay. */
    authorId: text().notNull(),
    /** The name as it was. */
    authorName: text().notNull(),
    /** The link that a contact wrote through: what may be written is counted by link. */
    linkId: text(),
    body: text().notNull(),
    /** Its place in the thread: what `portal.thread` stepped to when it was written. */
    seq: integer().notNull(),
    createdAt: instant().notNull(),
    /** Put away by the team: clients no longer see it. */
    archivedAt: instant(),
  },
  (t) => [
    uniqueIndex('message_thread').on(t.portalId, t.seq),
    index('message_shown')
      .on(t.portalId, t.seq)
      .where(sql`${t.archivedAt} is null`),
    index('message_link').on(t.linkId, t.createdAt),
  ],
)

/** How far each person has read a thread; the row is made when they first have. */
export const reading = sqliteTable(
  'reading',
  {
    organizationId: ofOrganization(),
    portalId: ofPortal(),
    readerKind: text({ enum: authorKinds }).notNull(),
    readerId: text().notNull(),
    readerName: text().notNull(),
    /** Up to which place in the thread: what `portal.thread` was when they looked. */
    seq: integer().notNull(),
    /** When they looked and there was something new to see. */
    at: instant().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.portalId, t.readerKind, t.readerId] }),
    index('reading_furthest').on(t.portalId, t.seq),
  ],
)
