import { crc32 } from 'node:zlib'
import { file, fileVersion } from '../../src/db/schema/files.ts'
import { objectKey } from '../../src/features/files/object.ts'
import { newId } from '../../src/lib/id.ts'
import type { Tenant } from './world.ts'

interface Given {
  bytes?: Uint8Array | string
  name?: string
  folder?: string
  contentType?: string
  at?: number
  /** What the database says of its size, whatever the bytes are. */
  size?: number
}

let now = Date.parse('2026-11-24T09:00:00Z')

/** A file as if it had been uploaded, with one version for each of `versions`; the last is the newest. */
export async function storedFile(
  { world, facts }: Tenant,
  portalId: string,
  ...versions: [Given, ...Given[]]
): Promise<string> {
  const { db } = world.ctx()
  const place = { organizationId: facts.id, portalId }
  const sender = { source: 'team', byId: 'test', by: 'Maya' } as const
  const id = newId(now)
  for (const [index, given] of versions.entries()) {
    const at = given.at ?? (now += 1000)
    const version = newId(at)
    const object = `${id}/${version}`
    const bytes = new TextEncoder().encode(typeof given.bytes === 'string' ? given.bytes : '')
    const content = given.bytes instanceof Uint8Array ? given.bytes : bytes
    await world.env.BUCKET.put(objectKey(place, object), content)
    const shown = {
      name: given.name ?? `notes ${id}.txt`,
      folder: given.folder ?? '',
      size: given.size ?? content.length,
      contentType: given.contentType ?? 'text/plain',
      version: index + 1,
      latest: version,
      createdAt: at,
      ...sender,
    }
    const kept = { ...shown, id: version, fileId: id, object, crc32: crc32(content) }
    await db.batch([
      db
        .insert(file)
        .values({ ...shown, ...place, id })
        .onConflictDoUpdate({ target: file.id, set: shown }),
      db.insert(fileVersion).values({ ...kept, ...place }),
    ])
  }
  return id
}

/** So many files of one byte, which the database takes for `size`; all are one object. */
export async function pretendFiles(
  { world, facts }: Tenant,
  portalId: string,
  count: number,
  size = 1,
): Promise<void> {
  const { DB, BUCKET } = world.env
  // Ids of one portal are those of no other.
  const id = `'0197a000-0000-7000-${portalId.slice(-4).replace(/^./, '8')}-' || printf('%012d', value)`
  const numbers = JSON.stringify(Array.from({ length: count }, (_, index) => index))
  const place = `'${facts.id}', '${portalId}'`
  const what = `${size}, 'text/plain', 'team', 'test', 'Maya', ${now}, ${id}`
  await DB.batch([
    DB.prepare(
      `insert into file (organization_id, portal_id, folder, name, version, size, content_type, source, by_id,
        by, created_at, id, latest)
      select ${place}, '', 'file ' || value, 1, ${what}, ${id} from json_each(?)`,
    ).bind(numbers),
    DB.prepare(
      `insert into file_version (organization_id, portal_id, version, object, crc32, size, content_type, source,
        by_id, by, created_at, id, file_id)
      select ${place}, 1, 'all/same', ${crc32(new TextEncoder().encode('x'))}, ${what}, ${id} from json_each(?)`,
    ).bind(numbers),
  ])
  await BUCKET.put(objectKey({ organizationId: facts.id, portalId }, 'all/same'), 'x')
}
