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

/** Folders that can be chosen from at once. */
export const FOLDERS_SHOWN = 50

/** Versions that a file's page shows; older ones are a page further. */
export const VERSIONS_SHOWN = 20
