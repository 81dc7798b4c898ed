import * as z from 'zod/mini'
import { scopes } from '../../db/schema/links.ts'
import { emailAddress, id, instant, line } from '../../lib/schema.ts'

export const contactInput = z.object(
  { name: line('The name', 120), email: emailAddress },
  'Say who the link is for: contact has a name and an email.',
)

const scope = z.enum(scopes, 'Choose what the link opens.')

export const createLinkInput = z.object({
  /** A UUIDv7 chosen by the caller: the same one again makes no second link. */
  id: z.optional(id),
  contact: contactInput,
  scope: z._default(scope, 'all'),
  expiresAt: z.optional(z.nullable(instant)),
  send: z._default(z.boolean('send is true or false.'), true),
})
export type CreateLink = z.output<typeof createLinkInput>

export const changeLinkInput = z.object({
  scope: z.optional(scope),
  expiresAt: z.optional(z.nullable(instant)),
})
export type ChangeLink = z.output<typeof changeLinkInput>

export const replaceLinkInput = z.object({
  /** The version that is to be replaced: a double click then replaces it once. */
  version: z.optional(z.int('version is a whole number.')),
  send: z._default(z.boolean('send is true or false.'), true),
})
export type ReplaceLink = z.output<typeof replaceLinkInput>
