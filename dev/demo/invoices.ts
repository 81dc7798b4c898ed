import type { TenantCtx } from '../../src/ctx.ts'
import { createDraft } from '../../src/features/invoices/draft.ts'
import { issueInvoice } from '../../src/features/invoices/issue.ts'
import { recordPayment } from '../../src/features/invoices/payments.ts'
import { dayOf } from '../../src/lib/day.ts'
import { must } from './must.ts'
import type { Desk } from './organization.ts'
import type { InvoiceStory } from './story.ts'

const dayAt = ({ now, organization }: TenantCtx): string => dayOf(now, organization.timeZone)

/** Drafted and issued at once, and paid by bank where it was. */
export async function playInvoice(
  desk: Desk,
  { portal, by }: { portal: string; by: string },
  { lines, issued, due, paid }: InvoiceStory,
): Promise<void> {
  const ctx = desk.ctx(by, issued)
  const { id: invoice, total } = must(
    await createDraft(ctx, {
      portal,
      lines: lines.map(([description, quantity, unitAmount]) => ({
        description,
        quantity,
        unitAmount,
        taxRate: null,
      })),
      dueOn: dayAt(desk.ctx(by, due)),
    }),
  )
  must(await issueInvoice(ctx, { portal, invoice }, { send: true }))
  if (paid === undefined) return
  const then = desk.ctx(by, paid)
  const money = { amount: total, method: 'bank', receivedOn: dayAt(then), note: '' } as const
  must(await recordPayment(then, { portal, invoice }, { ...money, receipt: true }))
}
