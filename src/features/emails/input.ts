import * as z from 'zod/mini'
import { emailStates } from '../../db/schema/emails.ts'
import { pageInput } from '../../lib/page.ts'

export const listEmailsInput = z.extend(pageInput, {
  status: z.optional(z.enum(emailStates, 'This is not a state a mail can be in.')),
  attention: z.optional(z.literal('1', 'attention is 1 or left out.')),
})
export type ListEmails = z.output<typeof listEmailsInput>
