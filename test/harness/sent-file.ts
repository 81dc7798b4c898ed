import { eq } from 'drizzle-orm'
import { file, fileRequest, fileVersion } from '../../src/db/schema/files.ts'
import { commit } from '../../src/db/batch.ts'
import { tellNews } from '../../src/features/news/tell.ts'
import { newId } from '../../src/lib/id.ts'
import type { Tenant } from './world.ts'

interface SentFile {
  portal: string
  name: string
  source?: 'team' | 'client'
  by?: string
  /** The file request it answers, which is fulfilled by it. */
  request?: string
}

/** A file as an upload leaves it behind once it is stored, without its bytes. */
export async function sentFile(
  tenant: Tenant,
  { portal, name, source = 'client', by = 'Jane Cooper', request }: SentFile,
): Promise<{ file: string; version: string }> {
  const ctx = tenant.ctx()
  const { db, now } = ctx
  const id = newId(now)
  const version = newId(now)
  const facts = {
    organizationId: tenant.facts.id,
    portalId: portal,
    size: 4_300_000,
    contentType: 'application/pdf',
    source,
    byId: newId(now),
    by,
    createdAt: now,
  }
  const stored = await commit(ctx, [
    db.insert(file).values({ ...facts, id, name, version: 1, latest: version }),
    db.insert(fileVersion).values({
      ...facts,
      id: version,
      fileId: id,
      version: 1,
      object: `${id}/${version}`,
      crc32: 0,
      requestId: request ?? null,
    }),
    ...(request === undefined
      ? []
      : [
          db
            .update(fileRequest)
            .set({ fulfilledAt: now, fulfilledBy: by, nudgeAt: null })
            .where(eq(fileRequest.id, request)),
        ]),
    tellNews(
      ctx,
      { organizationId: tenant.facts.id, portalId: portal },
      source === 'client' ? 'team' : 'clients',
    ),
  ])
  if (!stored.ok) throw new Error('The file was not stored.')
  return { file: id, version }
}
