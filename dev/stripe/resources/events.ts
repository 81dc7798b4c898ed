import type { Api } from '../api/api.ts'
import { listOf, rowsOf, within } from '../api/lists.ts'
import { invalid } from '../errors.ts'

/** `charge.*` stands for all of a group. */
function named(type: string, wanted: string): boolean {
  return wanted.endsWith('*') ? type.startsWith(wanted.slice(0, -1)) : type === wanted
}

/** https://docs.stripe.com/api/events */
export function eventCalls(api: Api): void {
  api.on('get /v1/events/{id}', [], (books, _, id) => books.get('event', id))

  api.on(
    'get /v1/events',
    ['limit', 'starting_after', 'ending_before', 'created', 'type', 'types', 'delivery_success'],
    (books, params) => {
      const { created, delivery_success: delivered, type, types } = params
      if (type !== undefined && types !== undefined) {
        throw invalid('You may only specify one of these parameters: type, types.')
      }
      if (types && types.length > 20) {
        throw invalid('You may specify at most 20 types.', { param: 'types' })
      }
      const wanted = types ?? (type === undefined ? undefined : [type])
      const rows = rowsOf(
        books,
        'event',
        (event) =>
          (wanted === undefined || wanted.some((each) => named(event.type, each))) &&
          (delivered === undefined || delivered === (event.pending_webhooks === 0)) &&
          within(event.created, created),
      )
      return listOf(rows, params, '/v1/events')
    },
  )
}
