import { and, eq, sql, type SQL } from 'drizzle-orm'
import type { TenantCtx } from '../../ctx.ts'
import { commit, mustChange, raw, type Statement } from '../../db/batch.ts'
import { message, reading, type AuthorKind } from '../../db/schema/messages.ts'
import { portal } from '../../db/schema/portals.ts'
import type { Failure } from '../../lib/failure.ts'
import { fail, ok, type Result } from '../../lib/result.ts'
import { authorise } from '../organizations/rules.ts'
import { countForContact, countForTeam } from './counts.ts'

export interface Reader {
  kind: AuthorKind
  id: string
  name: string
}

const here = (ctx: TenantCtx, portalId: string): SQL =>
  sql`${portal.id} = ${portalId} and ${portal.organizationId} = ${ctx.organization.id}`

const whereOf = (portalId: string, { kind, id }: Reader): SQL =>
  sql`portal_id = ${portalId} and reader_kind = ${kind} and reader_id = ${id}`

/** Up to which place somebody looked: the version that their page was drawn from, or all there is. */
const within = (upTo: number | undefined): SQL =>
  upTo === undefined ? sql`true` : sql`seq <= ${upTo}`

/** Whether the thread has words that this reader has not seen: a mark that says nothing new is not written. */
const hasNews = (portalId: string, reader: Reader, upTo?: number): SQL => sql`exists (
  select 1 from ${message} where portal_id = ${portalId} and archived_at is null and ${within(upTo)}
  and seq > coalesce((select seq from ${reading} where ${whereOf(portalId, reader)}), 0))`

/** The statement that notes how far somebody has read. A mark never goes back. */
export function markRead(
  ctx: TenantCtx,
  portalId: string,
  reader: Reader,
  { upTo, when = sql`true` }: { upTo?: number | undefined; when?: SQL } = {},
): Statement {
  const seq = upTo === undefined ? sql`thread` : sql`min(thread, ${upTo})`
  return raw(sql`
    insert into ${reading} (organization_id, portal_id, reader_kind, reader_id, reader_name, seq, at)
    select organization_id, id, ${reader.kind}, ${reader.id}, ${reader.name}, ${seq}, ${ctx.now}
    from ${portal} where ${here(ctx, portalId)} and ${when}
    on conflict (portal_id, reader_kind, reader_id) do update
    set seq = max(reading.seq, excluded.seq), at = excluded.at, reader_name = excluded.reader_name`)
}

const stepThread = (ctx: TenantCtx, portalId: string, when: SQL): Statement =>
  ctx.db
    .update(portal)
    .set({ thread: sql`${portal.thread} + 1` })
    .where(and(here(ctx, portalId), when))

interface Client {
  portalId: string
  contactId: string
  contactName: string
}

/**
 * The statements for a contact who looks at the thread, up to what their page showed; they write
 * nothing where it holds no news.
 */
export function readByClient(ctx: TenantCtx, client: Client, upTo?: number): Statement[] {
  const { portalId, contactId } = client
  const reader = { kind: 'contact', id: contactId, name: client.contactName } as const
  const when = hasNews(portalId, reader, upTo)
  return [
    stepThread(ctx, portalId, when),
    markRead(ctx, portalId, reader, { upTo, when }),
    countForContact(ctx, portalId, contactId),
  ]
}

/** The person of the team whose look it is; a key that a program brings reads for the team too. */
function readerOf({ actor }: TenantCtx): Reader | undefined {
  if (actor.kind === 'member') return { kind: 'member', id: actor.userId, name: actor.name }
  return actor.kind === 'apiKey' ? { kind: 'member', id: actor.id, name: actor.name } : undefined
}

/**
 * The team has read a thread, up to what a page showed: who looked is named, and what they have seen
 * is unread to nobody of the team.
 */
export async function markThreadRead(
  ctx: TenantCtx,
  input: { portal: string; upTo?: number | undefined },
): Promise<Result<void, Failure>> {
  const { portal: portalId, upTo } = input
  const reader = readerOf(ctx)
  if (!reader || !authorise(ctx.actor, 'message.send')) return fail({ kind: 'forbidden' })
  const written = await commit(ctx, [
    stepThread(ctx, portalId, hasNews(portalId, reader, upTo)),
    mustChange,
    markRead(ctx, portalId, reader, { upTo }),
    countForTeam(ctx, portalId),
  ])
  if (written.ok) return ok(undefined)
  const [there] = await ctx.db
    .select({ id: portal.id })
    .from(portal)
    .where(and(eq(portal.id, portalId), eq(portal.organizationId, ctx.organization.id)))
  return there ? ok(undefined) : fail({ kind: 'missing' })
}
