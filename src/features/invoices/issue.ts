import { eq, sql } from 'drizzle-orm'
import type { TenantCtx } from '../../ctx.ts'
import { commit, mustHold, type Statement } from '../../db/batch.ts'
import { invoice, type Seller } from '../../db/schema/invoices.ts'
import { organization } from '../../db/schema/organizations.ts'
import { addDays, dayOf } from '../../lib/day.ts'
import { formatMoney } from '../../lib/money.ts'
import { fail, ok } from '../../lib/result.ts'
import { enqueueDocument, enqueueStatement } from '../documents/enqueue.ts'
import { followBalance } from '../payments/follow.ts'
import { refusal } from './draft.ts'
import { again, allowed, conflict, home, invoiceWhere, portalTakes, type Answer } from './guards.ts'
import { drawNumber, recordDrawn } from './numbers.ts'
import { at, type InvoiceItem, type InvoicePath } from './queries.ts'
import { issueMails } from './send.ts'

/** What is frozen of the organisation, and what its terms are. */
async function sellerOf(ctx: TenantCtx): Promise<{ seller: Seller; paymentTerms: number }> {
  const [house] = await ctx.db
    .select({
      name: organization.name,
      legalName: organization.legalName,
      address: organization.address,
      taxId: organization.taxId,
      bank: organization.bank,
      paymentTerms: organization.paymentTerms,
    })
    .from(organization)
    .where(eq(organization.id, ctx.organization.id))
  if (!house) throw new Error('The organisation of a ctx is gone.')
  const { name, legalName, address, taxId, bank, paymentTerms } = house
  return { seller: { name: legalName ?? name, address, taxId, bank }, paymentTerms }
}

type Issued = Pick<InvoiceItem, 'id' | 'portalId' | 'currency' | 'total' | 'dueOn'>

/** What makes an invoice of a draft; it stands behind a guard, which has made sure of the draft. */
export async function issueStatements(
  ctx: TenantCtx,
  { id, portalId, currency, total, dueOn }: Issued,
): Promise<Statement[]> {
  const { seller, paymentTerms } = await sellerOf(ctx)
  const { locale, timeZone } = ctx.organization
  const issuedOn = dayOf(ctx.now, timeZone)
  const { draw, number } = drawNumber(ctx, 'invoice', issuedOn)
  return [
    draw,
    ctx.db
      .update(invoice)
      .set({
        status: total === 0 ? 'paid' : 'open',
        number,
        seller,
        locale,
        timeZone,
        issuedOn,
        issuedAt: ctx.now,
        dueOn: dueOn ?? addDays(issuedOn, paymentTerms),
        balance: total,
        paidOn: total === 0 ? issuedOn : null,
        version: sql`${invoice.version} + 1`,
      })
      .where(at(ctx.organization.id, { portal: portalId, invoice: id })),
    recordDrawn(
      ctx,
      {
        kind: 'invoice.issued',
        portalId,
        data: { invoice: id, amount: formatMoney(total, currency, locale) },
      },
      { name: 'number', number },
    ),
    enqueueDocument(ctx, { kind: 'invoice', of: id }, home(ctx, portalId)),
    enqueueStatement(ctx, home(ctx, portalId)),
    ...followBalance(ctx, id),
  ]
}

/**
 * From now on it never changes. Everything it says is frozen, and its number is drawn behind the guard,
 * so that of many issues at once each has its own and none is missing. What comes to nothing is paid.
 * With `send` it is mailed. Issuing again changes nothing, and mails nobody.
 */
export async function issueInvoice(
  ctx: TenantCtx,
  path: InvoicePath,
  { send }: { send: boolean } = { send: false },
): Answer {
  const found = await allowed(ctx, 'invoice.issue', path)
  if (!found.ok) return found
  const { id, portalId, status, version, currency, total, dueOn } = found.value
  if (status === 'void') return conflict('invoice-void')
  if (status !== 'draft') return found
  const asRead = sql`${invoice.status} = 'draft' and ${invoice.version} = ${version}
    and ${portalTakes(ctx, portalId, currency)}`
  const issue = await issueStatements(ctx, { id, portalId, currency, total, dueOn })
  const written = await commit(ctx, [
    mustHold(invoiceWhere(ctx, path, asRead)),
    ...issue,
    ...(send ? issueMails(ctx, id, portalId) : []),
  ])
  if (written.ok) return again(ctx, path)
  // The second of two clicks finds it issued.
  const why = await refusal(ctx, path, currency)
  const now = await again(ctx, path)
  return now.ok && now.value.issuedAt !== null ? ok(now.value) : fail(why)
}
