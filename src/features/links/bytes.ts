import { sql } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { file, fileVersion } from '../../db/schema/files.ts'
import { offer, type Offer, type Selection } from '../files/archive-rows.ts'
import type { FileAt, StoredFile } from '../files/stored.ts'
import { visitWith } from './visit-with.ts'

/** With a version of a file that nobody deleted. */
export async function storedByHash(db: Database, hash: string, at: FileAt) {
  const found = await visitWith<StoredFile>(
    db,
    hash,
    sql`(
      select json_object('name', f.name, 'object', v.object, 'size', v.size,
        'contentType', v.content_type, 'at', v.created_at)
      from ${file} f join ${fileVersion} v on v.file_id = f.id
        and v.version = ${at.version === undefined ? sql`f.version` : at.version}
      where f.id = ${at.file} and f.portal_id = portal.id and f.deleted_at is null)`,
  )
  return found && { ...found.visit, stored: found.part }
}

/** With the files that are meant for an archive. */
export async function offerByHash(db: Database, hash: string, selection: Selection) {
  const found = await visitWith<Offer>(db, hash, offer(selection))
  return found && { ...found.visit, offer: found.part }
}
