import { and, desc, eq, gt, isNull, lt, sql } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { file, fileVersion } from '../../db/schema/files.ts'
import { organization } from '../../db/schema/organizations.ts'
import { portal } from '../../db/schema/portals.ts'
import { encodeCursor } from '../../lib/cursor.ts'
import { pageOf, type Page } from '../../lib/page.ts'
import { portalStatement, type PortalItem } from '../portals/queries.ts'
import type { DeletedFiles, ListFiles } from './input.ts'
import { foldersOfPortal } from './folders.ts'
import { filesPage, VERSIONS_SHOWN, versionsPage } from './rules.ts'

export type FileItem = typeof file.$inferSelect
type VersionItem = typeof fileVersion.$inferSelect

const ofPortal = (organizationId: string, portalId: string) =>
  and(eq(file.portalId, portalId), eq(file.organizationId, organizationId))

const newestFiles = (
  db: Database,
  organizationId: string,
  portalId: string,
  { limit, cursor, folder }: ListFiles,
) =>
  db
    .select()
    .from(file)
    .where(
      and(
        ofPortal(organizationId, portalId),
        isNull(file.deletedAt),
        folder === undefined ? undefined : eq(file.folder, folder),
        cursor === undefined ? undefined : lt(file.latest, cursor),
      ),
    )
    .orderBy(desc(file.latest))
    .limit(limit + 1)

const isPortal = (organizationId: string, portalId: string) =>
  and(eq(portal.id, portalId), eq(portal.organizationId, organizationId))

/** A page of a portal's files, newest first; undefined where there is no such portal. */
export async function listFiles(
  db: Database,
  organizationId: string,
  portalId: string,
  input: ListFiles,
): Promise<Page<FileItem> | undefined> {
  const [[found], rows] = await db.batch([
    db.select({ id: portal.id }).from(portal).where(isPortal(organizationId, portalId)),
    newestFiles(db, organizationId, portalId, input),
  ])
  return found && filesPage(rows, input.limit)
}

const foldersOf = (db: Database, organizationId: string, portalId: string) =>
  db
    .select({
      folders: foldersOfPortal.mapWith((text: string): string[] => JSON.parse(text)),
    })
    .from(portal)
    .where(isPortal(organizationId, portalId))

const storageOf = (db: Database, organizationId: string) =>
  db
    .select({ used: organization.storage })
    .from(organization)
    .where(eq(organization.id, organizationId))

export interface FilePath {
  portal: string
  file: string
}

/** One file of one portal of one organisation, deleted or not: a path that is wrong anywhere leads nowhere. */
const at = (organizationId: string, path: FilePath) =>
  and(eq(file.id, path.file), ofPortal(organizationId, path.portal))

/** Whether it is deleted is the caller's to look at. */
export async function fileById(
  db: Database,
  organizationId: string,
  path: FilePath,
): Promise<FileItem | undefined> {
  const [row] = await db.select().from(file).where(at(organizationId, path))
  return row
}

export interface FilesOfPortal extends Page<FileItem> {
  portal: PortalItem
  folders: string[]
  /** Bytes that the organisation's files take. */
  used: number
  /** The file that was just deleted, as long as it is. */
  undo: FileItem | undefined
}

/** What the team's page of files shows, in one round trip. */
export async function filesOfPortal(
  db: Database,
  organizationId: string,
  portalId: string,
  input: ListFiles & { undo?: string | undefined },
): Promise<FilesOfPortal | undefined> {
  const path = { portal: portalId, file: input.undo ?? '' }
  const [[found], rows, [head], [storage], [undo]] = await db.batch([
    portalStatement(db, organizationId, portalId),
    newestFiles(db, organizationId, portalId, input),
    foldersOf(db, organizationId, portalId),
    storageOf(db, organizationId),
    db
      .select()
      .from(file)
      .where(and(at(organizationId, path), gt(file.deletedAt, 0))),
  ])
  if (!found) return undefined
  const page = filesPage(rows, input.limit)
  return { ...page, portal: found, folders: head?.folders ?? [], used: storage?.used ?? 0, undo }
}

const deletedRows = (
  db: Database,
  organizationId: string,
  portalId: string,
  { limit, after }: DeletedFiles,
) =>
  db
    .select()
    .from(file)
    .where(
      and(
        ofPortal(organizationId, portalId),
        gt(file.deletedAt, 0),
        after && sql`(${file.deletedAt}, ${file.id}) < (${after.deletedAt}, ${after.id})`,
      ),
    )
    .orderBy(desc(file.deletedAt), desc(file.id))
    .limit(limit + 1)

export interface DeletedOfPortal extends Page<FileItem> {
  portal: PortalItem
  used: number
}

/** What can still be brought back, the last deleted first, in one round trip. */
export async function deletedOfPortal(
  db: Database,
  organizationId: string,
  portalId: string,
  input: DeletedFiles,
): Promise<DeletedOfPortal | undefined> {
  const [[found], rows, [storage]] = await db.batch([
    portalStatement(db, organizationId, portalId),
    deletedRows(db, organizationId, portalId, input),
    storageOf(db, organizationId),
  ])
  const cursorAt = ({ deletedAt, id }: FileItem) => encodeCursor([deletedAt ?? 0, id])
  return (
    found && { ...pageOf(rows, input.limit, cursorAt), portal: found, used: storage?.used ?? 0 }
  )
}

export interface FileOfPortal {
  portal: PortalItem
  file: FileItem
  versions: VersionItem[]
  /** The number that older versions come before; null where these are all. */
  older: number | null
}

/** A file with its versions, newest first, and the portal around it, in one round trip. */
export async function fileOfPortal(
  db: Database,
  organizationId: string,
  path: FilePath,
  before?: number,
): Promise<FileOfPortal | undefined> {
  const [[found], [one], rows] = await db.batch([
    portalStatement(db, organizationId, path.portal),
    db
      .select()
      .from(file)
      .where(and(at(organizationId, path), isNull(file.deletedAt))),
    db
      .select()
      .from(fileVersion)
      .where(
        and(
          eq(fileVersion.fileId, path.file),
          eq(fileVersion.portalId, path.portal),
          eq(fileVersion.organizationId, organizationId),
          before === undefined ? undefined : lt(fileVersion.version, before),
        ),
      )
      .orderBy(desc(fileVersion.version))
      .limit(VERSIONS_SHOWN + 1),
  ])
  return found && one && { portal: found, file: one, ...versionsPage(rows) }
}
