import { eq } from 'drizzle-orm'
import { commit } from '../../src/db/batch.ts'
import { contact } from '../../src/db/schema/links.ts'
import { unmatched } from '../../src/db/schema/payments.ts'
import { createCreditNote } from '../../src/features/invoices/credit-notes.ts'
import { createDraft } from '../../src/features/invoices/draft.ts'
import { issueInvoice } from '../../src/features/invoices/issue.ts'
import { recordPayment } from '../../src/features/invoices/payments.ts'
import { addSavedLine, addTaxRate } from '../../src/features/invoices/settings.ts'
import { invoiceTokenToSend } from '../../src/features/invoices/token.ts'
import { newId } from '../../src/lib/id.ts'
import type { Scene } from './scene.ts'

/** A draft of the studio's, or an invoice that may be paid again and again. */
export async function invoiced(
  scene: Scene,
  path: string,
  portalOf: string,
): Promise<{ id: string; payment: string; note: string }> {
  const ctx = scene.studio.ctx()
  const lines = [{ description: 'Work', quantity: '1', unitAmount: 100, taxRate: null }]
  const made = await createDraft(ctx, { portal: portalOf, lines, repeatable: true })
  const id = made.ok ? made.value.id : ''
  const payment = newId(ctx.now)
  const needsDraft = /^\/(?:api|dashboard).*:invoice(?:\/issue|\/duplicate|\/edit|\/delete)?$/.test(
    path,
  )
  if (!needsDraft) await issueInvoice(ctx, { portal: portalOf, invoice: id })
  if (path.includes(':payment')) {
    const facts = { amount: 100, method: 'bank', receivedOn: '2026-01-02', note: '' } as const
    await recordPayment(ctx, { portal: portalOf, invoice: id }, { id: payment, ...facts })
  }
  const note = newId(ctx.now)
  if (path.includes(':note')) {
    const credit = { id: note, lines, reason: 'Agreed' }
    await createCreditNote(ctx, { portal: portalOf, invoice: id }, credit)
  }
  // What was enqueued is made by the cron.
  if (/\/(?:pdf|receipt|statement)$/.test(path)) await scene.world.minute()
  return { id, payment, note }
}

/** What the mail of an invoice of the scene's portal carries to its first contact. */
export async function heldToken(scene: Scene, invoiceId: string): Promise<string> {
  const ctx = scene.studio.ctx()
  const { id: organizationId } = scene.studio.facts
  const portalId = scene.home
  const [who] = await ctx.db.select().from(contact).where(eq(contact.portalId, portalId))
  const of = { organizationId, portalId, invoiceId, contactId: who?.id ?? '' }
  const { token, before } = await invoiceTokenToSend(ctx, of)
  await commit(ctx, before)
  return token
}

/** A tax rate of the studio's. */
export async function taxRate(scene: Scene): Promise<string> {
  const ctx = scene.studio.ctx()
  const id = newId(ctx.now)
  await addTaxRate(ctx, { id, name: 'VAT', rate: '20' })
  return id
}

/** A line that the studio bills again and again. */
export async function savedLine(scene: Scene): Promise<string> {
  const ctx = scene.studio.ctx()
  const id = newId(ctx.now)
  const facts = { description: 'Hosting', quantity: '1', unitAmount: 2400, currency: 'EUR' }
  await addSavedLine(ctx, { id, ...facts, taxRate: null })
  return id
}

/** Money of the studio's that fits no invoice. */
export async function strayMoney(scene: Scene): Promise<void> {
  const { db, organization } = scene.studio.ctx()
  const what = { kind: 'payment', state: 'succeeded', reason: 'gone', currency: 'EUR' } as const
  const at = { id: `${organization.id}:pi_stray`, organizationId: organization.id, at: 0 }
  await db
    .insert(unmatched)
    .values({ ...what, ...at, amount: 100 })
    .onConflictDoNothing()
}
