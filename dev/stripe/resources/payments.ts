import type { Api } from '../api/api.ts'
import { listOf, rowsOf, within } from '../api/lists.ts'

/** What payments leave behind, to be read. */
export function paymentCalls(api: Api): void {
  api.on('get /v1/payment_intents/{id}', [], (books, _, id) => books.get('payment_intent', id))

  api.on(
    'get /v1/payment_intents',
    ['limit', 'starting_after', 'ending_before', 'created'],
    (books, params) => {
      const rows = rowsOf(books, 'payment_intent', ({ created }) => within(created, params.created))
      return listOf(rows, params, '/v1/payment_intents')
    },
  )

  api.on('get /v1/charges/{id}', [], (books, _, id) => books.get('charge', id))

  api.on(
    'get /v1/charges',
    ['limit', 'starting_after', 'ending_before', 'created', 'payment_intent'],
    (books, params) => {
      const { created, payment_intent: intent } = params
      const rows = rowsOf(
        books,
        'charge',
        (charge) =>
          (intent === undefined || charge.payment_intent === intent) &&
          within(charge.created, created),
      )
      return listOf(rows, params, '/v1/charges')
    },
  )

  api.on('get /v1/disputes/{id}', [], (books, _, id) => books.get('dispute', id))

  api.on(
    'get /v1/disputes',
    ['limit', 'starting_after', 'ending_before', 'created', 'payment_intent', 'charge'],
    (books, params) => {
      const { charge, created, payment_intent: intent } = params
      const rows = rowsOf(
        books,
        'dispute',
        (dispute) =>
          (charge === undefined || dispute.charge === charge) &&
          (intent === undefined || dispute.payment_intent === intent) &&
          within(dispute.created, created),
      )
      return listOf(rows, params, '/v1/disputes')
    },
  )

  api.on('get /v1/balance_transactions/{id}', [], (books, _, id) =>
    books.get('balance_transaction', id),
  )

  api.on(
    'get /v1/balance_transactions',
    ['limit', 'starting_after', 'ending_before', 'created', 'source', 'type'],
    (books, params) => {
      const { created, source, type } = params
      const rows = rowsOf(
        books,
        'balance_transaction',
        (row) =>
          (source === undefined || row.source === source) &&
          (type === undefined || row.type === type) &&
          within(row.created, created),
      )
      return listOf(rows, params, '/v1/balance_transactions')
    },
  )
}
