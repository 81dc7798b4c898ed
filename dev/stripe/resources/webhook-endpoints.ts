import type { Stripe } from 'stripe'
import type { Api } from '../api/api.ts'
import { listOf, rowsOf } from '../api/lists.ts'
import type { Books } from '../books.ts'
import { invalid } from '../errors.ts'
import { newId } from '../ids.ts'
import { mergedMetadata } from './metadata.ts'

/** In test mode. https://docs.stripe.com/webhooks */
const most = 16

interface NewEndpoint {
  url: string
  enabled_events: string[]
  description?: Stripe.Emptyable<string>
  metadata?: Stripe.Emptyable<Stripe.MetadataParam>
  api_version?: string
}

function address(url: string): string {
  if (!/^https?:\/\//i.test(url)) {
    throw invalid('Invalid URL: An explicit scheme (such as https) must be provided.', {
      code: 'url_invalid',
      param: 'url',
    })
  }
  if (URL.canParse(url)) return url
  throw invalid('Invalid URL: URL must be valid.', { code: 'url_invalid', param: 'url' })
}

function someEvents(events: string[]): string[] {
  if (events.length > 0) return events
  throw invalid('You must enable at least one event.', { param: 'enabled_events' })
}

export function addEndpoint(books: Books, params: NewEndpoint): Stripe.WebhookEndpoint {
  if (books.list('webhook_endpoint').length >= most) {
    throw invalid(`You have reached the maximum of ${most} test webhook endpoints.`)
  }
  const endpoint = books.put('webhook_endpoint', {
    id: newId('we'),
    object: 'webhook_endpoint',
    api_version: params.api_version ?? null,
    application: null,
    created: books.now,
    description: params.description || null,
    enabled_events: someEvents(params.enabled_events),
    livemode: false,
    metadata: mergedMetadata({}, params.metadata),
    status: 'enabled',
    url: address(params.url),
  })
  const { secret } = books.put('secret', { id: endpoint.id, secret: newId('whsec', 32) })
  return { ...endpoint, secret }
}

export function webhookEndpointCalls(api: Api): void {
  api.on(
    'post /v1/webhook_endpoints',
    ['url', 'enabled_events', 'description', 'metadata', 'api_version'],
    addEndpoint,
  )

  api.on('get /v1/webhook_endpoints/{id}', [], (books, _, id) => books.get('webhook_endpoint', id))

  api.on(
    'post /v1/webhook_endpoints/{id}',
    ['url', 'enabled_events', 'description', 'metadata', 'disabled'],
    (books, params, id) => {
      const before = books.get('webhook_endpoint', id)
      const { description, disabled, enabled_events: events, metadata, url } = params
      return books.put('webhook_endpoint', {
        ...before,
        description: description === undefined ? before.description : description || null,
        enabled_events: events === undefined ? before.enabled_events : someEvents(events),
        metadata: mergedMetadata(before.metadata, metadata),
        status: disabled === undefined ? before.status : disabled ? 'disabled' : 'enabled',
        url: url === undefined ? before.url : address(url),
      })
    },
  )

  api.on('delete /v1/webhook_endpoints/{id}', [], (books, _, id) => {
    books.get('webhook_endpoint', id)
    books.remove('webhook_endpoint', id)
    books.remove('secret', id)
    return { id, object: 'webhook_endpoint', deleted: true }
  })

  api.on(
    'get /v1/webhook_endpoints',
    ['limit', 'starting_after', 'ending_before'],
    (books, params) => listOf(rowsOf(books, 'webhook_endpoint'), params, '/v1/webhook_endpoints'),
  )
}
