import { expect } from 'vitest'
import type { Known } from './known.ts'

export interface Refusal {
  status?: number
  type?: string
  code?: string
  param?: string
  message?: string
}

/** A body as text, or made of what is there. */
type Body = string | ((known: Known) => string)

export type Form = [rule: string, page: string, call: string, body: Body, refused: Refusal]
export type Query = [rule: string, page: string, query: string, refused: Refusal]

/** The error of an answer, which says why and can be asked about. */
export async function refusal(response: Response) {
  const { error } = await response.json<{ error: Required<Refusal> & { doc_url?: string } }>()
  expect(error.message, 'it says why').toBeTruthy()
  expect(response.headers.get('request-id')).toMatch(/^req_/)
  return { ...error, status: response.status }
}

/** Says in the words of what is expected, or as nearly all of them do. */
export function saysSo(
  answer: Awaited<ReturnType<typeof refusal>>,
  { message = '', ...fields }: Refusal,
  about: string,
): void {
  const usual = { status: 400, type: 'invalid_request_error' }
  expect.soft(answer, about).toMatchObject({ ...usual, ...fields })
  expect.soft(answer.message, about).toContain(message)
}
