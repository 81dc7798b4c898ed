import { sql } from 'drizzle-orm'
import { raw, type Statement } from '../../db/batch.ts'
import { file, fileVersion, upload } from '../../db/schema/files.ts'
import { organization } from '../../db/schema/organizations.ts'
import { portal } from '../../db/schema/portals.ts'

/**
 * What triggers keep of files, made anew from its sources; a test holds the two against each other,
 * and whoever mends a database by hand can run these.
 */
export const rebuild: readonly Statement[] = [
  raw(sql`update ${portal} set (files, files_size) = (
    select count(*), coalesce(sum(size), 0) from ${file}
    where portal_id = portal.id and deleted_at is null)`),
  raw(sql`update ${organization} set storage = (
    select coalesce(sum(size), 0) from ${fileVersion} where organization_id = organization.id) + (
    select coalesce(sum(size), 0) from ${upload}
    where organization_id = organization.id and state in ('receiving', 'completing'))`),
]
