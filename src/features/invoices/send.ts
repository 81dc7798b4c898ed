import { and, eq, sql } from 'drizzle-orm'
import type { TenantCtx } from '../../ctx.ts'
import { commit, mustHold, type Statement } from '../../db/batch.ts'
import { email } from '../../db/schema/emails.ts'
import { contact, link } from '../../db/schema/links.ts'
import type { Failure } from '../../lib/failure.ts'
import { ok, type Result } from '../../lib/result.ts'
import { paths } from '../../paths.ts'
import { record } from '../activity/record.ts'
import { isLive } from '../links/live.ts'
import { again, conflict, issued, type Answer } from './guards.ts'
import type { RevealInvoice } from './input.ts'
import type { InvoiceItem, InvoicePath } from './queries.ts'
import { billingContacts, billingMails } from './recipients.ts'
import { invoiceTokenToSend } from './token.ts'

/** The statements that mail an invoice as it is issued. */
export const issueMails = (ctx: TenantCtx, invoiceId: string, portalId: string): Statement[] =>
  billingMails(ctx, {
    kind: 'invoice',
    key: `invoice:${invoiceId}:issued`,
    portalId,
    data: { invoice: invoiceId, occasion: 'issued' },
  })

/** Within this (ms) a second click sends nothing. */
const JUST_NOW = 60_000

/** Mails an issued invoice once more; twice within a minute it goes out once. */
export async function sendInvoice(ctx: TenantCtx, path: InvoicePath): Answer {
  const found = await issued(ctx, 'invoice.send', path)
  if (!found.ok) return found
  const { id, portalId, status, number } = found.value
  if (status === 'void') return conflict('invoice-void')
  const somebody = sql`exists (${billingContacts(ctx, portalId)})`
  const notJustNow = sql`not exists (
    select 1 from ${email} where "key" > ${`invoice:${id}:`} and "key" < ${`invoice:${id};`}
    and kind = 'invoice' and created_at > ${ctx.now - JUST_NOW})`
  const written = await commit(ctx, [
    mustHold(sql`${somebody} and ${notJustNow}`),
    ...billingMails(ctx, {
      kind: 'invoice',
      key: `invoice:${id}:again:${ctx.now}`,
      portalId,
      data: { invoice: id, occasion: 'again' },
    }),
    record(ctx, { kind: 'invoice.sent', portalId, data: { invoice: id, number: number ?? '' } }),
  ])
  if (written.ok || (await hasRecipients(ctx, portalId))) return again(ctx, path)
  return conflict('no-live-link')
}

async function hasRecipients(ctx: TenantCtx, portalId: string): Promise<boolean> {
  const [live] = await ctx.db
    .select({ id: link.id })
    .from(link)
    .where(
      and(
        eq(link.portalId, portalId),
        eq(link.organizationId, ctx.organization.id),
        isLive(ctx.now),
      ),
    )
    .limit(1)
  return live !== undefined
}

/** An invoice with the address of its own page, as one contact has it. */
export interface RevealedInvoice {
  invoice: InvoiceItem
  url: string
  contact: { name: string; email: string }
}

/** Gives out the address of an invoice's page, and keeps who asked for it, and for whom. */
export async function revealInvoice(
  ctx: TenantCtx,
  path: InvoicePath,
  input: RevealInvoice,
): Promise<Result<RevealedInvoice, Failure>> {
  const found = await issued(ctx, 'invoice.reveal', path)
  if (!found.ok) return found
  const { id, portalId, number } = found.value
  const organizationId = ctx.organization.id
  const [who] = await ctx.db
    .select({ id: contact.id, name: contact.name, email: contact.email })
    .from(link)
    .innerJoin(contact, eq(contact.id, link.contactId))
    .where(
      and(
        eq(link.portalId, portalId),
        eq(link.organizationId, organizationId),
        isLive(ctx.now),
        input.link === undefined ? undefined : eq(link.id, input.link),
      ),
    )
    // As its mail would have it: those for invoices alone come first.
    .orderBy(sql`${link.scope} = 'billing' desc`, link.id)
    .limit(1)
  if (!who) return conflict(input.link === undefined ? 'no-live-link' : 'link-not-live')
  const of = { organizationId, portalId, invoiceId: id, contactId: who.id }
  const { token, before } = await invoiceTokenToSend(ctx, of)
  const data = { invoice: id, number: number ?? '', contact: who.name }
  await commit(ctx, [...before, record(ctx, { kind: 'invoice.revealed', portalId, data })])
  const url = ctx.settings.appUrl + paths.invoicePage(token)
  const { name, email: address } = who
  return ok({ invoice: found.value, url, contact: { name, email: address } })
}
