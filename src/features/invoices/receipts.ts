import type { TenantCtx } from '../../ctx.ts'
import type { Statement } from '../../db/batch.ts'
import { billingMails } from './recipients.ts'

export interface ReceiptOf {
  portalId: string
  invoiceId: string
  paymentId: string
}

/**
 * The statements that mail a receipt for a payment that succeeded, for the batch that writes it. Whom
 * it goes to is found inside the batch, be it nobody; told again, nobody gets a second one.
 */
export const receiptMails = (
  ctx: TenantCtx,
  { portalId, invoiceId, paymentId }: ReceiptOf,
): Statement[] =>
  billingMails(ctx, {
    kind: 'receipt',
    key: `payment:${paymentId}:receipt`,
    portalId,
    data: { invoice: invoiceId, payment: paymentId },
  })
