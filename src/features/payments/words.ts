import type { PaymentKind, PaymentState } from '../../db/schema/invoices.ts'
import type { ActivityKind } from '../activity/kinds.ts'
import type { Standing } from '../invoices/ledger.ts'

const kinds = {
  payment: {
    pending: 'payment.processing',
    succeeded: 'payment.received',
    failed: 'payment.failed',
  },
  refund: {
    pending: 'payment.refund-sent',
    succeeded: 'payment.refunded',
    failed: 'payment.refund-failed',
  },
  reversal: {
    pending: 'payment.disputed',
    succeeded: 'payment.dispute-lost',
    failed: 'payment.dispute-won',
  },
} as const satisfies Record<PaymentKind, Record<PaymentState, ActivityKind>>

/** What an entry in this state is recorded as. */
export const kindOf = (kind: PaymentKind, state: PaymentState): ActivityKind => kinds[kind][state]

/** How an invoice stands now, as facts of an activity: the sentences say it. */
export function standingWords(
  { status, balance, credit }: Standing,
  money: (amount: number) => string,
): Record<string, string> {
  if (status === 'void') return { void: 'yes', credit: money(credit) }
  if (balance > 0) return { left: money(balance) }
  return credit > 0 ? { credit: money(credit) } : {}
}
