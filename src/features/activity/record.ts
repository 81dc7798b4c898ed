import { activity } from '../../db/schema/activity.ts'
import type { Statement } from '../../db/batch.ts'
import type { Actor, TenantCtx } from '../../ctx.ts'
import { newId } from '../../lib/id.ts'
import { isForClients } from './rules.ts'

export type ActivityKind =
  | 'organization.created'
  | 'organization.changed'
  | 'portal.created'
  | 'portal.changed'
  | 'portal.archived'
  | 'portal.restored'
  | 'portal.deleted'
  | 'portal.duplicated'
  | 'link.created'
  | 'link.changed'
  | 'link.paused'
  | 'link.resumed'
  | 'link.replaced'
  | 'link.revealed'
  | 'link.sent'
  | 'link.deleted'
  | 'link.requested'
  | 'link.opened'
  | 'email.retried'
  | 'milestone.added'
  | 'milestone.changed'
  | 'milestone.moved'
  | 'milestone.reopened'
  | 'milestone.deleted'
  | 'approval.requested'
  | 'approval.given'
  | 'approval.changes-asked'
  | 'template.saved'
  | 'template.used'
  | 'template.deleted'
  | 'message.sent'
  | 'message.archived'
  | 'message.restored'
  | 'news.stopped'
  | 'news.resumed'
  | 'key.created'
  | 'key.revoked'
  | 'invitation.sent'
  | 'invitation.revoked'
  | 'member.invited'
  | 'member.joined'
  | 'member.role-changed'
  | 'member.removed'
  | 'member.left'
  | 'ownership.transferred'

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
