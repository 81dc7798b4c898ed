import * as z from 'zod/mini'
import { line } from '../../lib/schema.ts'

export const profileInput = z.object({ name: line('Your name', 80) })
export type Profile = z.output<typeof profileInput>
