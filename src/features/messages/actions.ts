import { and, eq, isNotNull, isNull, lte, sql, type SQL } from 'drizzle-orm'
import type { TenantCtx } from '../../ctx.ts'
import { commit, mustChange, raw } from '../../db/batch.ts'
import { contact } from '../../db/schema/links.ts'
import { message } from '../../db/schema/messages.ts'
import { portal } from '../../db/schema/portals.ts'
import type { Failure } from '../../lib/failure.ts'
import { newId } from '../../lib/id.ts'
import { fail, ok, type Result } from '../../lib/result.ts'
import { record } from '../activity/record.ts'
import { mayOpen } from '../links/rules.ts'
import { tellNews } from '../news/tell.ts'
import { authorise } from '../organizations/rules.ts'
import { countForContacts, countForTeam } from './counts.ts'
import type { SendMessage } from './input.ts'
import { messageById, type MessageItem } from './queries.ts'
import { markRead, type Reader } from './reading.ts'
import { WRITING_LIMIT } from './rules.ts'

interface Author extends Reader {
  linkId: string | null
}

/** Undefined for whoever this thread is hidden from. */
function authorIn(ctx: TenantCtx, portalId: string): Author | 'forbidden' | undefined {
  const { actor } = ctx
  if (actor.kind === 'contact') {
    const inside = actor.portalId === portalId && mayOpen(actor.scope, 'messages')
    return inside
      ? { kind: 'contact', id: actor.id, name: actor.name, linkId: actor.linkId }
      : undefined
  }
  if (!authorise(ctx.actor, 'message.send')) return 'forbidden'
  if (actor.kind === 'member') {
    return { kind: 'member', id: actor.userId, name: actor.name, linkId: null }
  }
  return actor.kind === 'apiKey'
    ? { kind: 'member', id: actor.id, name: actor.name, linkId: null }
    : 'forbidden'
}

const openPortal = (ctx: TenantCtx, portalId: string): SQL =>
  sql`id = ${portalId} and organization_id = ${ctx.organization.id}`

/**
 * Adds a message to a portal's thread. Whoever writes has read; the other side has one more unread,
 * and is mailed unless it looks within the next minutes. The same id again makes no second message.
 */
export async function sendMessage(
  ctx: TenantCtx,
  input: SendMessage & { portal: string },
): Promise<Result<MessageItem, Failure>> {
  const { portal: portalId, body } = input
  const author = authorIn(ctx, portalId)
  if (author === undefined) return fail({ kind: 'missing' })
  if (author === 'forbidden') return fail({ kind: 'forbidden' })
  const id = input.id ?? newId(ctx.now)
  const organizationId = ctx.organization.id
  const byTeam = author.kind === 'member'
  const written = await commit(ctx, [
    raw(sql`
      insert into ${message} (id, organization_id, portal_id, author_kind, author_id, author_name, link_id, body, seq, created_at)
      select ${id}, organization_id, id, ${author.kind}, ${author.id}, ${author.name}, ${author.linkId}, ${body}, thread + 1, ${ctx.now}
      from ${portal} where ${openPortal(ctx, portalId)} and archived_at is null and ${withinLimit(ctx, author.linkId)}`),
    mustChange,
    ctx.db
      .update(portal)
      .set({
        lastMessageAt: sql`max(coalesce(${portal.lastMessageAt}, 0), ${ctx.now})`,
        thread: sql`${portal.thread} + 1`,
        unread: byTeam ? 0 : sql`${portal.unread} + 1`,
      })
      .where(openPortal(ctx, portalId)),
    ctx.db
      .update(contact)
      .set({
        unread: sql`case when ${contact.id} = ${author.id} then 0 else ${contact.unread} + 1 end`,
      })
      .where(
        and(
          eq(contact.portalId, portalId),
          eq(contact.organizationId, organizationId),
          lte(contact.createdAt, ctx.now),
        ),
      ),
    markRead(ctx, portalId, author),
    record(ctx, { kind: 'message.sent', portalId }),
    tellNews(ctx, { organizationId, portalId }, byTeam ? 'clients' : 'team'),
  ])
  const sent = await messageById(ctx.db, organizationId, { portal: portalId, message: id })
  // Taken: the first of two clicks sent it.
  if (sent && sent.authorId === author.id && sent.body === body) return ok(sent)
  if (!written.ok && written.failure === 'taken') {
    return fail({ kind: 'conflict', reason: 'changed-meanwhile' })
  }
  return fail(await refusal(ctx, portalId, author.linkId))
}

/** True while the link has written fewer than it may in an hour; the team has no such limit. */
function withinLimit(ctx: TenantCtx, linkId: string | null): SQL {
  if (linkId === null) return sql`true`
  return sql`(
    select count(*) from (
      select 1 from ${message} where link_id = ${linkId} and created_at > ${ctx.now - WRITING_LIMIT.window}
      limit ${WRITING_LIMIT.most})) < ${WRITING_LIMIT.most}`
}

async function refusal(ctx: TenantCtx, portalId: string, linkId: string | null): Promise<Failure> {
  const [[found], [oldest]] = await ctx.db.batch([
    ctx.db.select({ archivedAt: portal.archivedAt }).from(portal).where(openPortal(ctx, portalId)),
    ctx.db
      .select({ at: message.createdAt })
      .from(message)
      .where(
        and(
          eq(message.linkId, linkId ?? ''),
          sql`${message.createdAt} > ${ctx.now - WRITING_LIMIT.window}`,
        ),
      )
      .orderBy(message.createdAt)
      .limit(1),
  ])
  if (!found) return { kind: 'missing' }
  if (found.archivedAt !== null) return { kind: 'conflict', reason: 'portal-archived' }
  const free = (oldest?.at ?? ctx.now) + WRITING_LIMIT.window
  return { kind: 'limited', retryAfter: Math.max(1, Math.ceil((free - ctx.now) / 1000)) }
}

/** Puts a message away: clients no longer see it. Doing it twice changes nothing more. */
export const archiveMessage = (ctx: TenantCtx, path: { portal: string; message: string }) =>
  putAway(ctx, path, true)

export const restoreMessage = (ctx: TenantCtx, path: { portal: string; message: string }) =>
  putAway(ctx, path, false)

async function putAway(
  ctx: TenantCtx,
  path: { portal: string; message: string },
  away: boolean,
): Promise<Result<MessageItem, Failure>> {
  if (!authorise(ctx.actor, 'message.archive')) return fail({ kind: 'forbidden' })
  const found = await messageById(ctx.db, ctx.organization.id, path)
  if (!found) return fail({ kind: 'missing' })
  await commit(ctx, [
    ctx.db
      .update(message)
      .set({ archivedAt: away ? ctx.now : null })
      .where(
        and(
          eq(message.id, found.id),
          eq(message.organizationId, ctx.organization.id),
          away ? isNull(message.archivedAt) : isNotNull(message.archivedAt),
        ),
      ),
    mustChange,
    ctx.db
      .update(portal)
      .set({ thread: sql`${portal.thread} + 1` })
      .where(openPortal(ctx, path.portal)),
    countForTeam(ctx, path.portal),
    countForContacts(ctx, path.portal),
    record(ctx, {
      kind: away ? 'message.archived' : 'message.restored',
      portalId: path.portal,
      data: { author: found.authorName },
    }),
  ])
  const now = await messageById(ctx.db, ctx.organization.id, path)
  return now ? ok(now) : fail({ kind: 'missing' })
}
