import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { id, instant } from '../columns.ts'
import { ofOrganization } from './organizations.ts'
import { portal } from './portals.ts'

/** What a kind of entry is about: a few words that people filter by. */
export const topics = [
  'portals',
  'links',
  'milestones',
  'messages',
  'files',
  'invoices',
  'team',
  'settings',
] as const
export type Topic = (typeof topics)[number]

/**
 * Who did what. Lists are in the order of ids, which is that of time: an entry that goes on (a slider
 * that is still being moved) takes a new id with its new instant. Whatever a list is narrowed to, a
 * page of it is one range of one of these indexes.
 */
export const activity = sqliteTable(
  'activity',
  {
    id: id(),
    organizationId: ofOrganization(),
    portalId: text().references(() => portal.id, { onDelete: 'cascade' }),
    actorKind: text().notNull(),
    actorId: text(),
    actorName: text().notNull(),
    kind: text().notNull(),
    topic: text({ enum: topics }).notNull().default('portals'),
    data: text({ mode: 'json' }).$type<Record<string, string>>().notNull(),
    /** Whether the portal's clients may read it. */
    client: integer({ mode: 'boolean' }).notNull().default(false),
    at: instant().notNull(),
  },
  (t) => [
    index('activity_organization').on(t.organizationId, t.id),
    index('activity_topic').on(t.organizationId, t.topic, t.id),
    index('activity_person').on(t.organizationId, t.actorId, t.id),
    index('activity_topic_person').on(t.organizationId, t.topic, t.actorId, t.id),
    index('activity_portal').on(t.portalId, t.id),
    index('activity_portal_topic').on(t.portalId, t.topic, t.id),
    index('activity_portal_person').on(t.portalId, t.actorId, t.id),
    index('activity_portal_topic_person').on(t.portalId, t.topic, t.actorId, t.id),
    // What a client's page tells as news; messages speak for themselves there.
    index('activity_news')
      .on(t.portalId, t.at)
      .where(sql`${t.client} = 1 and ${t.topic} <> 'messages'`),
  ],
)
