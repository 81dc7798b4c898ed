import type { Stripe } from 'stripe'
import { newId } from '../ids.ts'
import type { StoredEvent } from '../rows.ts'
import type { Store } from '../store.ts'
import { signed } from './signature.ts'

export interface Outside {
  store: Store
  now: () => number
  fetch: (request: Request) => Promise<Response>
  /** Pauses between tries; after the last the event is lost, but for /v1/events. */
  retryAfterMs: readonly number[]
}

/** The switch that keeps events from being delivered. They are not brought later. */
export const paused = 'webhooks-paused'

const sleep = (milliseconds: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

const taken = (status: number | null) => status !== null && status >= 200 && status < 300

const wants = (endpoint: Stripe.WebhookEndpoint, event: StoredEvent) =>
  endpoint.status === 'enabled' &&
  endpoint.enabled_events.some((type) => type === '*' || type === event.type)

/** Brings events to the endpoints of their account, in the background. */
export class Deliveries {
  readonly #outside: Outside
  readonly #running = new Set<Promise<void>>()

  constructor(outside: Outside) {
    this.#outside = outside
  }

  send(account: string, event: StoredEvent): void {
    if (this.#outside.store.get('', 'switch', paused)?.on) return
    const endpoints = this.#endpoints(account, event)
    this.#pending(account, event.id, endpoints.length)
    for (const { id } of endpoints) {
      this.#run(this.#insist(account, event.id, id))
    }
  }

  /** Once more to each endpoint, whether it was taken before or not. */
  async again(account: string, event: StoredEvent): Promise<(number | null)[]> {
    return Promise.all(
      this.#endpoints(account, event).map(({ id }) => this.#once(account, event.id, id, 1)),
    )
  }

  /** Resolves when every event has been brought, or given up. */
  async done(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running)
  }

  #endpoints(account: string, event: StoredEvent): Stripe.WebhookEndpoint[] {
    const all = this.#outside.store.list(account, 'webhook_endpoint')
    return all.filter((endpoint) => wants(endpoint, event))
  }

  #run(work: Promise<void>): void {
    const running = work.finally(() => this.#running.delete(running))
    this.#running.add(running)
  }

  #pending(account: string, id: string, by: number): void {
    const { store } = this.#outside
    const event = store.get(account, 'event', id)
    if (!event || by === 0) return
    store.put(account, 'event', { ...event, pending_webhooks: event.pending_webhooks + by })
  }

  async #insist(account: string, eventId: string, endpointId: string): Promise<void> {
    // After the answer to the call that caused it, as over a network.
    await sleep(0)
    const { retryAfterMs, store } = this.#outside
    for (let attempt = 1; ; attempt++) {
      const status = await this.#once(account, eventId, endpointId, attempt)
      if (taken(status)) return this.#pending(account, eventId, -1)
      const pause = retryAfterMs[attempt - 1]
      if (pause === undefined) return
      await sleep(pause)
      if (store.get('', 'switch', paused)?.on) return
    }
  }

  async #once(
    account: string,
    eventId: string,
    endpointId: string,
    attempt: number,
  ): Promise<number | null> {
    const { now, store } = this.#outside
    const event = store.get(account, 'event', eventId)
    const endpoint = store.get(account, 'webhook_endpoint', endpointId)
    const secret = store.get(account, 'secret', endpointId)?.secret
    if (!event || !endpoint || secret === undefined) return null
    const status = await this.#post(endpoint.url, secret, JSON.stringify(event, null, 2))
    store.put(account, 'delivery', {
      id: newId('whd'),
      account,
      event: eventId,
      type: event.type,
      endpoint: endpointId,
      url: endpoint.url,
      attempt,
      status,
      at: now(),
    })
    return status
  }

  async #post(url: string, secret: string, body: string): Promise<number | null> {
    const seconds = Math.floor(this.#outside.now() / 1000)
    const request = new Request(url, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
        'stripe-signature': await signed(secret, seconds, body),
      },
      body,
      signal: AbortSignal.timeout(20_000),
    })
    try {
      const response = await this.#outside.fetch(request)
      await response.body?.cancel()
      return response.status
    } catch {
      return null
    }
  }
}
