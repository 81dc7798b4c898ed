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
