import { meansOf } from '../../features/payments/means.ts'
import type { LedgerRow } from '../../features/invoices/queries.ts'

const stripeNames = { payment: 'Payment', refund: 'Refund', reversal: 'Dispute' } as const

const ways = { card: 'by card (Stripe)', debit: 'by bank debit (Stripe)' } as const

/** What came through Stripe, as its entry is called: 'Payment by card (Stripe)'. */
export function stripeEntryName(row: Pick<LedgerRow, 'kind' | 'method' | 'note'>): string {
  const means = meansOf(row)
  if (row.kind !== 'payment') return `${stripeNames[row.kind]} (Stripe)`
  return `Payment ${means === null ? 'through Stripe' : ways[means]}`
}

const stateWords: Record<LedgerRow['kind'], Record<LedgerRow['state'], string>> = {
  payment: { pending: 'Processing', failed: 'Failed', succeeded: '' },
  refund: { pending: 'On its way', failed: 'Failed', succeeded: '' },
  reversal: { pending: 'Disputed, not decided yet', failed: 'Won', succeeded: 'Lost' },
}

/** How an entry stands, where that isn't simply done. */
export const EntryState = ({ row }: { row: LedgerRow }) => {
  const { kind, method, state, failure } = row
  // By hand nothing is won or lost.
  const words = method === 'stripe' || state !== 'succeeded' ? stateWords[kind][state] : ''
  if (words === '') return null
  const tone =
    state === 'pending' ? 'amber' : state === 'failed' && kind !== 'reversal' ? 'red' : ''
  return (
    <>
      {' · '}
      <b class={tone}>{words}</b>
      {failure !== null && (
        <>
          {': '}
          <bdi>{failure}</bdi>
        </>
      )}
    </>
  )
}
