import type * as z from 'zod/mini'

export interface Operation {
  method: 'options' | 'get' | 'post' | 'patch' | 'delete'
  path: string
  summary: string
  /** The schema that checks the input: a body, or a query for `get`. */
  input?: z.core.$ZodType
  ok: { status: 200 | 201 | 204; description: string }
  /** True for the doors that ask for no key and no session. */
  open?: boolean
}

export const item = { status: 200, description: 'The item as it is now.' } as const
export const list = {
  status: 200,
  description: '{ items, next }: one page, newest first.',
} as const
