import { sql, type SQL } from 'drizzle-orm'
import type { FileSource } from '../../db/schema/files.ts'
import type { FilesPlace } from '../files/rules.ts'

/** Who sent what, and when. */
export interface Sending {
  source: FileSource
  byId: string
  by: string
  createdAt: number
}

export interface ClientFile extends Sending {
  id: string
  folder: string
  name: string
  version: number
  latest: string
  size: number
  contentType: string
}

export const fileFacts = sql`json_object('id', id, 'folder', folder, 'name', name, 'version', version, 'latest', latest,
  'size', size, 'contentType', content_type, 'source', source, 'byId', by_id, 'by', by, 'createdAt', created_at)`

// The table is named in words: with its definition and those of uploads this would weigh five times as much
// in every client's page.

/** The files of `portal.id`, newest first, `most` of them, as one JSON text. */
export function filesAt({ cursor, folder }: Omit<FilesPlace, 'limit'>, most: number): SQL {
  const within = folder === undefined ? sql`` : sql`and folder = ${folder}`
  const from = cursor === undefined ? sql`` : sql`and latest < ${cursor}`
  return sql`(
    select json_group_array(${fileFacts})
    from (
      select * from file where portal_id = portal.id and deleted_at is null ${within} ${from}
      order by latest desc limit ${sql.raw(String(most))}))`
}
