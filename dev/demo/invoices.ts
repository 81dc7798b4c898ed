import type { TenantCtx } from '../../src/ctx.ts'
import { createDraft } from '../../src/features/invoices/draft.ts'
import { issueInvoice } from '../../src/features/invoices/issue.ts'
import { recordPayment } from '../../src/features/invoices/payments.ts'
import { dayOf } from '../../src/lib/day.ts'
import { must } from './must.ts'
import type { Desk } from './organization.ts'
import { money } from './money.ts'
import type { InvoiceStory, PortalStory } from './story.ts'

/** A portal that was made, with its story. */
export interface PlayedPortal {
  portal: string
  story: PortalStory
}

const dayAt = ({ now, organization }: TenantCtx): string => dayOf(now, organization.timeZone)

/** Drafted and issued at once, and paid by bank where it was. */
async function playInvoice(
  desk: Desk,
  { portal, by }: { portal: string; by: string },
  { lines, issued, due, paid, part }: InvoiceStory,
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
  const amount = part ?? total
  const entry = { amount, method: 'bank', receivedOn: dayAt(then), note: '' } as const
  must(await recordPayment(then, { portal, invoice }, { ...entry, receipt: true }))
}

/** Those of all portals, the oldest first, so that their numbers are in the order of their days. */
export async function playInvoices(desk: Desk, portals: readonly PlayedPortal[]): Promise<void> {
  const all = portals.flatMap(({ portal, story }) =>
    [...(story.invoices ?? []), ...(money[story.project] ?? [])].map((invoice) => ({
      at: { portal, by: story.by },
      invoice,
    })),
  )
  for (const { at, invoice } of all.sort(
    (one, other) => other.invoice.issued - one.invoice.issued,
  )) {
    await playInvoice(desk, at, invoice)
  }
}
