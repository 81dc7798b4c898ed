import { and, eq, sql } from 'drizzle-orm'
import type { TenantCtx } from '../../ctx.ts'
import { commit, mustChange, type Statement } from '../../db/batch.ts'
import { milestone, type ApprovalState } from '../../db/schema/milestones.ts'
import type { Failure } from '../../lib/failure.ts'
import { fail, ok, type Result } from '../../lib/result.ts'
import { enqueueEmail } from '../emails/enqueue.ts'
import type { ActivityKind } from '../activity/kinds.ts'
import { record } from '../activity/record.ts'
import { mayOpen } from '../links/rules.ts'
import { portalIsOpen, whyNot } from '../portals/guards.ts'
import { allowed } from './actions.ts'
import { at, milestoneById, type MilestoneItem, type MilestonePath } from './queries.ts'
import { clientsToAsk, teamToTell, type Recipient } from './recipients.ts'
import { mayRequestApproval } from './rules.ts'

type Answer = Promise<Result<MilestoneItem, Failure>>

/** Asks the client to sign a milestone off. Asking again while they think changes nothing. */
export async function requestApproval(ctx: TenantCtx, path: MilestonePath): Answer {
  const found = await allowed(ctx, 'milestone.change', path)
  if (!found.ok) return found
  if (found.value.approval === 'requested') return found
  if (!mayRequestApproval(found.value.approval)) {
    return fail({ kind: 'conflict', reason: 'approval-stands' })
  }
  const mailed = await clientsToAsk(ctx.db, ctx.organization.id, path.portal, ctx.now)
  return step(ctx, found.value, { to: 'requested', note: '', kind: 'approval.requested', mailed })
}

/** The client's answer, by the holder of a link to the whole portal. Who, when and their note are kept. */
export async function answerApproval(
  ctx: TenantCtx,
  milestoneId: string,
  answer: { to: 'approved' | 'changes'; note: string },
): Answer {
  const { actor } = ctx
  if (actor.kind !== 'contact' || !mayOpen(actor.scope, 'milestones'))
    return fail({ kind: 'missing' })
  const path = { portal: actor.portalId, milestone: milestoneId }
  const found = await milestoneById(ctx.db, ctx.organization.id, path)
  if (!found) return fail({ kind: 'missing' })
  // The second of two clicks finds its own answer.
  if (found.approval === answer.to && found.approvalNote === answer.note) return ok(found)
  if (found.approval !== 'requested') {
    return fail({ kind: 'conflict', reason: 'approval-not-asked' })
  }
  const kind = answer.to === 'approved' ? 'approval.given' : 'approval.changes-asked'
  const mailed = await teamToTell(ctx.db, ctx.organization.id)
  return step(ctx, found, { ...answer, kind, mailed })
}

interface Step {
  to: ApprovalState
  note: string
  kind: ActivityKind
  /** Whom the other side of it is told by mail. */
  mailed: readonly Recipient[]
}

/** The guarded change of a milestone as it was read, what is kept of it, and its mails. */
export function approvalStatements(ctx: TenantCtx, was: MilestoneItem, next: Step): Statement[] {
  const { to, note, kind, mailed } = next
  const path = { portal: was.portalId, milestone: was.id }
  const by = 'name' in ctx.actor ? ctx.actor.name : ''
  const from = sql`${milestone.approval} is ${was.approval}`
  return [
    ctx.db
      .update(milestone)
      .set({
        approval: to,
        approvalBy: by,
        approvalAt: ctx.now,
        approvalNote: note,
        version: sql`${milestone.version} + 1`,
      })
      .where(
        and(
          at(ctx.organization.id, path),
          from,
          eq(milestone.version, was.version),
          portalIsOpen(was.portalId, ctx.organization.id),
        ),
      ),
    mustChange,
    record(ctx, {
      kind,
      portalId: was.portalId,
      data: { milestone: was.id, title: was.title, ...(note ? { note: note.slice(0, 200) } : {}) },
    }),
    ...mailed.flatMap(({ id, email, linkId }) =>
      enqueueEmail(ctx, {
        kind: 'approval',
        key: `approval:${was.id}:${was.version + 1}:${id}`,
        to: email,
        organizationId: ctx.organization.id,
        portalId: was.portalId,
        ...(linkId === null ? {} : { linkId }),
        data: { milestone: was.id, to, at: String(ctx.now) },
      }),
    ),
  ]
}

async function step(ctx: TenantCtx, was: MilestoneItem, next: Step): Answer {
  const { to, note } = next
  const written = await commit(ctx, approvalStatements(ctx, was, next))
  const path = { portal: was.portalId, milestone: was.id }
  const now = await milestoneById(ctx.db, ctx.organization.id, path)
  if (!now) return fail({ kind: 'missing' })
  if (written.ok || (now.approval === to && now.approvalNote === note)) return ok(now)
  return fail(await whyNot(ctx, was.portalId))
}
