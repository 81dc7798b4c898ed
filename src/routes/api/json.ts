import type { Context } from 'hono'
import type * as z from 'zod/mini'
import type { FieldError } from '../../lib/failure.ts'
import { parse } from '../input.ts'
import { failed, problem } from './problem.ts'

export type Body<T> = { ok: true; value: T } | { ok: false; response: Response }

const isJson = (type: string): boolean => /^application\/(?:[\w.+-]+\+)?json(?:;|$)/i.test(type)

/** The body checked by the schema, or the problem to answer with. No body at all counts as `{}`. */
export async function jsonBody<T extends z.core.$ZodType>(
  c: Context,
  schema: T,
): Promise<Body<z.output<T>>> {
  const invalid = (errors: readonly FieldError[]) => ({
    ok: false as const,
    response: failed(c, { kind: 'invalid', errors }),
  })
  const empty = c.req.raw.body === null || c.req.header('content-length') === '0'
  if (!empty && !isJson(c.req.header('content-type') ?? '')) {
    const detail = 'Send JSON, with Content-Type: application/json.'
    return { ok: false, response: problem(c, { status: 415, title: 'Not JSON', detail }) }
  }
  const text = empty ? '' : await c.req.text()
  let body: unknown
  try {
    body = text === '' ? {} : JSON.parse(text)
  } catch {
    return invalid([{ path: '', message: 'The body is not valid JSON.' }])
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return invalid([{ path: '', message: 'Send a JSON object.' }])
  }
  const parsed = parse(schema, body)
  return parsed.ok ? parsed : invalid(parsed.errors)
}
