import { sql, type SQL } from 'drizzle-orm'
import type { TenantCtx } from '../../ctx.ts'
import type { Statement } from '../../db/batch.ts'
import { contact, link } from '../../db/schema/links.ts'
import { enqueueEmails, type NewEmails } from '../emails/enqueue.ts'
import { isLive } from '../links/live.ts'

/**
 * Who is mailed about money: the contacts with a live link to invoices alone, or else everybody with a
 * live link. Each once, by their newest such link.
 */
export const billingContacts = (ctx: TenantCtx, portalId: string): SQL => sql`
  with live as (
    select id, contact_id, scope from ${link}
    where portal_id = ${portalId} and organization_id = ${ctx.organization.id} and ${isLive(ctx.now)})
  select live.contact_id, max(live.id) as link_id, c.email as "to"
  from live join ${contact} c on c.id = live.contact_id
  where live.scope = 'billing' or not exists (select 1 from live where scope = 'billing')
  group by live.contact_id`

/** The statements that mail them; with nobody there, they write nothing. */
export const billingMails = (
  ctx: TenantCtx,
  { portalId, ...mails }: Omit<NewEmails, 'organizationId'>,
): Statement[] =>
  enqueueEmails(
    ctx,
    { ...mails, portalId, organizationId: ctx.organization.id },
    billingContacts(ctx, portalId),
  )
