import type { TenantCtx } from '../../ctx.ts'
import { commit, mustChange } from '../../db/batch.ts'
import { portal } from '../../db/schema/portals.ts'
import type { Failure } from '../../lib/failure.ts'
import { newId } from '../../lib/id.ts'
import { fail, ok, type Result } from '../../lib/result.ts'
import { record } from '../activity/record.ts'
import { newLink } from '../links/new-link.ts'
import { authorise } from '../organizations/rules.ts'
import type { CreatePortal } from './input.ts'
import { portalWithLinks, type PortalDetail } from './queries.ts'

export interface CreatedPortal {
  portal: PortalDetail
  /** The token of the first contact's link; undefined for a portal that was there already. */
  token: string | undefined
}

/** A portal with its first contact and their link, which is mailed to them if `send` says so. */
export async function createPortal(
  ctx: TenantCtx,
  input: CreatePortal,
): Promise<Result<CreatedPortal, Failure>> {
  if (!authorise(ctx.actor, 'portal.create')) return fail({ kind: 'forbidden' })
  const { project, client, currency } = input
  const id = input.id ?? newId(ctx.now)
  const first = await newLink(ctx, {
    portalId: id,
    contact: input.contact,
    scope: 'all',
    send: input.send,
  })
  const written = await commit(ctx, [
    ctx.db.insert(portal).values({
      id,
      organizationId: ctx.organization.id,
      project,
      client,
      currency,
      createdAt: ctx.now,
    }),
    first.contact,
    mustChange,
    ...first.rest,
    record(ctx, { kind: 'portal.created', portalId: id, data: { project, client } }),
  ])
  const made = await portalWithLinks(ctx.db, ctx.organization.id, id, { limit: 50 })
  // Taken: the first of two clicks made it; or the id is another portal's, perhaps of another tenant.
  if (!made || made.project !== project || made.client !== client) {
    return fail({ kind: 'conflict', reason: 'changed-meanwhile' })
  }
  return ok({ portal: made, token: written.ok ? first.token : undefined })
}
