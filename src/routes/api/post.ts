import type { Context } from 'hono'
import { once } from '../../features/idempotency/once.ts'
import { isIdempotencyKey } from '../../features/idempotency/rules.ts'
import type { Failure } from '../../lib/failure.ts'
import { newId } from '../../lib/id.ts'
import type { Result } from '../../lib/result.ts'
import type { Admin } from '../http.ts'
import type { Body } from './json.ts'
import { failed, problem } from './problem.ts'

type Here = Context<Admin>

/** A POST of the admin door, in two halves, so that a replay can be answered without doing it again. */
interface Post<T> {
  status: 200 | 201
  /** Whether what was done is only begun: 202. The same for a replay, whatever became of it. */
  accepted?: (view: object) => boolean
  /** What it takes: `(c) => jsonBody(c, schema)`, or `noInput`. */
  input: (c: Here) => Promise<Body<T>>
  /** Whether its body is a file's, which is never read to compare: then `said` alone makes it this call. */
  streams?: (c: Here) => boolean
  /** What else makes it this call, beside its address and its body. */
  said?: (c: Here) => string
  /**
   * Calls the verb, and answers with the view of what it did. `id` is for what it makes: the caller's
   * own where the input has one. Only here may a view hold what is shown once, such as an address.
   */
  act: (c: Here, input: T, id: string) => Promise<Result<object, Failure>>
  /** The view of the same thing as it is now, without a secret; undefined when it is gone. */
  show: (c: Here, id: string) => Promise<object | undefined>
}

/** For a POST whose address says it all. */
export const noInput = async (): Promise<Body<undefined>> => ({ ok: true, value: undefined })

const malformed: Failure = {
  kind: 'invalid',
  errors: [
    { path: 'Idempotency-Key', message: 'Idempotency-Key is 1 to 255 visible ASCII characters.' },
  ],
}

const anotherCall = {
  status: 409,
  title: 'This Idempotency-Key was used for something else',
  detail: 'The same key came with another path or body before. Take a new key for a new call.',
} as const

const gone = {
  status: 410,
  title: 'It is gone',
  detail: 'This was done before under the same Idempotency-Key, and has been deleted since.',
} as const

/** Every POST of the admin door goes through this: a test calls each of them twice under one key. */
export const post =
  <T>({
    status,
    accepted = () => false,
    input,
    streams = () => false,
    said = () => '',
    act,
    show,
  }: Post<T>) =>
  async (c: Here): Promise<Response> => {
    const body = await input(c)
    if (!body.ok) return body.response
    const id = idIn(body.value) ?? newId(c.get('ctx').now)
    const verb = () => act(c, body.value, id)
    const shown = (view: object) => c.json(view, accepted(view) ? 202 : status)
    const answer = (result: Result<object, Failure>) =>
      result.ok ? shown(result.value) : failed(c, result.failure)

    const key = c.req.header('idempotency-key')
    if (key === undefined) return answer(await verb())
    if (!isIdempotencyKey(key)) return failed(c, malformed)
    const { pathname, search } = new URL(c.req.url)
    const text = streams(c) ? '' : await c.req.text()
    const request = `${c.req.method} ${pathname}${search}\n${said(c)}${text}`
    const done = await once(c.get('ctx'), { key, request, resource: id }, verb)
    switch (done.kind) {
      case 'ran':
        return answer(done.result)
      case 'another-call':
        return problem(c, anotherCall)
      case 'done-before': {
        c.header('Idempotent-Replayed', 'true')
        const now = await show(c, done.resource)
        return now ? shown(now) : problem(c, gone)
      }
    }
  }

/** The id that the caller chose for what is made. */
function idIn(input: unknown): string | undefined {
  if (typeof input !== 'object' || input === null || !('id' in input)) return undefined
  return typeof input.id === 'string' ? input.id : undefined
}
