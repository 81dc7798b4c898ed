import { crc32 } from 'node:zlib'
import { eq } from 'drizzle-orm'
import type { TenantCtx } from '../../src/ctx.ts'
import { commit } from '../../src/db/batch.ts'
import { file, fileVersion } from '../../src/db/schema/files.ts'
import { record } from '../../src/features/activity/record.ts'
import { deleteFile } from '../../src/features/files/actions.ts'
import { objectKey } from '../../src/features/files/object.ts'
import { newId } from '../../src/lib/id.ts'
import { asContact } from './as-contact.ts'
import type { FileStory } from './file-stories.ts'
import { must } from './must.ts'
import type { Desk } from './organization.ts'

interface Place {
  portal: string
  /** The email of the colleague who runs the portal. */
  by: string
  bucket: R2Bucket
}

/** Who is behind an email: a colleague, or else a contact of the portal. */
async function ctxOf(desk: Desk, place: Place, email: string, ago: number): Promise<TenantCtx> {
  return desk.employs(email)
    ? desk.ctx(email, ago)
    : asContact(desk.ctx(place.by, ago), place.portal, email)
}

function senderOf({ actor }: TenantCtx) {
  if (actor.kind === 'member')
    return { source: 'team', byId: actor.userId, by: actor.name } as const
  if (actor.kind !== 'contact') throw new Error('Only people send files in the demo.')
  return { source: 'client', byId: actor.id, by: actor.name } as const
}

/** Leaves a file with its versions as uploads would have: objects in the bucket, then the rows. */
export async function playFile(desk: Desk, place: Place, story: FileStory): Promise<void> {
  const { portal: portalId, bucket, by: runs } = place
  const { folder = '', name, versions, deleted } = story
  const organizationId = desk.organization.id
  const tenant = { organizationId, portalId }
  const id = newId(desk.ctx(runs, versions[0]?.ago ?? 0).now)
  for (const [index, { by, ago, content }] of versions.entries()) {
    const ctx = await ctxOf(desk, place, by, ago)
    const { bytes, contentType } = content()
    const versionId = newId(ctx.now)
    const object = `${id}/${versionId}`
    await bucket.put(objectKey(tenant, object), bytes, { httpMetadata: { contentType } })
    const version = index + 1
    const facts = { version, size: bytes.length, contentType, ...senderOf(ctx), createdAt: ctx.now }
    const newest = { ...facts, latest: versionId }
    must(
      await commit(ctx, [
        index === 0
          ? ctx.db.insert(file).values({ id, ...tenant, folder, name, ...newest })
          : ctx.db.update(file).set(newest).where(eq(file.id, id)),
        ctx.db.insert(fileVersion).values({
          id: versionId,
          ...tenant,
          fileId: id,
          object,
          crc32: crc32(bytes),
          ...facts,
          // The demo sends no mail about it.
          told: true,
        }),
        record(ctx, {
          kind: 'file.uploaded',
          portalId,
          data: { file: id, name, version: String(version) },
        }),
      ]),
    )
  }
  if (deleted) {
    must(await deleteFile(desk.ctx(deleted.by, deleted.ago), { portal: portalId, file: id }))
  }
}
