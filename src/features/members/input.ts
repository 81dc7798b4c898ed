import * as z from 'zod/mini'
import { roles } from '../../db/schema/organizations.ts'
import { pageInput } from '../../lib/page.ts'
import { id } from '../../lib/schema.ts'

export const changeRoleInput = z.object({ role: z.enum(roles, 'Choose a role.') })
export type ChangeRole = z.output<typeof changeRoleInput>

/** The members' page has two lists, each with a cursor of its own. */
export const teamInput = z.extend(pageInput, { invited: z.optional(id) })
export type TeamPage = z.output<typeof teamInput>
