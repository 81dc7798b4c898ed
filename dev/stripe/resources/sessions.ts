import type { Api } from '../api/api.ts'
import { listOf, rowsOf, within } from '../api/lists.ts'
import { currentSession, expire } from '../checkout/sessions.ts'
import { invalid } from '../errors.ts'

export function sessionCalls(api: Api): void {
  api.on('get /v1/checkout/sessions/{id}', [], (books, _, id) => currentSession(books, id))

  api.on(
    'get /v1/checkout/sessions',
    [
      'limit',
      'starting_after',
      'ending_before',
      'created',
      'payment_intent',
      'payment_link',
      'status',
    ],
    (books, params) => {
      const { created, payment_intent: intent, payment_link: link, status } = params
      if (link !== undefined) books.get('payment_link', link, 'payment_link')
      if (intent !== undefined) books.get('payment_intent', intent, 'payment_intent')
      const all = rowsOf(books, 'checkout.session').map(({ id }) => currentSession(books, id))
      const rows = all.filter(
        (session) =>
          (link === undefined || session.payment_link === link) &&
          (intent === undefined || session.payment_intent === intent) &&
          (status === undefined || session.status === status) &&
          within(session.created, created),
      )
      return listOf(rows, params, '/v1/checkout/sessions')
    },
  )

  api.on(
    'get /v1/checkout/sessions/{id}/line_items',
    ['limit', 'starting_after', 'ending_before'],
    (books, params, id) => {
      books.get('checkout.session', id)
      return listOf(books.get('basket', id).items, params, `/v1/checkout/sessions/${id}/line_items`)
    },
  )

  api.on('post /v1/checkout/sessions/{id}/expire', [], (books, _, id) => {
    const session = currentSession(books, id)
    if (session.status === 'open') return expire(books, session)
    throw invalid(
      `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of \`${session.status}\`.`,
    )
  })
}
