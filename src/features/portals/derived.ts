import { sql } from 'drizzle-orm'
import { raw, type Statement } from '../../db/batch.ts'
import { activity } from '../../db/schema/activity.ts'
import { contact } from '../../db/schema/links.ts'
import { portal } from '../../db/schema/portals.ts'

/**
 * What is stored about portals for speed, made anew from its sources. Triggers keep it; a test holds
 * the two against each other, and whoever mends a database by hand can run these.
 */
export const rebuild: readonly Statement[] = [
  raw(sql`update ${portal} set last_activity_at = coalesce(
    (select max(at) from ${activity} where portal_id = portal.id), created_at)`),
  raw(sql`delete from portal_search`),
  raw(sql`
    insert into portal_search (rowid, organization, state, project, client, contacts)
    select key, replace(organization_id, '-', ''),
      case when archived_at is null then 'active' else 'archived' end, project, client,
      (select coalesce(group_concat(name || ' ' || email, ' '), '') from ${contact} where portal_id = portal.id)
    from ${portal}`),
]
