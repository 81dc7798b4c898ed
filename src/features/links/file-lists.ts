import { sql } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { file, fileVersion } from '../../db/schema/files.ts'
import { foldersOfPortal } from '../files/folders.ts'
import { filesPage, VERSIONS_SHOWN, versionsPage, type FilesPlace } from '../files/rules.ts'
import type { Page } from '../../lib/page.ts'
import { fileFacts, filesAt, type ClientFile, type Sending } from './latest-files.ts'
import type { Visit } from './visits.ts'
import { visitWith } from './visit-with.ts'

export interface ClientVersion extends Sending {
  version: number
  size: number
}

/** A page of the list as a client sees it. */
export interface ClientFiles {
  page: Page<ClientFile>
  folders: string[]
  /** Of all that there are, and their bytes. */
  count: number
  size: number
}

export async function filesByHash(
  db: Database,
  hash: string,
  place: FilesPlace,
): Promise<(Visit & { files: ClientFiles | null }) | undefined> {
  const { limit } = place
  const row = await visitWith<{ files: ClientFile[] } & Omit<ClientFiles, 'page'>>(
    db,
    hash,
    sql`json_object('files', json(${filesAt(place, limit + 1)}), 'folders', json(${foldersOfPortal}),
      'count', portal.files, 'size', portal.files_size)`,
  )
  if (!row) return undefined
  const { visit, part } = row
  if (!part) return { ...visit, files: null }
  const { files, ...rest } = part
  return { ...visit, files: { ...rest, page: filesPage(files, limit) } }
}

/** One file with its versions, newest first. */
export interface ClientFilePage {
  file: ClientFile
  versions: ClientVersion[]
  /** The number that older versions come before; null where these are all. */
  older: number | null
}

export async function fileByHash(
  db: Database,
  hash: string,
  { file: id, before }: { file: string; before?: number | undefined },
): Promise<(Visit & { file: ClientFilePage | null }) | undefined> {
  const from = before === undefined ? sql`` : sql`and version < ${before}`
  const row = await visitWith<{ file: ClientFile; versions: ClientVersion[] }>(
    db,
    hash,
    sql`(
      select json_object('file', json(${fileFacts}), 'versions', json((
        select json_group_array(json_object('version', version, 'size', size, 'source', source, 'byId', by_id,
          'by', by, 'createdAt', created_at))
        from (
          select * from ${fileVersion} where file_id = ${id} and portal_id = portal.id ${from}
          order by version desc limit ${sql.raw(String(VERSIONS_SHOWN + 1))}))))
      from ${file} where id = ${id} and portal_id = portal.id and deleted_at is null)`,
  )
  if (!row) return undefined
  const { visit, part } = row
  return { ...visit, file: part && { file: part.file, ...versionsPage(part.versions) } }
}
