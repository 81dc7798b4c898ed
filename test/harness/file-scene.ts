import { file, fileVersion, type FileSource } from '../../src/db/schema/files.ts'
import { objectKey } from '../../src/features/files/object.ts'
import { newId } from '../../src/lib/id.ts'
import type { Tenant } from './world.ts'

/** One time that something was sent under a file's name. */
interface Sent {
  /** Its bytes, put into the bucket; without them the rows alone are written. */
  bytes?: Uint8Array
  /** Where there are no bytes. */
  size?: number
  contentType?: string
  source?: FileSource
  byId?: string
  by?: string
  at?: number
}

interface NewFile extends Sent {
  portal: string
  name: string
  folder?: string
  deletedAt?: number | null
  /** What came before, oldest first. */
  earlier?: readonly Sent[]
}

export interface StoredFile {
  id: string
  /** Of its newest version. */
  latest: string
  /** Of all its versions, oldest first. */
  keys: string[]
}

/** As the bytes of any upload are checked, unsigned. */
function crc32(bytes: Uint8Array): number {
  let crc = ~0
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return ~crc >>> 0
}

/** Puts a file with its versions where a finished upload leaves it: rows in D1, objects in R2. */
export async function putFile(
  tenant: Tenant,
  { portal, name, folder = '', deletedAt = null, earlier = [], ...newest }: NewFile,
): Promise<StoredFile> {
  const { db, now } = tenant.world.ctx()
  const organizationId = tenant.facts.id
  const place = { organizationId, portalId: portal }
  const id = newId(newest.at ?? now)
  const versions = [...earlier, newest].map((sent, index) => {
    const at = sent.at ?? now
    const versionId = newId(at)
    return {
      id: versionId,
      organizationId,
      portalId: portal,
      fileId: id,
      version: index + 1,
      object: `${id}/${versionId}`,
      size: sent.bytes?.length ?? sent.size ?? 1000,
      contentType: sent.contentType ?? 'application/octet-stream',
      crc32: sent.bytes ? crc32(sent.bytes) : 0,
      source: sent.source ?? 'team',
      byId: sent.byId ?? newId(now),
      by: sent.by ?? 'Maya Ortiz',
      createdAt: at,
      bytes: sent.bytes,
    }
  })
  const last = versions.at(-1)
  if (!last) throw new Error('A file has a version.')
  const { id: latest, version, size, contentType, source, byId, by, createdAt } = last
  await db.batch([
    db.insert(file).values({
      id,
      organizationId,
      portalId: portal,
      folder,
      name,
      version,
      latest,
      size,
      contentType,
      source,
      byId,
      by,
      createdAt,
      deletedAt,
    }),
    ...versions.map((row) => db.insert(fileVersion).values(row)),
  ])
  for (const { object, bytes, contentType: type } of versions) {
    if (!bytes) continue
    await tenant.world.env.BUCKET.put(objectKey(place, object), bytes, {
      httpMetadata: { contentType: type },
    })
  }
  return { id, latest, keys: versions.map(({ object }) => objectKey(place, object)) }
}

/**
 * So many files, two statements for each thousand: 'file 0.pdf' and on, the last one newest, every
 * second from the client, in as many folders as are named.
 */
export async function fillFiles(
  tenant: Tenant,
  portal: string,
  {
    count,
    folders = [''],
    now = Date.now(),
    names = 'file',
  }: { count: number; folders?: readonly string[]; now?: number; names?: string },
): Promise<string[]> {
  const ids = Array.from({ length: count }, (_, index) => newId(now - (count - index) * 1000))
  const rows = ids.map((id, index) => ({
    id,
    version: newId(now - (count - index) * 1000),
    folder: folders[index % folders.length] ?? '',
    name: `${names} ${index}.pdf`,
    at: now - (count - index) * 1000,
    source: index % 2 === 0 ? 'team' : 'client',
  }))
  const { DB } = tenant.world.env
  for (let from = 0; from < rows.length; from += 1000) {
    const slice = JSON.stringify(rows.slice(from, from + 1000))
    await DB.batch([
      DB.prepare(
        `insert into file (id, organization_id, portal_id, folder, name, version, latest, size, content_type, source, by_id, by, created_at)
        select value ->> 'id', ?, ?, value ->> 'folder', value ->> 'name', 1, value ->> 'version', 1000,
          'application/pdf', value ->> 'source', 'somebody', 'Somebody', value ->> 'at' from json_each(?)`,
      ).bind(tenant.facts.id, portal, slice),
      DB.prepare(
        `insert into file_version (id, organization_id, portal_id, file_id, version, object, size, content_type, crc32, source, by_id, by, created_at)
        select value ->> 'version', ?, ?, value ->> 'id', 1, (value ->> 'id') || '/' || (value ->> 'version'), 1000,
          'application/pdf', 0, value ->> 'source', 'somebody', 'Somebody', value ->> 'at' from json_each(?)`,
      ).bind(tenant.facts.id, portal, slice),
    ])
  }
  return ids
}
