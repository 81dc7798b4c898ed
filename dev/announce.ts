import type { Demo } from './demo-data.ts'
import { statePath, writePrivate } from './state.ts'

export interface Addresses {
  url: string
  mailUrl: string
  stripeUrl: string
  cronUrl: string
}

/** For scripts and black-box checks; apiKey and portalUrl are null without demo data. */
export async function writeDemoFile(addresses: Addresses, demo: Demo): Promise<void> {
  const { url, mailUrl, stripeUrl, cronUrl } = addresses
  const content = {
    url,
    signInUrl: demo.signInUrl,
    apiKey: demo.access?.apiKey ?? null,
    portalUrl: demo.access?.portalUrl ?? null,
    mailUrl,
    stripeUrl,
    stripeWebhookPath: demo.access?.stripeWebhookPath ?? null,
    cronUrl,
  }
  await writePrivate(statePath.demo, JSON.stringify(content, null, 2) + '\n')
}

export function announce(addresses: Addresses, demo: Demo): void {
  const rows = [
    ['App', addresses.url],
    ['Sign in', demo.signInUrl],
    ...(demo.access?.portalUrl ? [['A client’s page', demo.access.portalUrl]] : []),
    ['Inbox', addresses.mailUrl],
    ['Stripe', addresses.stripeUrl],
    ['Run the crons', `POST ${addresses.cronUrl} { "now": "${new Date().toISOString()}" }`],
    ['Also written to', statePath.demo],
  ]
  const table = rows.map(([name = '', value = '']) => `  ${name.padEnd(16)} ${value}`).join('\n')
  console.log(`\n${table}\n\nReady`)
}
