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
      name: given.name ?? 'notes.txt',
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
