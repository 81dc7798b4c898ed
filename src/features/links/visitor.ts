import { and, eq, sql } from 'drizzle-orm'
import type { Ctx, TenantCtx } from '../../ctx.ts'
import { commit, raw } from '../../db/batch.ts'
import { activity } from '../../db/schema/activity.ts'
import { email } from '../../db/schema/emails.ts'
import { link } from '../../db/schema/links.ts'
import { activityRow, record } from '../activity/record.ts'
import { enqueueEmail } from '../emails/enqueue.ts'
import { managersOf } from '../organizations/queries.ts'
import { visitByHash, type Visit } from './queries.ts'
import { helpFor, VISIT } from './rules.ts'

/** Marks the link as seen. Called by the page itself: a mail scanner that opens the link runs no script. */
export async function markSeen(ctx: TenantCtx, visit: Visit): Promise<void> {
  const row = activityRow(ctx, {
    kind: 'link.opened',
    portalId: visit.portalId,
    data: { contact: visit.contactName },
  })
  const isNew = sql`(${link.seenAt} is null or ${link.seenAt} < ${ctx.now - VISIT})`
  await commit(ctx.db, [
    raw(sql`
      insert into ${activity} (id, organization_id, portal_id, actor_kind, actor_id, actor_name, kind, data, at)
      select ${row.id}, ${row.organizationId}, ${row.portalId}, ${row.actorKind}, ${row.actorId},
        ${row.actorName}, ${row.kind}, ${JSON.stringify(row.data)}, ${row.at}
      from ${link} where ${link.id} = ${visit.linkId} and ${isNew}`),
    ctx.db
      .update(link)
      .set({ seenAt: ctx.now, seenCount: sql`${link.seenCount} + ${isNew}` })
      .where(and(eq(link.id, visit.linkId), eq(link.organizationId, ctx.organization.id))),
  ])
}

const HOUR = 3_600_000

/**
 * What "Ask for a new link" does, at most once an hour for a link. It answers nothing: whoever asks
 * learns neither whether the link ever existed nor what became of it.
 */
export async function askForLink(ctx: Ctx, hash: string): Promise<void> {
  const visit = await visitByHash(ctx.db, hash)
  if (!visit) return
  const help = helpFor({ ...visit, replaced: visit.replacedAt !== null }, ctx.now)
  if (help === 'nobody') return

  const { organization, portalId, linkId } = visit
  const tenant: TenantCtx = Object.assign(ctx, { organization })
  const notThisHour = sql`not exists (
    select 1 from ${email} where link_id = ${linkId} and created_at > ${ctx.now - HOUR}
    and "key" like ${`link:${linkId}:asked:%`})`
  const to =
    help === 'mail-contact'
      ? [visit.contactEmail]
      : (await managersOf(ctx.db, organization.id)).map((manager) => manager.email)
  const mails = to.map((address) => ({
    kind: help === 'mail-contact' ? ('link' as const) : ('link-request' as const),
    key: `link:${linkId}:asked:${ctx.now}:${address}`,
    to: address,
    organizationId: organization.id,
    portalId,
    linkId,
    data: { occasion: 'asked' },
  }))
  const [first, ...others] = mails
  if (!first) return
  await commit(ctx.db, [
    ...enqueueEmail(tenant, first, notThisHour),
    ...others.flatMap((mail) => enqueueEmail(tenant, mail)),
    record(tenant, {
      kind: 'link.requested',
      portalId,
      data: { contact: visit.contactName, email: visit.contactEmail },
    }),
  ])
}
