import * as z from 'zod/mini'

/*
 * What SendGrid's POST /v3/mail/send takes, narrowed to what the app sends: anything else is refused,
 * so a new field is a deliberate change here too.
 * https://www.twilio.com/docs/sendgrid/api-reference/mail-send/mail-send
 * https://www.twilio.com/docs/sendgrid/api-reference/mail-send/errors
 */

const reserved = [
  'x-sg-id',
  'x-sg-eid',
  'received',
  'dkim-signature',
  'content-type',
  'content-transfer-encoding',
  'to',
  'from',
  'subject',
  'reply-to',
  'cc',
  'bcc',
]

const address = z.strictObject({
  email: z.string().check(z.email('Does not contain a valid address.')),
  name: z.optional(z.string()),
})

const headers = z.record(
  z.string().check(
    z.regex(/^[\x21-\x39\x3b-\x7e]+$/, 'The header name must be printable ASCII without a colon.'),
    z.refine(
      (name) => !reserved.includes(name.toLowerCase()),
      `The headers property may not contain a reserved header: ${reserved.join(', ')}.`,
    ),
  ),
  z.string().check(z.regex(/^[^\r\n]*$/, 'A header value may not contain a line break.')),
)

const customArgs = z
  .record(z.string(), z.string())
  .check(
    z.refine(
      (args) => new TextEncoder().encode(JSON.stringify(args)).length <= 10_000,
      'The custom_args may not exceed 10000 bytes.',
    ),
  )

const personalization = z
  .strictObject({
    to: z
      .array(address)
      .check(
        z.minLength(
          1,
          'The to array is required for all personalization objects, and must have at least one email object with a valid email address.',
        ),
      ),
    headers: z.optional(headers),
    custom_args: z.optional(customArgs),
  })
  .check(
    z.refine(
      ({ to }) => new Set(to.map(({ email }) => email.toLowerCase())).size === to.length,
      'Each email address in the personalization block should be unique between to, cc, and bcc.',
    ),
  )

const line = z
  .string()
  .check(z.minLength(1, 'The content value must be a string at least one character in length.'))
const text = z.strictObject({ type: z.literal('text/plain'), value: line })
const html = z.strictObject({ type: z.literal('text/html'), value: line })
const content = z
  .array(
    z.discriminatedUnion('type', [text, html], 'Only text/plain and text/html are taken here.'),
  )
  .check(
    z.minLength(
      1,
      'Unless a valid template_id is provided, the content parameter is required. There must be at least one defined content block.',
    ),
    z.refine(
      (parts) => new Set(parts.map(({ type }) => type)).size === parts.length,
      'If present, text/plain and text/html may only be provided once.',
    ),
    z.refine(
      (parts) => parts.findIndex(({ type }) => type === 'text/plain') <= 0,
      'If present, text/plain must be first, followed by text/html, followed by any other content.',
    ),
  )

const toggle = z.strictObject({ enable: z.boolean() })

export const mailSend = z.strictObject({
  personalizations: z
    .array(personalization)
    .check(
      z.minLength(
        1,
        'The personalizations field is required and must have at least one personalization.',
      ),
      z.maxLength(
        1000,
        'The personalization block is limited to 1000 personalizations per API request.',
      ),
    ),
  from: address,
  reply_to: z.optional(address),
  subject: z
    .string()
    .check(
      z.minLength(1, 'The subject must be a string at least one character in length.'),
      z.regex(/^[^\r\n]*$/, 'The subject may not contain a line break.'),
    ),
  content,
  headers: z.optional(headers),
  custom_args: z.optional(customArgs),
  categories: z.optional(
    z
      .array(z.string().check(z.maxLength(255, 'A category name may not exceed 255 characters.')))
      .check(
        z.maxLength(10, 'You may not define more than 10 categories per request.'),
        z.refine((names) => new Set(names).size === names.length, 'The categories must be unique.'),
      ),
  ),
  tracking_settings: z.optional(
    z.strictObject({
      click_tracking: z.optional(
        z.strictObject({ enable: z.boolean(), enable_text: z.optional(z.boolean()) }),
      ),
      open_tracking: z.optional(toggle),
      subscription_tracking: z.optional(toggle),
      ganalytics: z.optional(toggle),
    }),
  ),
  mail_settings: z.optional(
    z.strictObject({
      sandbox_mode: z.optional(toggle),
      bypass_list_management: z.optional(toggle),
    }),
  ),
})

export type MailSend = z.infer<typeof mailSend>
