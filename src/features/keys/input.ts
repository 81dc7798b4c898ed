import * as z from 'zod/mini'
import { roles } from '../../db/schema/organizations.ts'
import { id, instant, line } from '../../lib/schema.ts'

export const createKeyInput = z.object({
  /** A UUIDv7 chosen by the form: the same one again makes no second key. */
  id: z.optional(id),
  name: line('The name', 80),
  role: z.enum(roles, 'Choose what the key may do.'),
  expiresAt: z.optional(z.nullable(instant)),
})
export type CreateKey = z.output<typeof createKeyInput>
