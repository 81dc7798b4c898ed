import * as z from 'zod/mini'
import { complaint } from '../../src/env.ts'
import { Trouble } from '../trouble.ts'
import { jsonOf } from './account.ts'
import { listOf, valueOf } from './toml.ts'
import type { How, Tools } from './tools.ts'

/** What the Worker has already. Undefined: there is no such Worker yet. */
export async function secretsThere(tools: Tools, how: How): Promise<string[] | undefined> {
  const ran = await tools.wrangler(['secret', 'list', '--format', 'json'], how)
  const names = z.safeParse(z.array(z.object({ name: z.string() })), jsonOf(ran.stdout))
  if (ran.ok && names.success) return names.data.map(({ name }) => name)
  // Nothing else may pass for it: its secrets would be made anew.
  if (/Worker "[^"]*"[^\n]* not found/.test(ran.output)) return undefined
  throw new Trouble(
    `The Worker's secrets could not be listed. Nothing was changed.\n\n${ran.output.trim()}`,
  )
}

export interface Wanted {
  /** Secrets to set with the deploy. Those that are not named stay as they are. */
  secrets: Record<string, string>
  /** Undefined for the address that Cloudflare gives, which the first deploy tells. */
  appUrl: string | undefined
}

const words: Record<string, string> = {
  MAIL_FROM: 'The address that emails come from, at a domain that SendGrid has authenticated',
  FIRST_OWNER:
    'Your own email address: it opens the first organisation and sees the operator’s page',
  SENDGRID_API_KEY: 'A SendGrid API key that may send mail (it is not shown while you paste it)',
  SENDGRID_WEBHOOK_KEY: 'The public key of SendGrid’s event webhook (Enter leaves it for later)',
}

/**
 * Made here, once: a new AUTH_SECRET signs everybody out, a new LINK_SECRET changes every link, a
 * new SETTINGS_KEY opens none of the secrets that organisations have given us.
 */
const made: Record<string, (tools: Tools) => string> = {
  AUTH_SECRET: ({ random }) => random(32),
  // The key's name is new too, so that links of a lost one are known to be of another.
  LINK_SECRET: ({ random }) => `k${random(4)}:${random(32)}`,
  SETTINGS_KEY: ({ random }) => `s${random(4)}:${random(32)}`,
}

/** May be set with a deploy when somebody names them, and is asked for or not. */
const optional = ['SENDGRID_WEBHOOK_KEY', 'SIGN_UP', 'STORAGE_GB', 'MAIL_TIMEOUT_MS']

async function asked(tools: Tools, name: string, mayBeEmpty = false): Promise<string | undefined> {
  if (!tools.ask) return undefined
  for (;;) {
    const secret = name === 'SENDGRID_API_KEY'
    const answer = (await tools.ask(`${words[name] ?? name}:`, { secret })).trim()
    if (answer === '' && mayBeEmpty) return undefined
    const wrong = complaint(name, answer)
    if (!wrong) return answer
    tools.say(`${wrong}.`)
  }
}

const isLocal = (url: string): boolean =>
  /^(?:127\.0\.0\.1|localhost|\[::1\])$/.test(new URL(url).hostname)

async function addressFor(tools: Tools, toml: string): Promise<string | undefined> {
  const noted = valueOf(toml, '[vars]', 'APP_URL')
  const known = noted !== undefined && URL.canParse(noted) && !isLocal(noted) ? noted : undefined
  const given = tools.env['APP_URL']
  const check = (url: string) =>
    complaint('APP_URL', url) ?? (isLocal(url) ? 'APP_URL is local' : undefined)
  if (given !== undefined) {
    const wrong = check(given)
    if (wrong) throw new Trouble(`${wrong}. Nothing was changed.`)
    return new URL(given).origin
  }
  if (known !== undefined || !tools.ask) return known
  for (;;) {
    const answer = (
      await tools.ask(
        'The address people will open, as in https://portals.example.com, at a domain of this account (Enter for the workers.dev address that Cloudflare gives):',
      )
    ).trim()
    if (answer === '') return undefined
    const wrong = check(answer)
    if (!wrong) return new URL(answer).origin
    tools.say(`${wrong}.`)
  }
}

/** All that is to be known before anything is made: from the environment, else from the person. */
export async function settleSettings(
  tools: Tools,
  toml: string,
  there: readonly string[] | undefined,
): Promise<Wanted> {
  const secrets: Record<string, string> = {}
  const missing: string[] = []
  // The app does without SETTINGS_KEY, so wrangler.toml doesn't require it; what is deployed from here has one.
  for (const name of [...listOf(toml, '[secrets]', 'required'), 'SETTINGS_KEY']) {
    const known = there?.includes(name) ?? false
    const make = made[name]
    // What is made once is never replaced from here, whatever the environment holds.
    if (make && known) continue
    const given = tools.env[name] || undefined
    const value = given ?? (known ? undefined : (make?.(tools) ?? (await asked(tools, name))))
    if (value !== undefined) secrets[name] = value
    else if (!known) missing.push(name)
  }
  for (const name of optional) {
    const given = tools.env[name] || undefined
    // SendGrid has the key once it has the address, so it is not asked for at the first deploy.
    const later = name === 'SENDGRID_WEBHOOK_KEY' && there !== undefined && !there.includes(name)
    const value = given ?? (later ? await asked(tools, name, true) : undefined)
    if (value !== undefined) secrets[name] = value
  }
  const wrong = Object.entries(secrets).flatMap(([name, value]) => complaint(name, value) ?? [])
  if (missing.length > 0 || wrong.length > 0) {
    const wants = missing.map((name) => `${name} is missing`)
    throw new Trouble(
      `${[...wants, ...wrong].join('; ')}. Set it in the environment, or run this where somebody can answer. Nothing was changed.`,
    )
  }
  return { secrets, appUrl: await addressFor(tools, toml) }
}
