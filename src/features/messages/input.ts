import * as z from 'zod/mini'
import { pageInput } from '../../lib/page.ts'
import { id, paragraph } from '../../lib/schema.ts'
import { LONGEST_MESSAGE } from './rules.ts'

export const sendMessageInput = z.object({
  /** A UUIDv7 chosen by the caller: the same one again makes no second message. */
  id: z.optional(id),
  body: paragraph('The message', LONGEST_MESSAGE).check(
    z.minLength(1, 'Write something before you send it.'),
  ),
})
export type SendMessage = z.output<typeof sendMessageInput>

export const listMessagesInput = z.extend(pageInput, {
  /** Shows what the team has put away too; clients never see it. */
  archived: z.optional(z.literal('1', 'archived is 1 or left out.')),
})
export type ListMessages = z.output<typeof listMessagesInput>

export const inboxInput = z.object({
  limit: pageInput.shape.limit,
  /** '<instant>.<id>' of the last thread seen. */
  cursor: z.optional(
    z.string().check(z.regex(/^\d{1,16}\.[0-9a-f-]{36}$/, 'This is not a cursor.')),
  ),
  unread: z.optional(z.literal('1', 'unread is 1 or left out.')),
})
export type InboxInput = z.output<typeof inboxInput>
