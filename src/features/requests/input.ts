import * as z from 'zod/mini'
import { pageInput } from '../../lib/page.ts'
import { id, line, paragraph, plannedDay } from '../../lib/schema.ts'
import { LONGEST_NOTE } from './rules.ts'

export const openRequestInput = z.object({
  /** A UUIDv7 chosen by the caller: the same one again makes no second request. */
  id: z.optional(id),
  title: line('What you need', 160),
  note: z._default(paragraph('The note', LONGEST_NOTE), ''),
  dueOn: z._default(z.nullable(plannedDay), null),
})
export type OpenRequest = z.output<typeof openRequestInput>

export const listRequestsInput = pageInput
