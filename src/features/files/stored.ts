import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { file, fileVersion } from '../../db/schema/files.ts'

/** One version of a file: where its bytes are, and what is said about them. */
export interface StoredFile {
  name: string
  /** See `fileVersion.object`. */
  object: string
  size: number
  contentType: string
  /** When it was stored. */
  at: number
}

export interface FileAt {
  file: string
  /** Undefined for the newest. */
  version: number | undefined
}

/** A version of a file that nobody deleted, in one portal of one organisation. */
export async function storedFile(
  db: Database,
  organizationId: string,
  at: FileAt & { portal: string },
): Promise<StoredFile | undefined> {
  const [row] = await db
    .select({
      name: file.name,
      object: fileVersion.object,
      size: fileVersion.size,
      contentType: fileVersion.contentType,
      at: fileVersion.createdAt,
    })
    .from(file)
    .innerJoin(
      fileVersion,
      and(
        eq(fileVersion.fileId, file.id),
        eq(fileVersion.version, at.version ?? sql`${file.version}`),
      ),
    )
    .where(
      and(
        eq(file.id, at.file),
        eq(file.portalId, at.portal),
        eq(file.organizationId, organizationId),
        isNull(file.deletedAt),
      ),
    )
  return row
}
