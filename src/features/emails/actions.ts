import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { TenantCtx } from '../../ctx.ts'
import { commit, mustChange } from '../../db/batch.ts'
import { email } from '../../db/schema/emails.ts'
import type { Failure } from '../../lib/failure.ts'
import { newId } from '../../lib/id.ts'
import { fail, ok, type Result } from '../../lib/result.ts'
import { record } from '../activity/record.ts'
import { enqueue } from '../jobs/enqueue.ts'
import { authorise } from '../organizations/rules.ts'
import { emailById, type EmailItem } from './queries.ts'
import { mayRetry } from './rules.ts'

/**
 * Sends a mail that failed, bounced or vanished once more, as a mail of its own. Asking twice sends
 * it once. Answers with the new mail.
 */
export async function retryEmail(
  ctx: TenantCtx,
  input: { email: string },
): Promise<Result<EmailItem, Failure>> {
  if (!authorise(ctx.actor, 'email.retry')) return fail({ kind: 'forbidden' })
  const failed = await emailById(ctx.db, ctx.organization.id, input.email)
  if (!failed) return fail({ kind: 'missing' })
  if (failed.retriedBy) return found(ctx, failed.retriedBy)
  if (!mayRetry(failed)) return fail({ kind: 'conflict', reason: 'email-not-retryable' })

  const id = newId(ctx.now)
  const again = {
    id,
    organizationId: failed.organizationId,
    portalId: failed.portalId,
    linkId: failed.linkId,
    key: `retry:${failed.id}`,
    kind: failed.kind,
    to: failed.to,
    data: failed.data,
    state: 'queued' as const,
    stateAt: ctx.now,
    createdAt: ctx.now,
  }
  const written = await commit(ctx, [
    ctx.db
      .update(email)
      .set({ retriedBy: id })
      .where(
        and(
          eq(email.id, failed.id),
          eq(email.organizationId, ctx.organization.id),
          isNull(email.retriedBy),
          inArray(email.state, ['bounced', 'failed', 'unknown']),
        ),
      ),
    mustChange,
    ctx.db.insert(email).values(again),
    enqueue(ctx, {
      kind: 'email.send',
      key: `email:${id}`,
      organizationId: ctx.organization.id,
      data: { email: id },
    }),
    record(ctx, {
      kind: 'email.retried',
      ...(failed.portalId ? { portalId: failed.portalId } : {}),
      data: { to: failed.to },
    }),
  ])
  if (written.ok) return found(ctx, id)
  const now = await emailById(ctx.db, ctx.organization.id, failed.id)
  return now?.retriedBy
    ? found(ctx, now.retriedBy)
    : fail({ kind: 'conflict', reason: 'email-not-retryable' })
}

async function found(ctx: TenantCtx, id: string): Promise<Result<EmailItem, Failure>> {
  const row = await emailById(ctx.db, ctx.organization.id, id)
  return row ? ok(row) : fail({ kind: 'missing' })
}
