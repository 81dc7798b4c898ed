import { missing } from './errors.ts'
import { newId } from './ids.ts'
import type { EventType, Kind, Rows, StoredEvent } from './rows.ts'
import type { Store } from './store.ts'

export interface Surroundings {
  store: Store
  now: () => number
  /** Our own origin. */
  url: string
  apiVersion: string
  /** Hands an event on to the endpoints that want it. */
  deliver: (account: string, event: StoredEvent) => void
}

/** Words Stripe has for what isn't there. */
const words: Partial<Record<Kind, string>> = {
  'checkout.session': 'checkout.session',
  payment_link: 'payment link',
}

/** What one account holds, and how it changes: every change is put here and told by an event. */
export class Books {
  readonly account: string
  readonly url: string
  readonly #around: Surroundings
  readonly #request: StoredEvent['request']

  constructor(around: Surroundings, account: string, request: StoredEvent['request'] = null) {
    this.account = account
    this.url = around.url
    this.#around = around
    this.#request = request
  }

  /** Seconds, as all of Stripe's instants. */
  get now(): number {
    return Math.floor(this.#around.now() / 1000)
  }

  find<K extends Kind>(kind: K, id: string): Rows[K] | undefined {
    return this.#around.store.get(this.account, kind, id)
  }

  /** `param` is what named it, when that wasn't the address. */
  get<K extends Kind>(kind: K, id: string, param?: string): Rows[K] {
    const found = this.find(kind, id)
    if (!found) throw missing(words[kind] ?? kind, id, param)
    return found
  }

  /** A switch of the whole server. */
  isOn(name: string): boolean {
    return this.#around.store.get('', 'switch', name)?.on === true
  }

  /** Oldest first. */
  list<K extends Kind>(kind: K): Rows[K][] {
    return this.#around.store.list(this.account, kind)
  }

  put<K extends Kind>(kind: K, row: Rows[K]): Rows[K] {
    this.#around.store.put(this.account, kind, row)
    return row
  }

  remove(kind: Kind, id: string): void {
    this.#around.store.remove(this.account, kind, id)
  }

  /** The object as it is now; what becomes of it later is another event. */
  tell(type: EventType, object: object, previous?: object): void {
    const event = this.put('event', {
      id: newId('evt'),
      object: 'event',
      api_version: this.#around.apiVersion,
      created: this.now,
      data: { object, ...(previous && { previous_attributes: previous }) },
      livemode: false,
      pending_webhooks: 0,
      request: this.#request ?? { id: null, idempotency_key: null },
      type,
    })
    this.#around.deliver(this.account, event)
  }
}
