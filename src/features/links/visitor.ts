import { and, eq, isNull, lte, or, sql } from 'drizzle-orm'
import type { Ctx, TenantCtx } from '../../ctx.ts'
import { commit, mustChange } from '../../db/batch.ts'
import { link } from '../../db/schema/links.ts'
import { record, recordWhen } from '../activity/record.ts'
import { enqueueEmail, fewerThan } from '../emails/enqueue.ts'
import { readByClient } from '../messages/reading.ts'
import { managersOf } from '../organizations/queries.ts'
import { visitByHash, visitOfInvoiceToken, type Visit } from './visits.ts'
import { helpFor, mayOpen, VISIT } from './rules.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/**
 * Marks the link as seen. The page's script asks for it: opening the address alone means nothing.
 * `upTo` is the version of the thread that the page showed: what came since is not seen yet.
 */
export async function markSeen(ctx: TenantCtx, visit: Visit, upTo?: number): Promise<void> {
  const opened = {
    kind: 'link.opened',
    portalId: visit.portalId,
    data: { contact: visit.contactName },
  } as const
  const isNew = sql`(${link.seenAt} is null or ${link.seenAt} < ${ctx.now - VISIT})`
  await commit(ctx, [
    recordWhen(
      ctx,
      opened,
      sql`exists (select 1 from ${link} where ${link.id} = ${visit.linkId} and ${isNew})`,
    ),
    ctx.db
      .update(link)
      .set({
        seenAt: ctx.now,
        sinceAt: sql`case when ${isNew} then ${link.seenAt} else ${link.sinceAt} end`,
        seenCount: sql`${link.seenCount} + ${isNew}`,
      })
      .where(
        and(
          eq(link.id, visit.linkId),
          eq(link.organizationId, ctx.organization.id),
          or(isNull(link.seenAt), lte(link.seenAt, ctx.now - MINUTE)),
        ),
      ),
    ...(mayOpen(visit.scope, 'messages') ? readByClient(ctx, visit, upTo) : []),
  ])
}

/**
 * What "Ask for a new link" does, at most once an hour for a link, and within what an address may be
 * mailed by strangers. It answers nothing: whoever asks learns neither whether the link ever existed
 * nor what became of it.
 */
export async function askForLink(ctx: Ctx, hash: string): Promise<void> {
  const visit = (await visitByHash(ctx.db, hash)) ?? (await visitOfInvoiceToken(ctx.db, hash))
  if (!visit) return
  const help = helpFor({ ...visit, replaced: visit.replacedAt !== null }, ctx.now)
  if (help === 'nobody') return

  const { organization, portalId, linkId } = visit
  const tenant: TenantCtx = Object.assign(ctx, { organization })
  const kind = help === 'mail-contact' ? 'link' : 'link-request'
  const to =
    help === 'mail-contact'
      ? [visit.contactEmail]
      : (await managersOf(ctx.db, organization.id)).map((manager) => manager.email)
  if (to.length === 0) return
  await commit(ctx, [
    ctx.db
      .update(link)
      .set({ askedAt: ctx.now })
      .where(
        and(
          eq(link.id, linkId),
          eq(link.organizationId, organization.id),
          or(isNull(link.askedAt), lte(link.askedAt, ctx.now - HOUR)),
        ),
      ),
    mustChange,
    ...to.flatMap((address) => {
      const limited = { to: address, kind, now: ctx.now, occasion: 'asked' } as const
      const holds = sql`${fewerThan(1, 10 * MINUTE, limited)} and ${fewerThan(5, DAY, limited)}`
      const mail = {
        kind,
        key: `link:${linkId}:asked:${ctx.now}:${address}`,
        to: address,
        organizationId: organization.id,
        portalId,
        linkId,
        data: { occasion: 'asked' },
      } as const
      return enqueueEmail(tenant, mail, { holds, otherwise: 'leave out' })
    }),
    record(tenant, {
      kind: 'link.requested',
      portalId,
      data: { contact: visit.contactName, email: visit.contactEmail },
    }),
  ])
}
