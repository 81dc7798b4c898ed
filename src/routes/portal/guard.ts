import type { Ctx, TenantCtx } from '../../ctx.ts'
import { visitByHash, type Visit } from '../../features/links/visits.ts'
import { isToken, linkState } from '../../features/links/rules.ts'
import { sha256 } from '../../lib/hash.ts'

export interface Admitted {
  visit: Visit
  ctx: TenantCtx
}

/**
 * Lets the holder of a living token in; undefined for every other. One statement, and none at all
 * for what can't be a token.
 */
export async function admit(ctx: Ctx, token: string): Promise<Admitted | undefined> {
  if (!isToken(token)) return undefined
  const visit = await visitByHash(ctx.db, await sha256(token))
  if (!visit || visit.replacedAt !== null || linkState(visit, ctx.now) !== 'live') return undefined
  const { organization, contactId: id, linkId, portalId, contactName: name, scope } = visit
  const actor = { kind: 'contact', id, linkId, portalId, name, scope } as const
  // The same object: what a verb enqueues is seen by the one who runs it after the response.
  return { visit, ctx: Object.assign(ctx, { actor, organization }) }
}
