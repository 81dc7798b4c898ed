import type { Ctx } from '../../ctx.ts'
import type { Statement } from '../../db/batch.ts'
import { enqueue, enqueueUnlessWaiting } from '../jobs/enqueue.ts'
import { jobKey, type DocumentOf } from './rules.ts'

interface Home {
  organizationId: string
  portalId: string
}

const wanted = (document: DocumentOf, { organizationId, portalId }: Home) => ({
  kind: 'document.make' as const,
  key: jobKey(document),
  organizationId,
  data: { kind: document.kind, of: document.of, portal: portalId },
})

/** The statement that has the paper of what this batch writes made, once, and not before `at`. */
export const enqueueDocument = (
  ctx: Ctx,
  document: DocumentOf,
  home: Home,
  at = ctx.now,
): Statement => enqueue(ctx, { ...wanted(document, home), at })

/** The statement that has a portal's statement made anew: its ledger changed. */
export function enqueueStatement(ctx: Ctx, home: Home): Statement {
  ctx.enqueued = true
  return enqueueUnlessWaiting(ctx, wanted({ kind: 'statement', of: home.portalId }, home))
}
