import { sql } from 'drizzle-orm'
import type { TenantCtx } from '../../ctx.ts'
import { commit, mustHold, type Statement } from '../../db/batch.ts'
import { invoice } from '../../db/schema/invoices.ts'
import type { Failure } from '../../lib/failure.ts'
import { newId } from '../../lib/id.ts'
import { fail, ok, type Result } from '../../lib/result.ts'
import { mayOpen } from '../links/rules.ts'
import { approvalStatements } from '../milestones/approval.ts'
import { teamToTell } from '../milestones/recipients.ts'
import { blank, columnsOf, homeOf, milestoneLine, type Home } from './compose.ts'
import { again, conflict, invoiceWhere, portalRefusal, portalTakes } from './guards.ts'
import { issueStatements } from './issue.ts'
import { billMilestone } from './milestone.ts'
import type { InvoiceItem } from './queries.ts'
import { issueMails } from './send.ts'

/**
 * The client signs a milestone off and is billed for it, in one batch: by the invoice it has, issued if
 * it is a draft, or by one for its price. Doing it again changes nothing. Answers the invoice's id.
 * Whoever was `shown` an amount agrees to no other.
 */
export async function approveAndPay(
  ctx: TenantCtx,
  milestoneId: string,
  shown?: number,
): Promise<Result<{ invoice: string }, Failure>> {
  const { actor } = ctx
  if (actor.kind !== 'contact' || !mayOpen(actor.scope, 'milestones'))
    return fail({ kind: 'missing' })
  const portalId = actor.portalId
  const home = await homeOf(ctx, portalId, milestoneId)
  const was = home?.milestone
  if (!was) return fail({ kind: 'missing' })
  const billed = await billOf(ctx, home)
  if (was.approval === 'approved' && billed && billed.status !== 'draft') {
    return ok({ invoice: billed.id })
  }
  if (was.approval !== 'requested') return conflict('approval-not-asked')
  const bill = billed ? ok(await oldBill(ctx, billed)) : await newBill(ctx, home)
  if (!bill.ok) return bill
  if (shown !== undefined && shown !== bill.value.asks) return conflict('changed-meanwhile')
  const mailed = await teamToTell(ctx.db, ctx.organization.id)
  const currency = billed?.currency ?? home.currency
  // What was issued as ourselves has enqueued beside this ctx.
  ctx.enqueued = true
  const written = await commit(ctx, [
    mustHold(portalTakes(ctx, portalId, currency)),
    ...approvalStatements(ctx, was, { to: 'approved', note: '', kind: 'approval.given', mailed }),
    ...bill.value.statements,
  ])
  if (written.ok) return ok({ invoice: bill.value.id })
  // The second of two clicks finds it approved and billed.
  const after = await homeOf(ctx, portalId, milestoneId)
  const now = after && (await billOf(ctx, after))
  if (after?.milestone?.approval === 'approved' && now) return ok({ invoice: now.id })
  return fail(await portalRefusal(ctx, portalId, currency))
}

async function billOf(ctx: TenantCtx, { milestone }: Home): Promise<InvoiceItem | undefined> {
  if (!milestone?.invoiceId) return undefined
  const found = await again(ctx, { portal: milestone.portalId, invoice: milestone.invoiceId })
  return found.ok ? found.value : undefined
}

interface Bill {
  id: string
  /** What is to be paid by it. */
  asks: number
  statements: Statement[]
}

/** Nobody of the team issues it, and the client only signs off: the product does. */
const asOurselves = (ctx: TenantCtx): TenantCtx => ({ ...ctx, actor: { kind: 'cron' } })

async function oldBill(ctx: TenantCtx, was: InvoiceItem): Promise<Bill> {
  const { id, portalId, status, version, total, balance } = was
  if (status !== 'draft') return { id, asks: balance, statements: [] }
  const path = { portal: portalId, invoice: id }
  const asRead = sql`${invoice.status} = 'draft' and ${invoice.version} = ${version}`
  return {
    id,
    asks: total,
    statements: [
      mustHold(invoiceWhere(ctx, path, asRead)),
      ...(await issueStatements(asOurselves(ctx), was)),
      ...issueMails(ctx, id, portalId),
    ],
  }
}

async function newBill(ctx: TenantCtx, home: Home): Promise<Result<Bill, Failure>> {
  const line = milestoneLine(home)
  if (!home.milestone || !line || line.unitAmount === 0) return conflict('milestone-unpriced')
  const columns = columnsOf(blank(home, [line]))
  if (!columns.ok) return columns
  const id = newId(ctx.now)
  const { portalId, id: milestoneId } = home.milestone
  const { total, currency, dueOn } = columns.value
  return ok({
    id,
    asks: total,
    statements: [
      ...billMilestone(ctx, { portalId, milestoneId }, id),
      ctx.db.insert(invoice).values({
        id,
        organizationId: ctx.organization.id,
        portalId,
        milestoneId,
        createdAt: ctx.now,
        ...columns.value,
      }),
      ...(await issueStatements(asOurselves(ctx), { id, portalId, currency, total, dueOn })),
      ...issueMails(ctx, id, portalId),
    ],
  })
}
