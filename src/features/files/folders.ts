import { sql, type SQL } from 'drizzle-orm'
import { file } from '../../db/schema/files.ts'
import { FOLDERS_SHOWN } from './rules.ts'

/**
 * The folders of `portal.id` by name as one JSON text, '' left out. It steps along an index from each
 * to the next, so it reads as many rows as there are folders, however many files lie in them.
 */
export const foldersOfPortal: SQL = sql`(
  with recursive folders(at) as (
    select (
      select folder from ${file} where portal_id = portal.id and deleted_at is null and folder > ''
      order by folder limit 1)
    union all
    select (
      select folder from ${file} where portal_id = portal.id and deleted_at is null and folder > folders.at
      order by folder limit 1)
    from folders where folders.at is not null limit ${sql.raw(String(FOLDERS_SHOWN))})
  select json_group_array(at) from folders where at is not null)`
