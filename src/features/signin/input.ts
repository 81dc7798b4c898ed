import * as z from 'zod/mini'
import { emailAddress } from '../../lib/schema.ts'

export const signInInput = z.object({ email: emailAddress, next: z.optional(z.string()) })
export type SignIn = z.output<typeof signInInput>
