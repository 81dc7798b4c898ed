import * as z from 'zod/mini'
import { id, line } from '../../lib/schema.ts'

export const profileInput = z.object({ name: line('Your name', 80) })
export type Profile = z.output<typeof profileInput>

export const notifyInput = z.object({
  /** Of the person's own. */
  membership: id,
  notify: z.enum(['yes', 'no'], 'notify is yes or no.'),
})
export type Notify = z.output<typeof notifyInput>
