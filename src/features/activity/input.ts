import * as z from 'zod/mini'
import { topics } from '../../db/schema/activity.ts'
import { pageInput } from '../../lib/page.ts'
import { id } from '../../lib/schema.ts'

/** What one portal's log may be narrowed to. */
export const portalActivityInput = z.extend(pageInput, {
  topic: z.optional(z.enum(topics, `topic is one of ${topics.join(', ')}.`)),
  /** The id of an actor, as an entry names it. */
  person: z.optional(id),
})
export type PortalActivity = z.output<typeof portalActivityInput>

export const listActivityInput = z.extend(portalActivityInput, { portal: z.optional(id) })
export type ListActivity = z.output<typeof listActivityInput>
