import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { TenantCtx } from '../../ctx.ts'
import { commit, mustChange, type Statement } from '../../db/batch.ts'
import { email } from '../../db/schema/emails.ts'
import { contact, link, linkToken } from '../../db/schema/links.ts'
import type { Failure } from '../../lib/failure.ts'
import { fail, ok, type Result } from '../../lib/result.ts'
import { paths } from '../../paths.ts'
import type { ActivityKind } from '../activity/kinds.ts'
import { record } from '../activity/record.ts'
import { enqueueEmail } from '../emails/enqueue.ts'
import { endInvoiceTokens } from '../invoices/token.ts'
import { authorise, type Permission } from '../organizations/rules.ts'
import { portalById } from '../portals/queries.ts'
import type { ChangeLink, CreateLink, ReplaceLink } from './input.ts'
import { newLink } from './new-link.ts'
import { linkById, type LinkItem } from './queries.ts'
import type { LinkPath } from './path.ts'
import { linkState } from './rules.ts'
import { freshToken, livingToken } from './token.ts'

type Answer<T = LinkItem> = Promise<Result<T, Failure>>

/** A link with the address that opens it; only create, replace and reveal give it out. */
export interface OpenLink extends LinkItem {
  url: string
}

/** The link, if the actor may do this to it: everything a foreign or missing one says is 'missing'. */
async function allowed(ctx: TenantCtx, permission: Permission, path: LinkPath): Answer {
  if (!authorise(ctx.actor, permission)) return fail({ kind: 'forbidden' })
  const found = await linkById(ctx.db, ctx.organization.id, path)
  return found ? ok(found) : fail({ kind: 'missing' })
}

const tenant = (ctx: TenantCtx, id: string) =>
  and(eq(link.id, id), eq(link.organizationId, ctx.organization.id))

function happened(ctx: TenantCtx, kind: ActivityKind, found: LinkItem): Statement {
  const data = { contact: found.contact.name, email: found.contact.email }
  return record(ctx, { kind, portalId: found.portalId, data })
}

async function again(ctx: TenantCtx, found: LinkItem): Answer {
  const row = await linkById(ctx.db, ctx.organization.id, {
    portal: found.portalId,
    link: found.id,
  })
  return row ? ok(row) : fail({ kind: 'missing' })
}

export async function createLink(
  ctx: TenantCtx,
  input: CreateLink & { portal: string },
): Answer<LinkItem | OpenLink> {
  if (!authorise(ctx.actor, 'link.create')) return fail({ kind: 'forbidden' })
  const { portal: portalId, contact: who, scope, send, expiresAt } = input
  if (typeof expiresAt === 'number' && expiresAt <= ctx.now) return fail(inThePast)
  const made = await newLink(ctx, { id: input.id, portalId, contact: who, scope, expiresAt, send })
  const written = await commit(ctx, [
    made.contact,
    mustChange,
    ...made.rest,
    record(ctx, {
      kind: 'link.created',
      portalId,
      data: { contact: who.name, email: who.email, scope },
    }),
  ])
  if (!written.ok && written.failure === 'stale') {
    const there = await portalById(ctx.db, ctx.organization.id, portalId)
    return fail(there ? { kind: 'conflict', reason: 'portal-archived' } : { kind: 'missing' })
  }
  const row = await linkById(ctx.db, ctx.organization.id, { portal: portalId, link: made.id })
  if (written.ok) return row ? withUrl(ctx, row) : fail({ kind: 'missing' })
  // Taken: the first of two clicks made this very link. It is answered without its address, or
  // naming an id would be a way to any link's.
  const same = row && row.contact.email === who.email && row.scope === scope
  return same ? ok(row) : fail({ kind: 'conflict', reason: 'changed-meanwhile' })
}

const inThePast: Failure = {
  kind: 'invalid',
  errors: [{ path: 'expiresAt', message: 'The end of the link has to be in the future.' }],
}

async function withUrl(ctx: TenantCtx, found: LinkItem): Answer<OpenLink> {
  const token = await livingToken(ctx, found)
  return token === undefined
    ? fail({ kind: 'conflict', reason: 'link-key-gone' })
    : ok({ ...found, url: ctx.settings.appUrl + paths.portal(token) })
}

/** What the link opens, and until when. An expired link comes back to life by a later day. */
export async function changeLink(ctx: TenantCtx, path: LinkPath, input: ChangeLink): Answer {
  const found = await allowed(ctx, 'link.change', path)
  if (!found.ok) return found
  const { scope = found.value.scope, expiresAt = found.value.expiresAt } = input
  if (expiresAt !== null && expiresAt !== found.value.expiresAt && expiresAt <= ctx.now)
    return fail(inThePast)
  const was = found.value
  if (scope === was.scope && expiresAt === was.expiresAt) return found
  const asItWas = sql`${link.scope} = ${was.scope} and ${link.expiresAt} is ${was.expiresAt}`
  const written = await commit(ctx, [
    ctx.db
      .update(link)
      .set({ scope, expiresAt })
      .where(and(tenant(ctx, was.id), asItWas)),
    mustChange,
    happened(ctx, 'link.changed', was),
  ])
  const now = await again(ctx, was)
  if (written.ok || !now.ok) return now
  const done = now.value.scope === scope && now.value.expiresAt === expiresAt
  return done ? now : fail({ kind: 'conflict', reason: 'changed-meanwhile' })
}

export async function pauseLink(ctx: TenantCtx, path: LinkPath): Answer {
  const found = await allowed(ctx, 'link.pause', path)
  if (!found.ok) return found
  await commit(ctx, [
    ctx.db
      .update(link)
      .set({ pausedAt: ctx.now })
      .where(and(tenant(ctx, found.value.id), isNull(link.pausedAt))),
    mustChange,
    happened(ctx, 'link.paused', found.value),
  ])
  return again(ctx, found.value)
}

export async function resumeLink(ctx: TenantCtx, path: LinkPath): Answer {
  const found = await allowed(ctx, 'link.pause', path)
  if (!found.ok) return found
  await commit(ctx, [
    ctx.db
      .update(link)
      .set({ pausedAt: null })
      .where(and(tenant(ctx, found.value.id), isNotNull(link.pausedAt))),
    mustChange,
    happened(ctx, 'link.resumed', found.value),
  ])
  return again(ctx, found.value)
}

/** A new address for the same link; the old one is dead from the same instant. */
export async function replaceLink(
  ctx: TenantCtx,
  path: LinkPath,
  input: ReplaceLink,
): Answer<OpenLink> {
  const found = await allowed(ctx, 'link.replace', path)
  if (!found.ok) return found
  const { id, portalId, contactId, contact: who } = found.value
  const from = input.version ?? found.value.version
  const version = from + 1
  const { key, hash } = await freshToken(ctx.settings, { id, version })
  const live = linkState(found.value, ctx.now) === 'live'
  const written = await commit(ctx, [
    ctx.db
      .update(link)
      .set({ version, key })
      .where(and(tenant(ctx, id), eq(link.version, from))),
    mustChange,
    ctx.db
      .update(linkToken)
      .set({ replacedAt: ctx.now })
      .where(and(eq(linkToken.linkId, id), isNull(linkToken.replacedAt))),
    ctx.db.insert(linkToken).values({ hash, linkId: id, createdAt: ctx.now }),
    endInvoiceTokens(ctx, contactId),
    happened(ctx, 'link.replaced', found.value),
    ...(input.send && live
      ? enqueueEmail(ctx, {
          kind: 'link',
          key: `link:${id}:replaced:${version}`,
          to: who.email,
          organizationId: ctx.organization.id,
          portalId,
          linkId: id,
          data: { occasion: 'replaced' },
        })
      : []),
  ])
  const now = await again(ctx, found.value)
  if (!now.ok) return now
  if (written.ok) return withUrl(ctx, now.value)
  // The second of two clicks finds its own replacement done; anybody else's is a conflict.
  return now.value.version === version
    ? revealLink(ctx, path)
    : fail({ kind: 'conflict', reason: 'changed-meanwhile' })
}

/** Gives out the address of a link, and keeps who asked for it. */
export async function revealLink(ctx: TenantCtx, path: LinkPath): Answer<OpenLink> {
  const found = await allowed(ctx, 'link.reveal', path)
  if (!found.ok) return found
  const revealed = await withUrl(ctx, found.value)
  if (revealed.ok) await commit(ctx, [happened(ctx, 'link.revealed', found.value)])
  return revealed
}

/** Mails the link to its contact once more; the same address twice within a minute goes out once. */
export async function sendLink(ctx: TenantCtx, path: LinkPath): Answer {
  const found = await allowed(ctx, 'link.send', path)
  if (!found.ok) return found
  const { id, portalId, contact: who } = found.value
  if (linkState(found.value, ctx.now) !== 'live')
    return fail({ kind: 'conflict', reason: 'link-not-live' })
  const mail = {
    kind: 'link',
    key: `link:${id}:again:${ctx.now}`,
    to: who.email,
    organizationId: ctx.organization.id,
    portalId,
    linkId: id,
    data: { occasion: 'again' },
  } as const
  const notJustNow = sql`not exists (
    select 1 from ${email} where link_id = ${id} and kind = 'link' and created_at > ${ctx.now - 60_000}
    and created_at >= (
      select max(created_at) from ${linkToken} where link_id = ${id} and replaced_at is null))`
  await commit(ctx, [
    ...enqueueEmail(ctx, mail, { holds: notJustNow, otherwise: 'roll back' }),
    happened(ctx, 'link.sent', found.value),
  ])
  return again(ctx, found.value)
}

/** The link's address is dead for good, and a contact without a further link is forgotten. */
export async function deleteLink(ctx: TenantCtx, path: LinkPath): Answer<void> {
  const found = await allowed(ctx, 'link.delete', path)
  if (!found.ok) return found
  const { contactId } = found.value
  const written = await commit(ctx, [
    ctx.db.delete(link).where(tenant(ctx, found.value.id)),
    mustChange,
    ctx.db
      .delete(contact)
      .where(
        and(
          eq(contact.id, contactId),
          sql`not exists (select 1 from ${link} where contact_id = ${contactId})`,
        ),
      ),
    happened(ctx, 'link.deleted', found.value),
  ])
  return written.ok ? ok(undefined) : fail({ kind: 'missing' })
}
