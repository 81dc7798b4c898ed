import type { Context } from 'hono'
import * as z from 'zod/mini'
import { parse } from '../input.ts'
import { failed, problem } from './problem.ts'

/** The body checked by the schema, or the problem to answer with. No body at all counts as `{}`. */
export async function jsonBody<T extends z.core.$ZodType>(
  c: Context,
  schema: T,
): Promise<{ ok: true; value: z.output<T> } | { ok: false; response: Response }> {
  const text = await c.req.text()
  const type = c.req.header('content-type') ?? ''
  if (text !== '' && !/^application\/(?:[\w.+-]+\+)?json(?:;|$)/i.test(type)) {
    const detail = 'Send JSON, with Content-Type: application/json.'
    return { ok: false, response: problem(c, { status: 415, title: 'Not JSON', detail }) }
  }
  let body: unknown
  try {
    body = text === '' ? {} : JSON.parse(text)
  } catch {
    const errors = [{ path: '', message: 'The body is not valid JSON.' }]
    return { ok: false, response: failed(c, { kind: 'invalid', errors }) }
  }
  const parsed = parse(schema, body)
  return parsed.ok
    ? parsed
    : { ok: false, response: failed(c, { kind: 'invalid', errors: parsed.errors }) }
}
