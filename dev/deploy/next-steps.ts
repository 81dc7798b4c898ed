interface Done {
  appUrl: string
  isNew: boolean
  /** Set with this deploy. */
  secrets: Readonly<Record<string, string>>
  /** Set before. */
  there: readonly string[] | undefined
}

/** What is left for a person to do, in other people's dashboards. */
export function nextSteps({ appUrl, isNew, secrets, there }: Done): string {
  const live = `\nLive at ${appUrl}`
  const knowsEvents =
    'SENDGRID_WEBHOOK_KEY' in secrets || (there?.includes('SENDGRID_WEBHOOK_KEY') ?? false)
  const steps = [
    ...(isNew
      ? [
          'In SendGrid, Settings, Sender Authentication: authenticate the domain of MAIL_FROM, or nothing arrives.',
          'In SendGrid, Settings, Tracking: leave click tracking off. It breaks links.',
        ]
      : []),
    ...(knowsEvents
      ? []
      : [
          `In SendGrid, Settings, Mail Settings, Event Webhook: post to ${appUrl}/api/webhooks/sendgrid, choose processed, delivered, bounced, dropped and opened, switch the signed webhook on, and run "npm run deploy" again with its public key. Until then emails stay at Sent.`,
        ]),
    ...(isNew
      ? [`Open ${appUrl}/sign-in and enter the address of FIRST_OWNER: the mail lets you in.`]
      : []),
  ]
  if (steps.length === 0) return live
  return `${live}\n\nWhat is left to do:\n${steps.map((step, n) => `  ${n + 1}. ${step}`).join('\n')}`
}
