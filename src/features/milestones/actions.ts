import { and, eq, sql } from 'drizzle-orm'
import type { TenantCtx } from '../../ctx.ts'
import { commit, mustChange, raw, type Statement } from '../../db/batch.ts'
import { invoice } from '../../db/schema/invoices.ts'
import { milestone } from '../../db/schema/milestones.ts'
import type { Failure } from '../../lib/failure.ts'
import { newId } from '../../lib/id.ts'
import { fail, ok, type Result } from '../../lib/result.ts'
import { record } from '../activity/record.ts'
import { authorise, type Permission } from '../organizations/rules.ts'
import { portalIsOpen, whyNot } from '../portals/guards.ts'
import type { ChangeMilestone, CreateMilestone } from './input.ts'
import { recordMove } from './moves.ts'
import { closeRanks, placeAt, refreshPlan } from './plan.ts'
import { priceAfter, priceFailure } from './price.ts'
import { at, milestoneById, planOf, type MilestoneItem, type MilestonePath } from './queries.ts'
import { moved, MOST_MILESTONES } from './rules.ts'

type Answer<T = MilestoneItem> = Promise<Result<T, Failure>>

/** The milestone, if the actor may do this to it: everything a foreign or missing one says is 'missing'. */
export async function allowed(ctx: TenantCtx, permission: Permission, path: MilestonePath): Answer {
  if (!authorise(ctx.actor, permission)) return fail({ kind: 'forbidden' })
  const found = await milestoneById(ctx.db, ctx.organization.id, path)
  return found ? ok(found) : fail({ kind: 'missing' })
}

/** A milestone at the end of the plan. The same id again makes no second one. */
export async function createMilestone(
  ctx: TenantCtx,
  input: CreateMilestone & { portal: string },
): Answer {
  if (!authorise(ctx.actor, 'milestone.create')) return fail({ kind: 'forbidden' })
  const { portal: portalId, title, amount = null, percent = null } = input
  const wrong = await priceFailure(ctx, portalId, amount)
  if (wrong) return fail(wrong)
  const id = input.id ?? newId(ctx.now)
  const organizationId = ctx.organization.id
  const places = sql`(select count(*) from ${milestone} where portal_id = ${portalId})`
  const written = await commit(ctx, [
    raw(sql`
      insert into ${milestone} (id, organization_id, portal_id, title, description, due_on, weight, position, progress, amount, percent, created_at)
      select ${id}, ${organizationId}, ${portalId}, ${title}, ${input.description}, ${input.dueOn},
        ${input.weight}, (select coalesce(max(position), -1) + 1 from ${milestone} where portal_id = ${portalId}),
        ${input.progress}, ${amount}, ${percent}, ${ctx.now}
      where ${portalIsOpen(portalId, organizationId)} and ${places} < ${MOST_MILESTONES}`),
    mustChange,
    refreshPlan(portalId),
    record(ctx, { kind: 'milestone.added', portalId, data: { milestone: id, title } }),
  ])
  const made = await milestoneById(ctx.db, organizationId, { portal: portalId, milestone: id })
  if (written.ok) return made ? ok(made) : fail({ kind: 'missing' })
  // Taken: the first of two clicks made it.
  if (written.failure === 'taken') {
    return made && made.title === title
      ? ok(made)
      : fail({ kind: 'conflict', reason: 'changed-meanwhile' })
  }
  const why = await whyNot(ctx, portalId)
  const full = why.kind === 'conflict' && why.reason === 'changed-meanwhile'
  return fail(full ? { kind: 'conflict', reason: 'plan-full' } : why)
}

/** Changes what is given, if it was made on the version that is there. */
export async function changeMilestone(
  ctx: TenantCtx,
  path: MilestonePath,
  input: ChangeMilestone,
): Answer {
  const found = await allowed(ctx, 'milestone.change', path)
  if (!found.ok) return found
  const was = found.value
  const { version, position, reopen, ...given } = input
  if (version !== was.version) return fail({ kind: 'conflict', reason: 'changed-meanwhile' })
  const { title = was.title, description = was.description, dueOn = was.dueOn } = given
  const { weight = was.weight, progress = was.progress } = given
  const price = priceAfter(was, given)
  const wrong = await priceFailure(ctx, was.portalId, given.amount)
  if (wrong) return fail(wrong)
  const moves = progress !== was.progress
  const takesBack = moves && was.approval === 'approved'
  if (takesBack && !reopen) return fail({ kind: 'conflict', reason: 'approval-stands' })

  const approval = takesBack
    ? { approval: null, approvalBy: null, approvalAt: null, approvalNote: null }
    : {}
  const facts = { milestone: was.id, title }
  const words = title !== was.title || description !== was.description
  const priced = price.amount !== was.amount || price.percent !== was.percent
  const terms = dueOn !== was.dueOn || weight !== was.weight || priced
  const order = position !== undefined && (await isElsewhere(ctx, was, position))
  if (!moves && !words && !terms && !order) return found
  const written = await commit(ctx, [
    ctx.db
      .update(milestone)
      .set({
        title,
        description,
        dueOn,
        weight,
        progress,
        ...price,
        ...approval,
        version: version + 1,
      })
      .where(
        and(
          at(ctx.organization.id, path),
          eq(milestone.version, version),
          portalIsOpen(was.portalId, ctx.organization.id),
        ),
      ),
    mustChange,
    ...(order ? [placeAt(was.portalId, was.id, position)] : []),
    refreshPlan(was.portalId),
    ...(takesBack
      ? [record(ctx, { kind: 'milestone.reopened', portalId: was.portalId, data: facts })]
      : []),
    ...(moves ? recordMove(ctx, was, { title, progress }) : []),
    ...(words || terms || order ? [changedRecord(ctx, was, facts)] : []),
  ])
  const now = await milestoneById(ctx.db, ctx.organization.id, path)
  if (!now) return fail({ kind: 'missing' })
  return written.ok ? ok(now) : fail(await whyNot(ctx, was.portalId))
}

const changedRecord = (
  ctx: TenantCtx,
  was: MilestoneItem,
  data: Record<string, string>,
): Statement => record(ctx, { kind: 'milestone.changed', portalId: was.portalId, data })

/** Whether the milestone does not stand in this place already. */
async function isElsewhere(ctx: TenantCtx, was: MilestoneItem, position: number): Promise<boolean> {
  const plan = await planOf(ctx.db, ctx.organization.id, was.portalId)
  const ids = plan.map(({ id }) => id)
  return moved(ids, was.id, position).some((id, index) => id !== ids[index])
}

export async function deleteMilestone(ctx: TenantCtx, path: MilestonePath): Answer<void> {
  const found = await allowed(ctx, 'milestone.delete', path)
  if (!found.ok) return found
  const { id, portalId, title } = found.value
  const written = await commit(ctx, [
    ctx.db
      .delete(milestone)
      .where(and(at(ctx.organization.id, path), portalIsOpen(portalId, ctx.organization.id))),
    mustChange,
    ctx.db
      .update(invoice)
      .set({ milestoneId: null })
      .where(and(eq(invoice.portalId, portalId), eq(invoice.milestoneId, id))),
    closeRanks(portalId),
    refreshPlan(portalId),
    record(ctx, { kind: 'milestone.deleted', portalId, data: { milestone: id, title } }),
  ])
  if (written.ok) return ok(undefined)
  const why = await whyNot(ctx, portalId)
  return fail(
    why.kind === 'conflict' && why.reason === 'changed-meanwhile' ? { kind: 'missing' } : why,
  )
}
