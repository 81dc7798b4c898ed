import type { Api } from '../api/api.ts'
import { listOf, rowsOf, within } from '../api/lists.ts'
import { refund } from '../checkout/refunding.ts'
import { mergedMetadata } from './metadata.ts'

export function refundCalls(api: Api): void {
  api.on(
    'post /v1/refunds',
    ['amount', 'charge', 'payment_intent', 'reason', 'metadata'],
    (books, { amount, charge, payment_intent, reason, metadata }) =>
      refund(books, {
        amount,
        charge,
        payment_intent,
        reason,
        metadata: mergedMetadata({}, metadata),
      }),
  )

  api.on('get /v1/refunds/{id}', [], (books, _, id) => books.get('refund', id))

  api.on('post /v1/refunds/{id}', ['metadata'], (books, params, id) => {
    const before = books.get('refund', id)
    const metadata = mergedMetadata(before.metadata ?? {}, params.metadata)
    const after = books.put('refund', { ...before, metadata })
    books.tell('refund.updated', after)
    return after
  })

  api.on(
    'get /v1/refunds',
    ['limit', 'starting_after', 'ending_before', 'created', 'charge', 'payment_intent'],
    (books, params) => {
      const { charge, created, payment_intent: intent } = params
      const rows = rowsOf(
        books,
        'refund',
        (row) =>
          (charge === undefined || row.charge === charge) &&
          (intent === undefined || row.payment_intent === intent) &&
          within(row.created, created),
      )
      return listOf(rows, params, '/v1/refunds')
    },
  )
}
