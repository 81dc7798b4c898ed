import { and, eq, sql } from 'drizzle-orm'
import type { TenantCtx } from '../../ctx.ts'
import { commit, mustChange, raw, type Statement } from '../../db/batch.ts'
import { milestone, milestoneTemplate, type TemplateItem } from '../../db/schema/milestones.ts'
import { portal } from '../../db/schema/portals.ts'
import { addDays, dayOf, daysBetween } from '../../lib/day.ts'
import type { Failure } from '../../lib/failure.ts'
import { newId } from '../../lib/id.ts'
import { fail, ok, type Result } from '../../lib/result.ts'
import { record } from '../activity/record.ts'
import { authorise } from '../organizations/rules.ts'
import { portalIsOpen, whyNot } from '../portals/guards.ts'
import type { SaveTemplate } from './input.ts'
import { refreshPlan } from './plan.ts'
import { planOf, templateById, type TemplateRow } from './queries.ts'

/**
 * Keeps a portal's plan, without its progress, to start others from; due days become days from the
 * portal's first. The template is the organisation's, and so is the entry: the portal, which may be
 * archived, stays as it was.
 */
export async function saveTemplate(
  ctx: TenantCtx,
  input: SaveTemplate & { portal: string },
): Promise<Result<TemplateRow, Failure>> {
  if (!authorise(ctx.actor, 'milestone.create')) return fail({ kind: 'forbidden' })
  const organizationId = ctx.organization.id
  const [[home], plan] = await ctx.db.batch([
    ctx.db
      .select({ project: portal.project, createdAt: portal.createdAt })
      .from(portal)
      .where(and(eq(portal.id, input.portal), eq(portal.organizationId, organizationId))),
    planOf(ctx.db, organizationId, input.portal),
  ])
  if (!home) return fail({ kind: 'missing' })
  if (plan.length === 0) return fail({ kind: 'conflict', reason: 'plan-empty' })
  const firstDay = dayOf(home.createdAt, ctx.organization.timeZone)
  const items: TemplateItem[] = plan.map(({ title, description, weight, dueOn }) => ({
    title,
    description,
    weight,
    dueAfter: dueOn === null ? null : Math.max(0, daysBetween(firstDay, dueOn)),
  }))
  const id = input.id ?? newId(ctx.now)
  await commit(ctx, [
    ctx.db
      .insert(milestoneTemplate)
      .values({ id, organizationId, name: input.name, items, createdAt: ctx.now }),
    record(ctx, { kind: 'template.saved', data: { name: input.name, project: home.project } }),
  ])
  // Taken: the first of two clicks saved it; or the id is somebody else's.
  const saved = await templateById(ctx.db, organizationId, id)
  return saved?.name === input.name
    ? ok(saved)
    : fail({ kind: 'conflict', reason: 'changed-meanwhile' })
}

export async function deleteTemplate(
  ctx: TenantCtx,
  input: { template: string },
): Promise<Result<void, Failure>> {
  if (!authorise(ctx.actor, 'milestone.delete')) return fail({ kind: 'forbidden' })
  const found = await templateById(ctx.db, ctx.organization.id, input.template)
  if (!found) return fail({ kind: 'missing' })
  await commit(ctx, [
    ctx.db
      .delete(milestoneTemplate)
      .where(
        and(
          eq(milestoneTemplate.id, found.id),
          eq(milestoneTemplate.organizationId, ctx.organization.id),
        ),
      ),
    mustChange,
    record(ctx, { kind: 'template.deleted', data: { name: found.name } }),
  ])
  return ok(undefined)
}

/** Puts a template's milestones into a portal whose plan is still empty, counted from a first day. */
export async function applyTemplate(
  ctx: TenantCtx,
  input: { portal: string; template: string; firstDay: string },
): Promise<Result<void, Failure>> {
  if (!authorise(ctx.actor, 'milestone.create')) return fail({ kind: 'forbidden' })
  const template = await templateById(ctx.db, ctx.organization.id, input.template)
  if (!template) return fail({ kind: 'missing' })
  const { portal: portalId, firstDay } = input
  const written = await commit(ctx, planFromTemplate(ctx, { portalId, template, firstDay }))
  if (written.ok) return ok(undefined)
  const why = await whyNot(ctx, portalId)
  const begun = why.kind === 'conflict' && why.reason === 'changed-meanwhile'
  return fail(begun ? { kind: 'conflict', reason: 'plan-begun' } : why)
}

/** The statements that fill a portal's empty plan; nothing is written where it has begun, or is archived. */
export const planFromTemplate = (
  ctx: TenantCtx,
  { portalId, template, firstDay }: { portalId: string; template: TemplateRow; firstDay: string },
): Statement[] => [
  fromTemplate(ctx, portalId, template.items, firstDay),
  mustChange,
  refreshPlan(portalId),
  record(ctx, { kind: 'template.used', portalId, data: { name: template.name } }),
]

function fromTemplate(
  ctx: TenantCtx,
  portalId: string,
  items: readonly TemplateItem[],
  firstDay: string,
): Statement {
  const rows = items.map(({ dueAfter, ...item }, position) => ({
    ...item,
    id: newId(ctx.now),
    position,
    dueOn: dueAfter === null ? null : addDays(firstDay, dueAfter),
  }))
  return raw(sql`
    insert into ${milestone} (id, organization_id, portal_id, title, description, due_on, weight, position, created_at)
    select value ->> 'id', ${ctx.organization.id}, ${portalId}, value ->> 'title', value ->> 'description',
      value ->> 'dueOn', value ->> 'weight', value ->> 'position', ${ctx.now}
    from json_each(${JSON.stringify(rows)})
    where ${portalIsOpen(portalId, ctx.organization.id)}
    and not exists (select 1 from ${milestone} where portal_id = ${portalId})`)
}
