import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { id, instant } from '../columns.ts'
import { organization } from './organizations.ts'
import { portal } from './portals.ts'

export const activity = sqliteTable(
  'activity',
  {
    id: id(),
    organizationId: text()
      .notNull()
      .references(() => organization.id, { onDelete: 'cascade' }),
    portalId: text().references(() => portal.id, { onDelete: 'cascade' }),
    actorKind: text().notNull(),
    actorId: text(),
    actorName: text().notNull(),
    kind: text().notNull(),
    data: text({ mode: 'json' }).$type<Record<string, string>>().notNull(),
    /** Whether the portal's clients may read it. */
    client: integer({ mode: 'boolean' }).notNull().default(false),
    at: instant().notNull(),
  },
  (t) => [
    index('activity_client').on(t.portalId, t.client, t.at),
    index('activity_by_kind').on(t.organizationId, t.kind, t.id),
    index('activity_portal').on(t.portalId, t.id),
    index('activity_organization').on(t.organizationId, t.id),
  ],
)
