import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Failure, FieldError } from '../../lib/failure.ts'
import { wordsFor } from '../failures.ts'

export interface ProblemDetails {
  status: ContentfulStatusCode
  title: string
  detail: string
  errors?: readonly FieldError[]
}

/** RFC 9457. The type is 'about:blank': the status says all there is to branch on. */
export function problem(c: Context, { status, ...details }: ProblemDetails): Response {
  const body = JSON.stringify({ type: 'about:blank', status, ...details })
  return c.body(body, status, { 'content-type': 'application/problem+json' })
}

/** `more` is what a program needs besides to go on, such as the item as it is now. */
export function failed(c: Context, failure: Failure, more: object = {}): Response {
  if (failure.kind === 'limited') c.header('Retry-After', String(failure.retryAfter))
  return problem(c, {
    ...wordsFor(failure),
    ...(failure.kind === 'invalid' ? { errors: failure.errors } : {}),
    ...more,
  })
}
