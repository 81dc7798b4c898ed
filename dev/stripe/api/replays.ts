import { Refused } from '../errors.ts'
import type { Replay } from '../rows.ts'
import type { Store } from '../store.ts'

export interface Answer {
  status: number
  body: string
}

interface Repeatable {
  key: string
  call: string
  /** Of the parameters, to tell whether they are the same. */
  print: string
}

const day = 24 * 60 * 60 * 1000

function refused(status: 400 | 409, message: string, code?: string): Refused {
  return new Refused(status, {
    type: 'idempotency_error',
    message,
    ...(code !== undefined && { code }),
  })
}

/** https://docs.stripe.com/api/idempotent_requests */
export class Replays {
  readonly #store: Store
  readonly #running = new Set<string>()

  constructor(store: Store) {
    this.#store = store
  }

  /** Held from before the body is read, so two calls that overlap are told apart. */
  begin(account: string, key: string): () => void {
    if (key.length > 255)
      throw refused(400, 'Idempotency keys must be at most 255 characters long.')
    const name = `${account} ${key}`
    if (this.#running.has(name)) {
      throw refused(
        409,
        `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`,
        'idempotency_key_in_use',
      )
    }
    this.#running.add(name)
    return () => this.#running.delete(name)
  }

  find(account: string, { key, call, print }: Repeatable, now: number): Replay | undefined {
    const found = this.#store.get(account, 'replay', key)
    if (!found || now - found.at > day) return undefined
    if (found.call !== call) {
      throw refused(
        400,
        `Keys for idempotent requests can only be used for the same endpoint they were first used for ('${found.call}' vs '${call}'). Try using a key other than '${key}' if you meant to execute a different request.`,
      )
    }
    if (found.print === print) return found
    throw refused(
      400,
      `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
    )
  }

  /** Refusals too: the same call again is refused again, whatever has changed. */
  keep(
    account: string,
    { key, call, print }: Repeatable,
    answer: Answer & { requestId: string; at: number },
  ): void {
    this.#store.put(account, 'replay', { id: key, call, print, ...answer })
  }
}
