import { expect } from '@playwright/test'
import * as z from 'zod/mini'
import { demo } from './demo.ts'

const mail = z.object({
  id: z.string(),
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
})
export type Mail = z.infer<typeof mail>

const answer = z.object({ items: z.array(mail) })

/** Newest first. */
export async function mailsTo(address: string, mailUrl = demo().mailUrl): Promise<Mail[]> {
  const query = new URLSearchParams({ to: address })
  const response = await fetch(`${mailUrl}/api/messages?${query}`)
  return answer.parse(await response.json()).items
}

/** The newest mail to an address whose subject matches, as soon as it is there. */
export async function mailTo(
  address: string,
  subject: RegExp,
  mailUrl = demo().mailUrl,
): Promise<Mail> {
  let found: Mail | undefined
  await expect
    .poll(
      async () => {
        found = (await mailsTo(address, mailUrl)).find((each) => subject.test(each.subject))
        return found?.subject
      },
      { message: `a mail to ${address}` },
    )
    .toBeDefined()
  if (!found) throw new Error(`No mail to ${address}.`)
  return found
}

/** The address that a mail is about, or the first of a shape; the same in its text and its HTML. */
export function linkIn({ text, html }: Mail, shape = /^https?:\/\/\S+$/m): string {
  const address = shape.exec(text)?.[0]
  if (address === undefined) throw new Error('The mail has no link.')
  expect(html.replaceAll('&amp;', '&')).toContain(`href="${address}"`)
  return address
}
