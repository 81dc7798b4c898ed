import { parseEnv } from 'node:util'
import type { LocalSecrets } from './secrets.ts'
import { readIfThere, statePath, writePrivate } from './state.ts'

export type Settings = Record<string, string>

/** Settings the app can do without and wrangler.toml doesn't name. */
const optional = [
  'SENDGRID_WEBHOOK_KEY',
  'SENDGRID_URL',
  'SETTINGS_KEY',
  'STRIPE_URL',
  'MAIL_TIMEOUT_MS',
  'SIGN_UP',
  'STORAGE_GB',
]

export interface Defaults {
  port: number
  mailUrl: string
  stripeUrl: string
  secrets: LocalSecrets
}

function defaults({ port, mailUrl, stripeUrl, secrets }: Defaults): Settings {
  return {
    APP_URL: `http://127.0.0.1:${port}`,
    AUTH_SECRET: secrets.authSecret,
    LINK_SECRET: secrets.linkSecret,
    SETTINGS_KEY: secrets.settingsKey,
    SENDGRID_API_KEY: 'SG.local',
    SENDGRID_WEBHOOK_KEY: secrets.webhook.publicKey,
    SENDGRID_URL: mailUrl,
    STRIPE_URL: stripeUrl,
    MAIL_FROM: 'portals@adminstack.example',
    FIRST_OWNER: 'maya@northwind.example',
  }
}

/** The environment wins over .dev.vars, which wins over the defaults. Setting one to nothing unsets it. */
export async function mergedSettings(given: Defaults, declared: string[]): Promise<Settings> {
  const fromFile = parseEnv((await readIfThere('.dev.vars')) ?? '')
  const merged: Record<string, string | undefined> = { ...defaults(given), ...fromFile }
  for (const name of new Set([...Object.keys(merged), ...declared, ...optional])) {
    merged[name] = process.env[name] ?? merged[name]
  }
  return Object.fromEntries(
    Object.entries(merged).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  )
}

/** Double quotes keep line breaks; wrangler expands $NAME in any quotes, so a dollar sign is escaped. */
function quoted(value: string): string {
  const safe = value.replaceAll('$', '\\$')
  const quote = [`'`, '"', '`'].find((mark) => !safe.includes(mark))
  if (quote === undefined) throw new Error('A setting uses all three kinds of quotes.')
  return quote + safe + quote
}

export async function writeEnvFile(settings: Settings): Promise<void> {
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${quoted(value)}`)
  await writePrivate(statePath.env, lines.join('\n') + '\n')
}
