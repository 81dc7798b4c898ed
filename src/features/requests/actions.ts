import { and, isNotNull, isNull, or, sql } from 'drizzle-orm'
import type { TenantCtx } from '../../ctx.ts'
import { commit, mustChange, raw } from '../../db/batch.ts'
import { fileRequest } from '../../db/schema/files.ts'
import type { Failure } from '../../lib/failure.ts'
import { newId } from '../../lib/id.ts'
import { fail, ok, type Result } from '../../lib/result.ts'
import { actorName, record } from '../activity/record.ts'
import { tellNews } from '../news/tell.ts'
import { authorise, type Permission } from '../organizations/rules.ts'
import { portalIsOpen, whyNot } from '../portals/guards.ts'
import type { OpenRequest } from './input.ts'
import { at, requestById, type RequestItem, type RequestPath } from './queries.ts'
import { firstNudge, requestState, type RequestState } from './rules.ts'

type Answer = Promise<Result<RequestItem, Failure>>

/** The name that the client reads: a program asks in the name of the organisation. */
const asker = (ctx: TenantCtx): string =>
  ctx.actor.kind === 'apiKey' ? ctx.organization.name : actorName(ctx.actor)

/** Asks the client for a file. The same id again makes no second request. */
export async function openRequest(ctx: TenantCtx, input: OpenRequest & { portal: string }): Answer {
  if (!authorise(ctx.actor, 'request.open')) return fail({ kind: 'forbidden' })
  const { portal: portalId, title, note, dueOn } = input
  const id = input.id ?? newId(ctx.now)
  const organizationId = ctx.organization.id
  const { nudgeAt, nudges } = firstNudge(ctx.now)
  const written = await commit(ctx, [
    raw(sql`
      insert into ${fileRequest} (id, organization_id, portal_id, title, note, due_on, asked_by, created_at, nudge_at, nudges)
      select ${id}, ${organizationId}, ${portalId}, ${title}, ${note}, ${dueOn}, ${asker(ctx)}, ${ctx.now}, ${nudgeAt}, ${nudges}
      where ${portalIsOpen(portalId, organizationId)}`),
    mustChange,
    record(ctx, { kind: 'request.opened', portalId, data: { request: id, title } }),
    tellNews(ctx, { organizationId, portalId }, 'clients'),
  ])
  const made = await requestById(ctx.db, organizationId, { portal: portalId, request: id })
  if (written.ok) return made ? ok(made) : fail({ kind: 'missing' })
  if (written.failure === 'stale') return fail(await whyNot(ctx, portalId))
  // Taken: the first of two clicks made it.
  return made && made.title === title && made.note === note
    ? ok(made)
    : fail({ kind: 'conflict', reason: 'changed-meanwhile' })
}

interface Step {
  permission: Permission
  from: readonly RequestState[]
  to: Partial<typeof fileRequest.$inferInsert>
  kind: 'request.closed' | 'request.reopened'
}

const isOpen = and(isNull(fileRequest.fulfilledAt), isNull(fileRequest.closedAt))
const isOver = or(isNotNull(fileRequest.fulfilledAt), isNotNull(fileRequest.closedAt))

/** The team needs it no longer. One that is answered or closed already stays as it is. */
export const closeRequest = (ctx: TenantCtx, path: RequestPath): Answer =>
  step(ctx, path, {
    permission: 'request.close',
    from: ['open'],
    to: { closedAt: ctx.now, nudgeAt: null },
    kind: 'request.closed',
  })

/** Asks again for what was answered or closed, as if it were asked for the first time. */
export const reopenRequest = (ctx: TenantCtx, path: RequestPath): Answer =>
  step(ctx, path, {
    permission: 'request.open',
    from: ['fulfilled', 'closed'],
    to: {
      askedBy: asker(ctx),
      fulfilledAt: null,
      fulfilledBy: null,
      closedAt: null,
      ...firstNudge(ctx.now),
    },
    kind: 'request.reopened',
  })

async function step(
  ctx: TenantCtx,
  path: RequestPath,
  { permission, from, to, kind }: Step,
): Answer {
  if (!authorise(ctx.actor, permission)) return fail({ kind: 'forbidden' })
  const organizationId = ctx.organization.id
  const found = await requestById(ctx.db, organizationId, path)
  if (!found) return fail({ kind: 'missing' })
  const { id, portalId, title } = found
  const written = await commit(ctx, [
    ctx.db
      .update(fileRequest)
      .set(to)
      .where(
        and(
          at(organizationId, path),
          from.includes('open') ? isOpen : isOver,
          portalIsOpen(portalId, organizationId),
        ),
      ),
    mustChange,
    record(ctx, { kind, portalId, data: { request: id, title } }),
    ...(kind === 'request.reopened'
      ? [tellNews(ctx, { organizationId, portalId }, 'clients')]
      : []),
  ])
  const now = await requestById(ctx.db, organizationId, path)
  if (!now) return fail({ kind: 'missing' })
  // The second of two clicks, or somebody else, was faster: it is as it was to be.
  if (written.ok || !from.includes(requestState(now))) return ok(now)
  return fail(await whyNot(ctx, portalId))
}
