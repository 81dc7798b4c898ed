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
  insertFrom(row, sql`${JSON.stringify(row.data)}`, sql`where ${holds}`)

/** The same where only SQLite knows all of `data`, from rows that the batch itself has written. */
export const insertFrom = (row: ActivityRow, data: SQL, from: SQL): Statement =>
  raw(sql`
    insert into ${activity} (id, organization_id, portal_id, actor_kind, actor_id, actor_name, kind, topic, data, client, at)
    select ${row.id}, ${row.organizationId}, ${row.portalId}, ${row.actorKind}, ${row.actorId}, ${row.actorName},
      ${row.kind}, ${row.topic}, ${data}, ${row.client}, ${row.at}
    ${from}`)

/** Whoever did something, as a row names them. */
export interface Doer {
  kind: Actor['kind']
  id: string | null
  name: string
}

export const doerOf = (actor: Actor): Doer => ({
  kind: actor.kind,
  id: 'id' in actor ? actor.id : null,
  name: actorName(actor),
})

interface Place {
  now: number
  organization: { id: string }
}

export const activityRow = (ctx: TenantCtx, happening: Happening) =>
  rowOf(ctx, happening, doerOf(ctx.actor))

/** For what is written on somebody's behalf, after they did it. */
export function rowOf(ctx: Place, happening: Happening, doer: Doer) {
  return {
    id: newId(ctx.now),
    organizationId: ctx.organization.id,
    portalId: happening.portalId ?? null,
    actorKind: doer.kind,
    actorId: doer.id,
    actorName: doer.name,
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
    case 'invoiceHolder':
    case 'person':
      return actor.name
    case 'stranger':
      return 'Somebody'
    case 'sendgrid':
      return 'SendGrid'
    case 'stripe':
      return 'Stripe'
    case 'cron':
      return 'AdminStack'
  }
}
