import { and, eq, sql, type SQL } from 'drizzle-orm'
import type { TenantCtx } from '../../ctx.ts'
import { commit, mustChange, mustHold } from '../../db/batch.ts'
import { invoice } from '../../db/schema/invoices.ts'
import type { Failure } from '../../lib/failure.ts'
import { newId } from '../../lib/id.ts'
import { formatMoney } from '../../lib/money.ts'
import { fail, ok } from '../../lib/result.ts'
import { happenedLately } from '../activity/lately.ts'
import { record } from '../activity/record.ts'
import { authorise } from '../organizations/rules.ts'
import { blank, columnsOf, homeOf, merged, milestoneLine, type Draft } from './compose.ts'
import {
  again,
  allowed,
  conflict,
  portalRefusal,
  portalTakes,
  wrong,
  type Answer,
} from './guards.ts'
import type { ChangeInvoice, CreateInvoice } from './input.ts'
import { billMilestone, freeMilestone } from './milestone.ts'
import { at, type InvoicePath } from './queries.ts'

/** A draft, in the portal's currency and as the organisation's defaults have it; perhaps of a milestone. */
export async function createDraft(
  ctx: TenantCtx,
  { id, portal: portalId, milestone: milestoneId, ...given }: CreateInvoice & { portal: string },
): Answer {
  if (!authorise(ctx.actor, 'invoice.draft')) return fail({ kind: 'forbidden' })
  const home = await homeOf(ctx, portalId, milestoneId)
  if (!home) return fail({ kind: 'missing' })
  if (milestoneId !== undefined && !home.milestone) {
    return wrong('milestone', 'This milestone is not there any more.')
  }
  const line = milestoneLine(home)
  if (!given.lines && !line) {
    return wrong('milestone', 'This milestone has no amount yet, and no part of a price.')
  }
  const draft = merged(blank(home, line ? [line] : []), given)
  const made = await insertDraft(ctx, { id, portalId, milestoneId, draft })
  // Of two who bill the same milestone at once, the second finds it billed.
  if (made.ok || made.failure.kind !== 'conflict' || milestoneId === undefined) return made
  return made.failure.reason === 'changed-meanwhile' ? conflict('milestone-billed') : made
}

/** The same lines once more, for the same buyer; its days and its milestone are not taken along. */
export async function duplicateInvoice(
  ctx: TenantCtx,
  path: InvoicePath,
  { id }: { id?: string | undefined },
): Answer {
  const found = await allowed(ctx, 'invoice.draft', path)
  if (!found.ok) return found
  const home = await homeOf(ctx, path.portal)
  if (!home) return fail({ kind: 'missing' })
  const { currency } = home
  const draft = { ...found.value, currency, dueOn: null, supplyOn: null }
  return insertDraft(ctx, { id, portalId: path.portal, draft })
}

interface NewDraft {
  id: string | undefined
  portalId: string
  milestoneId?: string | undefined
  draft: Draft
}

async function insertDraft(
  ctx: TenantCtx,
  { id = newId(ctx.now), portalId, milestoneId = undefined, draft }: NewDraft,
): Answer {
  const columns = columnsOf(draft)
  if (!columns.ok) return columns
  const organizationId = ctx.organization.id
  const written = await commit(ctx, [
    mustHold(portalTakes(ctx, portalId, draft.currency)),
    ...(milestoneId === undefined ? [] : billMilestone(ctx, { portalId, milestoneId }, id)),
    ctx.db.insert(invoice).values({
      id,
      organizationId,
      portalId,
      milestoneId: milestoneId ?? null,
      createdAt: ctx.now,
      ...columns.value,
    }),
  ])
  const made = await again(ctx, { portal: portalId, invoice: id })
  // The first of two clicks made it, and billed its milestone.
  if (written.ok || made.ok) return made
  // The id is another's, perhaps of another tenant.
  if (written.failure === 'taken') return conflict('changed-meanwhile')
  return fail(await portalRefusal(ctx, portalId, draft.currency))
}

const isDraft = (version: number): SQL =>
  sql`${invoice.status} = 'draft' and ${invoice.version} = ${version}`

/** Changes what is given, in the currency that the portal has by now. */
export async function changeDraft(ctx: TenantCtx, path: InvoicePath, input: ChangeInvoice): Answer {
  const found = await allowed(ctx, 'invoice.draft', path)
  if (!found.ok) return found
  const was = found.value
  const { version, ...given } = input
  if (was.status !== 'draft') return conflict('invoice-issued')
  if (version !== undefined && version !== was.version) return conflict('changed-meanwhile')
  const home = await homeOf(ctx, path.portal)
  if (!home) return fail({ kind: 'missing' })
  const { currency } = home
  const columns = columnsOf(merged({ ...was, currency }, given))
  if (!columns.ok) return columns
  const written = await commit(ctx, [
    ctx.db
      .update(invoice)
      .set({ ...columns.value, version: was.version + 1 })
      .where(
        and(
          at(ctx.organization.id, path),
          isDraft(was.version),
          portalTakes(ctx, path.portal, currency),
        ),
      ),
    mustChange,
  ])
  return written.ok ? again(ctx, path) : fail(await refusal(ctx, path, currency))
}

/** Why a draft could not be changed or issued as it was read. */
export async function refusal(
  ctx: TenantCtx,
  path: InvoicePath,
  currency: string,
): Promise<Failure> {
  const now = await again(ctx, path)
  if (!now.ok) return now.failure
  if (now.value.status !== 'draft') return { kind: 'conflict', reason: 'invoice-issued' }
  return portalRefusal(ctx, path.portal, currency)
}

const DELETED = 'invoice.draft-deleted'

/** Of an archived portal as well: nothing that anybody was billed goes with it. */
export async function deleteDraft(ctx: TenantCtx, path: InvoicePath): Answer<void> {
  const found = await allowed(ctx, 'invoice.draft', path)
  if (!found.ok) return found
  const { id, portalId, total, currency } = found.value
  const written = await commit(ctx, [
    ctx.db.delete(invoice).where(and(at(ctx.organization.id, path), eq(invoice.status, 'draft'))),
    mustChange,
    freeMilestone(ctx, found.value),
    record(ctx, {
      kind: DELETED,
      portalId,
      data: { invoice: id, amount: formatMoney(total, currency, ctx.organization.locale) },
    }),
  ])
  if (written.ok) return ok(undefined)
  const now = await again(ctx, path)
  return now.ok ? conflict('invoice-issued') : now
}

/** Whether what is missing was a draft until lately: the second of two clicks finds what it wanted. */
export const wasDeleted = (ctx: TenantCtx, path: InvoicePath): Promise<boolean> =>
  happenedLately(ctx, { kind: DELETED, portalId: path.portal, of: ['invoice', path.invoice] })
