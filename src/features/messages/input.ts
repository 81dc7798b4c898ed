import * as z from 'zod/mini'
import { pageInput } from '../../lib/page.ts'
import { id } from '../../lib/schema.ts'
import { LONGEST_MESSAGE, shownWords } from './rules.ts'

/** Any number of lines. What nobody could see is left out: whoever pasted it along can't find it. */
const words = z
  .string('The message is missing.')
  .check(
    z.overwrite(shownWords),
    z.normalize('NFC'),
    z.minLength(1, 'Write something before you send it.'),
    z.maxLength(
      LONGEST_MESSAGE,
      `A message holds ${LONGEST_MESSAGE.toLocaleString('en')} characters: send the rest in a second one.`,
    ),
  )

export const sendMessageInput = z.object({
  /** A UUIDv7 chosen by the caller: the same one again makes no second message. */
  id: z.optional(id),
  body: words,
})
export type SendMessage = z.output<typeof sendMessageInput>

export const listMessagesInput = z.extend(pageInput, {
  /** Shows what the team has put away too; clients never see it. */
  archived: z.optional(z.literal('1', 'archived is 1 or left out.')),
})

/** A page of the dashboard, which leads both ways. */
export const showMessagesInput = z.object({
  cursor: z.optional(id),
  after: z.optional(id),
  archived: listMessagesInput.shape.archived,
})

export const inboxInput = z.object({
  limit: pageInput.shape.limit,
  /** '<instant>.<id>' of the last thread seen. */
  cursor: z.optional(
    z.string().check(z.regex(/^\d{1,16}\.[0-9a-f-]{36}$/, 'This is not a cursor.')),
  ),
  unread: z.optional(z.literal('1', 'unread is 1 or left out.')),
})
export type InboxInput = z.output<typeof inboxInput>
