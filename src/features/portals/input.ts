import * as z from 'zod/mini'
import { currency, id, line } from '../../lib/schema.ts'
import { contactInput } from '../links/input.ts'

export const createPortalInput = z.object({
  /** A UUIDv7 chosen by the caller: the same one again makes no second portal. */
  id: z.optional(id),
  project: line('The project', 160),
  client: line('The client', 160),
  currency,
  contact: contactInput,
  send: z._default(z.boolean('send is true or false.'), true),
})
export type CreatePortal = z.output<typeof createPortalInput>
