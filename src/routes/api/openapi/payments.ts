import {
  creditNoteInput,
  recordPaymentInput,
  refundInput,
  reversalInput,
} from '../../../features/invoices/input.ts'
import { paths, type PaymentAction } from '../../../paths.ts'
import type { Operation } from './operation.ts'

const payment = (name: PaymentAction) =>
  paths.api.paymentAction(':portal', ':invoice', ':payment', name)

/** What is taken back of an invoice, what came for it, and what went back. */
export const payments: readonly Operation[] = [
  {
    method: 'post',
    path: paths.api.creditNotes(':portal', ':invoice'),
    summary: 'Take something back of an issued invoice, at most what is left of it',
    input: creditNoteInput,
    ok: { status: 201, description: 'The credit note with its invoice.' },
  },
  {
    method: 'post',
    path: paths.api.payments(':portal', ':invoice'),
    summary:
      'Record a payment that came by hand; a receipt is mailed as its invoice is, unless receipt is false',
    input: recordPaymentInput,
    ok: { status: 201, description: 'The payment with its invoice.' },
  },
  {
    method: 'post',
    path: payment('refund'),
    summary:
      'Give a payment, or a part of it, back: recorded where it came by hand; asked of Stripe where it came through Stripe, and on its way at first',
    input: refundInput,
    ok: {
      status: 201,
      description:
        'The refund with its invoice; 202 through Stripe: its state is pending, then succeeded or failed.',
    },
  },
  {
    method: 'post',
    path: payment('reverse'),
    summary: 'Reverse a payment that was entered by hand and by mistake',
    input: reversalInput,
    ok: { status: 201, description: 'The reversal with its invoice.' },
  },
]
