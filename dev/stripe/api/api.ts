import { Hono } from 'hono'
import type { Context } from 'hono'
import { Books } from '../books.ts'
import type { Surroundings } from '../books.ts'
import { errorJson, invalid, Refused } from '../errors.ts'
import { draft } from '../draft.ts'
import { newId } from '../ids.ts'
import type { Operations } from '../schemas/operations.ts'
import { checked } from './check.ts'
import { expanded } from './expand.ts'
import { parseForm } from './form.ts'
import type { Tree } from './form.ts'
import { keyFrom, masked, permit } from './key.ts'
import { Replays } from './replays.ts'
import type { Answer } from './replays.ts'
import { onlyHeard } from './unheard.ts'

type Operation = keyof Operations
type Handler<O extends Operation, F extends keyof Operations[O]> = (
  books: Books,
  params: Pick<Operations[O], F>,
  id: string,
) => object

/** What is asked, once its form is right; run, it may still be refused. */
type Run = (books: Books) => object
type Check = (given: Tree, id: string) => Run

const formType = 'application/x-www-form-urlencoded'

/** The calls under /v1, each checked, answered and remembered as Stripe does. */
export class Api {
  readonly routes = new Hono()
  readonly #around: Surroundings
  readonly #replays: Replays

  constructor(around: Surroundings) {
    this.#around = around
    this.#replays = new Replays(around.store)
  }

  /** `takes`: the parameters that are acted on. Others are refused, even where Stripe knows them. */
  on<O extends Operation, F extends keyof Operations[O] & string>(
    operation: O,
    takes: readonly F[],
    handler: Handler<O, F>,
  ): void {
    const [method = '', path = ''] = operation.split(' ')
    const check: Check = (given, id) => {
      const params = checked(operation, given)
      onlyHeard(given, [...takes, 'expand'])
      return (books) => expanded(books, handler(books, params, id), expandOf(given))
    }
    this.routes.on(method.toUpperCase(), path.replace('{id}', ':id'), (c) => this.#answer(c, check))
  }

  unknown(): void {
    this.routes.all('/v1/*', (c) =>
      this.#answer(c, () => {
        const { method, path } = c.req
        throw new Refused(404, {
          type: 'invalid_request_error',
          message: `Unrecognized request URL (${method}: ${path}). Please see https://docs.stripe.com or we can help at https://support.stripe.com/.`,
        })
      }),
    )
  }

  async #answer(c: Context, check: Check): Promise<Response> {
    const id = newId('req', 14)
    const headers = { 'Request-Id': id, 'Stripe-Version': this.#around.apiVersion }
    try {
      const key = await keyFrom(c.req.header('authorization'))
      const { account } = key
      permit(key, c.req.method, c.req.path)
      this.#version(c.req.header('stripe-version'))
      this.#know(account, key.text)
      const again = c.req.method === 'POST' ? c.req.header('idempotency-key') : undefined
      if (again === undefined) {
        const run = check(parseForm(await sent(c)), c.req.param('id') ?? '')
        return respond(this.#run(account, { id, idempotency_key: null }, run), headers)
      }
      const release = this.#replays.begin(account, again)
      try {
        const text = await sent(c)
        const call = { key: again, call: `${c.req.method} ${c.req.path}`, print: sorted(text) }
        const kept = this.#replays.find(account, call, this.#around.now())
        const more = { ...headers, 'Idempotency-Key': again }
        if (kept) {
          const original = { 'Idempotent-Replayed': 'true', 'Original-Request': kept.requestId }
          return respond(kept, { ...more, ...original })
        }
        // What has the wrong form is not remembered: the key is free for the call put right.
        const run = check(parseForm(text), c.req.param('id') ?? '')
        const answer = this.#run(account, { id, idempotency_key: again }, run)
        this.#replays.keep(account, call, { ...answer, requestId: id, at: this.#around.now() })
        return respond(answer, { ...more, 'Original-Request': id })
      } finally {
        release()
      }
    } catch (error) {
      return respond(refusal(error, id), headers)
    }
  }

  #run(account: string, request: { id: string; idempotency_key: string | null }, run: Run): Answer {
    const { around, commit } = draft(this.#around)
    try {
      const body = JSON.stringify(run(new Books(around, account, request)))
      commit()
      return { status: 200, body }
    } catch (error) {
      return refusal(error, request.id)
    }
  }

  #know(account: string, key: string): void {
    if (this.#around.store.get(account, 'account', account)) return
    this.#around.store.put(account, 'account', { id: account, key: masked(key) })
  }

  #version(wanted: string | undefined): void {
    if (wanted === undefined || wanted === this.#around.apiVersion) return
    throw invalid(
      `Invalid Stripe API version: ${wanted}. The local Stripe speaks ${this.#around.apiVersion}, as the installed SDK does.`,
    )
  }
}

/** The same parameters in another order are the same. */
function sorted(text: string): string {
  const params = new URLSearchParams(text)
  params.sort()
  return params.toString()
}

function refusal(error: unknown, requestId: string): Answer {
  if (!(error instanceof Refused)) throw error
  return { status: error.status, body: JSON.stringify(errorJson(error.body, requestId)) }
}

function respond({ status, body }: Answer, headers: Record<string, string>): Response {
  return new Response(body, { status, headers: { ...headers, 'content-type': 'application/json' } })
}

async function sent(c: Context): Promise<string> {
  if (c.req.method === 'GET') return new URL(c.req.url).search.slice(1)
  const text = new TextDecoder().decode(await c.req.arrayBuffer())
  if (text === '' || c.req.header('content-type')?.split(';')[0]?.trim() === formType) return text
  throw invalid(
    `Invalid request (check that your POST content type is ${formType}). If you have any questions, we can help at https://support.stripe.com/.`,
  )
}

function expandOf(given: Tree): string[] {
  const { expand } = given
  if (typeof expand !== 'object') return []
  return Object.values(expand).filter((path) => typeof path === 'string')
}
