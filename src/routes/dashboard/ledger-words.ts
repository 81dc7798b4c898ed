import type { LedgerRow } from '../../features/invoices/queries.ts'

export const methodWords: Record<LedgerRow['method'], string> = {
  bank: 'by bank transfer',
  card: 'by card',
  cash: 'in cash',
  check: 'by check',
  other: '',
  stripe: 'through Stripe',
}

export const kindWords: Record<LedgerRow['kind'], string> = {
  payment: 'Payment',
  refund: 'Refund',
  reversal: 'Reversal',
}
