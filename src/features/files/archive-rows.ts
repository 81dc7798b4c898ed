import { sql, type SQL } from 'drizzle-orm'
import { file, fileVersion } from '../../db/schema/files.ts'
import { MOST_ARCHIVED } from './rules.ts'

/** Which files of a portal are meant: all, those in a folder and below, or those named. */
export interface Selection {
  folder?: string | undefined
  files?: readonly string[] | undefined
  /** The `latest` of the last file that was offered: on from there. */
  cursor?: string | undefined
}

/** A file's newest version. */
export interface ArchiveRow {
  id: string
  folder: string
  name: string
  latest: string
  size: number
  object: string
  crc32: number
  at: number
}

/** What a portal has, and what of it is meant. */
export interface Offer {
  project: string
  files: number
  size: number
  /** One more than an archive holds at most. */
  rows: ArchiveRow[]
}

const most = sql.raw(String(MOST_ARCHIVED.files + 1))

/** Whole, or below: 'Draft' holds 'Draft/2', and not 'Drafts'. As a range first, for the index. */
const inside = (folder: string): SQL =>
  sql`folder >= ${folder} and folder < ${`${folder}0`} and (folder = ${folder} or substr(folder, 1, length(${folder}) + 1) = ${`${folder}/`})`

const live = sql`portal_id = portal.id and deleted_at is null`

// By names that a version's columns don't go by.
const shown = sql`${file.id} as file, folder, name, latest, ${file.size} as bytes`

/** Newest first; inside a folder, folder by folder. */
function chosen({ folder, files, cursor }: Selection): SQL {
  if (files) {
    const ids = JSON.stringify(files.slice(0, MOST_ARCHIVED.files + 1))
    return sql`select ${shown} from json_each(${ids}) named cross join ${file} on ${file.id} = named.value
      where ${live}`
  }
  if (folder === undefined) {
    const on = cursor === undefined ? sql`` : sql`and latest < ${cursor}`
    return sql`select ${shown} from ${file} where ${live} ${on} order by latest desc limit ${most}`
  }
  const on =
    cursor === undefined
      ? sql``
      : sql`and (folder, latest) < ((select folder from ${file} where ${live} and latest = ${cursor}), ${cursor})`
  return sql`select ${shown} from ${file} where ${live} and ${inside(folder)} ${on}
    order by folder desc, latest desc limit ${most}`
}

/** As one JSON text. A version that is missing shows as nulls: it must not go unnoticed. */
export const offer = (selection: Selection): SQL =>
  sql`json_object('project', portal.project, 'files', portal.files, 'size', portal.files_size, 'rows', (
    select json_group_array(json_object('id', file, 'folder', folder, 'name', name, 'latest', latest,
      'size', bytes, 'object', v.object, 'crc32', v.crc32, 'at', v.created_at))
    from (${chosen(selection)}) left join ${fileVersion} v on v.id = latest))`
