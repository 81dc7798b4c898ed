import { isId } from '../../lib/id.ts'
import { visible } from '../../lib/visible.ts'

const MIB = 1024 ** 2

/** What a file may have at most. */
export const MOST_FILE = 5 * 1024 * MIB

/** R2 wants parts of one size, of at least 5 MiB, all but the last. One is what a writer holds in memory. */
export const PART = 8 * MIB

/** What one request of an upload may carry: Cloudflare's edge ends at 100 MB. */
export const MOST_PATCH = 95 * MIB

/** What a form may send without a script. */
export const MOST_FORM = 90 * MIB

/** How often a link may begin an upload: so many in so long (ms). */
export const UPLOAD_LIMIT = { most: 60, window: 3_600_000 } as const

/** How long (ms) an upload waits to be gone on with. */
export const UPLOAD_LIVES = 24 * 3_600_000

/** How long (ms) a deleted file can be brought back. */
export const DELETED_KEPT = 30 * 24 * 3_600_000

/** Files that a client's page shows; the rest is a page further. */
export const FILES_SHOWN = 20

/** Files that a list shows at once. */
export const FILES_LISTED = 50

/** Folders that can be chosen from at once. */
export const FOLDERS_SHOWN = 50

/** Versions that a file's page shows; older ones are a page further. */
export const VERSIONS_SHOWN = 20

/** Where in a list of files a page is: behind a file, by its newest version, whole or in one folder. */
export interface FilesPlace {
  limit: number
  cursor?: string | undefined
  /** Only what lies in this folder itself; '' for what lies in none. */
  folder?: string | undefined
}

/** No folder's name is longer, so nothing longer is looked for. */
export const LONGEST_FOLDER = 1000

/**
 * The place that a query asks for; undefined for what asks for none. By hand, and not by zod: it is
 * also asked for on the way into a client's page.
 */
export function filesPlaceIn(query: Record<string, string>, usual: number): FilesPlace | undefined {
  const { limit = String(usual), cursor, folder } = query
  if (!/^\d{1,3}$/.test(limit) || Number(limit) < 1 || Number(limit) > 100) return undefined
  if (cursor !== undefined && !isId(cursor)) return undefined
  if (folder !== undefined && folder.length > LONGEST_FOLDER) return undefined
  return { limit: Number(limit), cursor, folder }
}

/** The number of a version, as an address names it. */
export const versionNumber = (text: string | undefined): number | undefined =>
  text !== undefined && /^[1-9]\d{0,5}$/.test(text) ? Number(text) : undefined

/** A page of rows out of one more than it shows, and the newest version that it goes on behind. */
export function filesPage<T extends { latest: string }>(
  rows: readonly T[],
  limit: number,
): { items: T[]; next: string | null } {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: last && rows.length > limit ? last.latest : null }
}

/** A page of versions out of one more than it shows, and the number that older ones come before. */
export function versionsPage<T extends { version: number }>(
  rows: readonly T[],
): { versions: T[]; older: number | null } {
  const versions = rows.slice(0, VERSIONS_SHOWN)
  const last = versions.at(-1)
  return { versions, older: last && rows.length > VERSIONS_SHOWN ? last.version : null }
}

/** What one archive holds at most. What is larger is better fetched alone, where it can be gone on with. */
export const MOST_ARCHIVED = { files: 500, bytes: 2 * 1024 * MIB } as const

/** How many files a page offers to choose from. */
export const CHOICES_SHOWN = 100

/** What is in the way of an archive: nothing to put in, a chosen file that is gone, or too much. */
export type ArchiveTrouble = 'empty' | 'gone' | 'too-much'

/** `chosen` is how many files were named, undefined where none were: then everything is meant. */
export function archiveTrouble(
  files: readonly { size: number }[],
  chosen: number | undefined,
): ArchiveTrouble | undefined {
  if (chosen !== undefined && chosen > MOST_ARCHIVED.files) return 'too-much'
  if (chosen !== undefined && files.length < chosen) return 'gone'
  if (files.length === 0) return 'empty'
  const bytes = files.reduce((sum, { size }) => sum + size, 0)
  return files.length > MOST_ARCHIVED.files || bytes > MOST_ARCHIVED.bytes ? 'too-much' : undefined
}

/** A folder as people read it: 'Drafts / Round 2'. */
export const folderWords = (folder: string): string =>
  folder
    .split('/')
    .map((name) => visible(name, 60))
    .join(' / ')
