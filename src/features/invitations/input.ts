import * as z from 'zod/mini'
import { roles } from '../../db/schema/organizations.ts'
import { emailAddress, line } from '../../lib/schema.ts'

export const inviteInput = z.object({
  email: emailAddress,
  role: z.enum(roles, 'Choose a role.'),
})
export type Invite = z.output<typeof inviteInput>

export const joinInput = z.object({
  /** Asked of somebody we don't know yet. */
  name: z.optional(line('Your name', 80)),
})
export type Join = z.output<typeof joinInput>
