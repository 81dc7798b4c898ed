import { and, eq } from 'drizzle-orm'
import type { Ctx } from '../../ctx.ts'
import { document } from '../../db/schema/documents.ts'
import { keepObject, putObject } from '../../platform/bucket.ts'
import type { Job, Outcome } from '../jobs/run.ts'
import { documentKey } from './object.ts'
import { changes, documentKinds } from './rules.ts'

/**
 * Draws a document and keeps it. All but a statement are made once: whichever of two runs puts the
 * bytes first, those stay, so that what somebody downloaded never changes.
 */
export async function makeDocument(
  ctx: Ctx,
  job: Job,
  { bucket, assets }: { bucket: R2Bucket; assets: Fetcher },
): Promise<Outcome> {
  const { of = '', portal: portalId = '' } = job.data
  const kind = documentKinds.find((known) => known === job.data['kind'])
  const { organizationId } = job
  if (kind === undefined || organizationId === null) {
    return { kind: 'done', reason: 'This names no document.' }
  }
  const made = and(eq(document.kind, kind), eq(document.of, of))
  if (!changes(kind)) {
    const [there] = await ctx.db.select({ of: document.of }).from(document).where(made)
    if (there) return { kind: 'done' }
  }
  const place = { organizationId, portalId }
  // The library that draws is only ever loaded here.
  const { draw } = await import('./draw.ts')
  const bytes = await draw({ db: ctx.db, bucket, assets }, place, { kind, of }, ctx.now)
  if (!bytes) return { kind: 'done', reason: 'What it would be of is gone.' }
  const key = documentKey(place, { kind, of })
  const put = changes(kind) ? putObject : keepObject
  const { size, etag } = await put(bucket, key, bytes, 'application/pdf')
  const row = { kind, of, ...place, size, etag, madeAt: ctx.now }
  const write = ctx.db
    .insert(document)
    .values(row)
    .onConflictDoUpdate({
      target: [document.kind, document.of],
      set: { size, etag, madeAt: ctx.now },
    })
  return { kind: 'done', write: [write] }
}
