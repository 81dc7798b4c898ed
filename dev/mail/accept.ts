import type { Message } from './message.ts'
import type { MailSend } from './schema.ts'

function header(headers: Record<string, string>, name: string): string | undefined {
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1]
}

/** Sending the same Message-ID twice makes two mails, as it does with SendGrid. */
export function messagesOf(mail: MailSend, sendId: string, now: number): Message[] {
  const part = (type: string) =>
    mail.content.find((content) => content.type === type)?.value ?? null
  return mail.personalizations.flatMap((personalization) => {
    const headers = { ...mail.headers, ...personalization.headers }
    return personalization.to.map((to) => ({
      id: crypto.randomUUID(),
      sendId,
      messageId: header(headers, 'message-id') ?? `<${sendId}@local.sendgrid.example>`,
      to: to.email,
      toName: to.name ?? null,
      from: mail.from.email,
      fromName: mail.from.name ?? null,
      replyTo: mail.reply_to?.email ?? null,
      subject: mail.subject,
      text: part('text/plain'),
      html: part('text/html'),
      headers,
      customArgs: { ...mail.custom_args, ...personalization.custom_args },
      categories: mail.categories ?? [],
      clickTracking: mail.tracking_settings?.click_tracking?.enable ?? true,
      at: now,
      events: [],
    }))
  })
}
