import type { D1Database, R2Bucket } from '@cloudflare/workers-types'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { getPlatformProxy } from 'wrangler'
import { objectKey } from '../../../src/features/files/object.ts'
import { sha256 } from '../../../src/lib/hash.ts'
import { newId } from '../../../src/lib/id.ts'
import type { Product } from './product.ts'

export interface Given {
  name: string
  folder?: string
  /** What the database says it is. */
  contentType: string
  bytes: Uint8Array | string
}

/** Puts files where the portal of the demo's link has them, past the door; answers their ids. */
export async function storeFiles(
  { demo, folder }: Product,
  given: readonly Given[],
): Promise<string[]> {
  process.env['WRANGLER_LOG'] = 'error'
  const proxy = await getPlatformProxy<{ DB: D1Database; BUCKET: R2Bucket }>({
    persist: { path: join(folder, 'state', 'v3') },
    remoteBindings: false,
  })
  try {
    const { DB, BUCKET } = proxy.env
    const token = String(demo.portalUrl).slice(-64)
    const place = await DB.prepare(
      `select link.organization_id as organizationId, link.portal_id as portalId from link_token
      join link on link.id = link_token.link_id where hash = ?`,
    )
      .bind(await sha256(token))
      .first<{ organizationId: string; portalId: string }>()
    if (!place) throw new Error('The demo’s link opens nothing.')
    const ids: string[] = []
    for (const { name, folder: inside = '', contentType, bytes } of given) {
      const [file, version] = [newId(Date.now()), newId(Date.now())]
      const content = Buffer.from(bytes)
      await BUCKET.put(objectKey(place, `${file}/${version}`), content)
      const shared = [place.organizationId, place.portalId, content.length, contentType, Date.now()]
      await DB.batch([
        DB.prepare(
          `insert into file (organization_id, portal_id, size, content_type, created_at, id, folder, name, version, latest, source, by_id, by)
          values (?, ?, ?, ?, ?, ?, ?, ?, 1, ?, 'client', ?, 'A stranger')`,
        ).bind(...shared, file, inside, name, version, randomUUID()),
        DB.prepare(
          `insert into file_version (organization_id, portal_id, size, content_type, created_at, id, file_id, version, object, crc32, source, by_id, by)
          values (?, ?, ?, ?, ?, ?, ?, 1, ?, ?, 'client', ?, 'A stranger')`,
        ).bind(...shared, version, file, `${file}/${version}`, crc32(content), randomUUID()),
      ])
      ids.push(file)
    }
    return ids
  } finally {
    await proxy.dispose()
  }
}
