import { and, eq, sql, type SQL } from 'drizzle-orm'
import type { TenantCtx } from '../../ctx.ts'
import { upload, type FileSource } from '../../db/schema/files.ts'
import type { Failure } from '../../lib/failure.ts'
import { fail, ok, type Result } from '../../lib/result.ts'
import { mayOpen } from '../links/rules.ts'
import { authorise } from '../organizations/rules.ts'

/** Whoever sends a file, as its row names them. */
export interface Sender {
  source: FileSource
  byId: string
  by: string
  linkId: string | null
}

/** Who sends, if they may send here; to whom the files are hidden the portal is too. */
export function senderIn(ctx: TenantCtx, portalId: string): Result<Sender, Failure> {
  const { actor } = ctx
  if (actor.kind === 'contact') {
    const { id: byId, name: by, linkId } = actor
    const inside = actor.portalId === portalId && mayOpen(actor.scope, 'files')
    return inside ? ok({ source: 'client', byId, by, linkId }) : fail({ kind: 'missing' })
  }
  if (!authorise(actor, 'file.upload')) return fail({ kind: 'forbidden' })
  if (actor.kind === 'member') {
    return ok({ source: 'team', byId: actor.userId, by: actor.name, linkId: null })
  }
  return actor.kind === 'apiKey'
    ? ok({ source: 'team', byId: actor.id, by: actor.name, linkId: null })
    : fail({ kind: 'forbidden' })
}

/** An upload as an address names it. */
export interface UploadPath {
  portal: string
  upload: string
}

/** A contact's own uploads, and the team's of this portal for whoever is in it. */
export const own = (ctx: TenantCtx, path: UploadPath, sender: Sender): SQL | undefined =>
  and(
    eq(upload.id, path.upload),
    eq(upload.portalId, path.portal),
    eq(upload.organizationId, ctx.organization.id),
    eq(upload.source, sender.source),
    sender.source === 'client' ? eq(upload.byId, sender.byId) : sql`true`,
  )
