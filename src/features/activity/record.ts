import { sql, type SQL } from 'drizzle-orm'
import { activity } from '../../db/schema/activity.ts'
import { raw, type Statement } from '../../db/batch.ts'
import type { Actor, TenantCtx } from '../../ctx.ts'
import { newId } from '../../lib/id.ts'
import type { ActivityKind } from './kinds.ts'
import { isForClients } from './rules.ts'
import { topicOf } from './topics.ts'

export interface Happening {
  kind: ActivityKind
  portalId?: string
  /** Names as they were; never a secret. */
  data?: Record<string, string>
}

/** The statement that keeps who did what; it belongs into the batch of the change itself. */
export function record(ctx: TenantCtx, happening: Happening): Statement {
  return ctx.db.insert(activity).values(activityRow(ctx, happening))
}

/** The same for a change that happens only where something holds, judged by SQLite inside the batch. */
export const recordWhen = (ctx: TenantCtx, happening: Happening, holds: SQL): Statement =>
  insertWhen(activityRow(ctx, happening), holds)

export type ActivityRow = ReturnType<typeof activityRow>

export const insertWhen = (row: ActivityRow, holds: SQL): Statement =>
  raw(sql`
    insert into ${activity} (id, organization_id, portal_id, actor_kind, actor_id, actor_name, kind, topic, data, client, at)
    select ${row.id}, ${row.organizationId}, ${row.portalId}, ${row.actorKind}, ${row.actorId}, ${row.actorName},
      ${row.kind}, ${row.topic}, ${JSON.stringify(row.data)}, ${row.client}, ${row.at}
    where ${holds}`)

export function activityRow(ctx: TenantCtx, happening: Happening) {
  const { actor } = ctx
  return {
    id: newId(ctx.now),
    organizationId: ctx.organization.id,
    portalId: happening.portalId ?? null,
    actorKind: actor.kind,
    actorId: 'id' in actor ? actor.id : null,
    actorName: actorName(actor),
    kind: happening.kind,
    topic: topicOf(happening.kind),
    data: happening.data ?? {},
    client: isForClients(happening.kind),
    at: ctx.now,
  }
}

export function actorName(actor: Actor): string {
  switch (actor.kind) {
    case 'member':
    case 'apiKey':
    case 'contact':
    case 'person':
      return actor.name
    case 'stranger':
      return 'Somebody'
    case 'sendgrid':
      return 'SendGrid'
    case 'cron':
      return 'AdminStack'
  }
}
