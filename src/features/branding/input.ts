import * as z from 'zod/mini'
import { colourOf, isColour } from '../../lib/colour.ts'
import { emailAddress, emptyIsNull, line } from '../../lib/schema.ts'

const accent = z
  .string('The accent colour is missing.')
  .check(
    z.overwrite(colourOf),
    z.refine(isColour, 'Give the colour as in #1f64b5, or leave it empty.'),
  )

export const changeBrandingInput = z.object({
  accent: emptyIsNull(accent),
  senderName: emptyIsNull(line('The sender name', 80)),
  replyTo: emptyIsNull(emailAddress),
})
export type ChangeBranding = z.output<typeof changeBrandingInput>
