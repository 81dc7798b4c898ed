/** What wrangler.toml binds; the settings among it are read through `settings`. */
export interface Env {
  DB: D1Database
  BUCKET: R2Bucket
  /** The files of `public`. */
  ASSETS: Fetcher
  BURSTS_BY_ADDRESS: RateLimit
  BURSTS_BY_EMAIL: RateLimit
  BURSTS_BY_CALLER: RateLimit
  FAILURES_BY_NETWORK: RateLimit
  APP_URL: string
  AUTH_SECRET: string
  LINK_SECRET: string
  SENDGRID_API_KEY: string
  /** Known only once SendGrid has the address of its event webhook, so not at the first deploy. */
  SENDGRID_WEBHOOK_KEY?: string
  SENDGRID_URL?: string
  /** Without it nothing can be sealed, so no organisation can set up payments by card. */
  SETTINGS_KEY?: string
  STRIPE_URL?: string
  MAIL_FROM: string
  MAIL_TIMEOUT_MS?: string
  FIRST_OWNER: string
  SIGN_UP?: string
  STORAGE_GB?: string
}

interface SecretKey {
  id: string
  secret: string
}

const list = (text: string) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')

function keys(text: string): SecretKey[] {
  return list(text).map((item) => {
    const colon = item.indexOf(':')
    return { id: item.slice(0, colon), secret: item.slice(colon + 1) }
  })
}

interface Check {
  holds: (text: string) => boolean
  /** What to read behind the setting's name when it is missing or doesn't hold. */
  wants: string
  optional?: boolean
}

const isEmail = (text: string) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)
const isLoopback = (url: string) =>
  URL.canParse(url) && /^(?:127\.0\.0\.1|localhost|\[::1\])$/.test(new URL(url).hostname)
const isOrigin = (url: string) =>
  URL.canParse(url) && new URL(url).href === `${new URL(url).origin}/`
const isKey = ({ id, secret }: SecretKey) => /^[a-z0-9]{1,16}$/.test(id) && secret.length >= 32

const named: Check = {
  holds: (text) => {
    const all = keys(text)
    const ids = new Set(all.map(({ id }) => id))
    return all.length > 0 && ids.size === all.length && all.every(isKey)
  },
  wants:
    'id:secret pairs with commas between, no id twice, the current one first, as in k1:<64 hex characters>',
}
const loopback: Check = {
  holds: isLoopback,
  wants: 'a loopback address, for local mode',
  optional: true,
}

// By hand, and not by zod: a client's page checks its settings too, and zod would be a third of it.
const checks: Record<string, Check> = {
  APP_URL: {
    holds: (url) => isOrigin(url) && (url.startsWith('https:') || isLoopback(url)),
    wants: 'the address people open, https and without a path, as in https://portals.example.com',
  },
  AUTH_SECRET: { holds: (text) => text.length >= 32, wants: 'at least 32 random characters' },
  LINK_SECRET: named,
  SETTINGS_KEY: { ...named, optional: true },
  STRIPE_URL: loopback,
  SENDGRID_API_KEY: { holds: (text) => text !== '', wants: 'a key that may send mail' },
  SENDGRID_WEBHOOK_KEY: {
    holds: (text) => list(text).length > 0,
    wants: 'the public key that SendGrid shows for its event webhook',
    optional: true,
  },
  SENDGRID_URL: loopback,
  MAIL_FROM: { holds: isEmail, wants: 'the email address that mails come from' },
  MAIL_TIMEOUT_MS: {
    holds: (text) => /^[1-9]\d{0,4}$/.test(text),
    wants: 'a whole number of milliseconds, below 100000',
    optional: true,
  },
  FIRST_OWNER: { holds: isEmail, wants: 'the email address of the first owner' },
  SIGN_UP: {
    holds: (text) => text === 'open' || text === 'closed',
    wants: 'open or closed',
    optional: true,
  },
  STORAGE_GB: {
    holds: (text) => /^[1-9]\d{0,5}$/.test(text),
    wants: 'a whole number of gigabytes that one organisation may keep, below 1000000',
    optional: true,
  },
}

export const STRIPE = 'https://api.stripe.com'

export interface Settings {
  /** Without a slash at its end. */
  appUrl: string
  authSecret: string
  /** The current key first; the others only read what they once signed. */
  linkKeys: readonly [SecretKey, ...SecretKey[]]
  /** What organisations' own secrets are sealed with, the current key first; undefined while none is set. */
  settingsKeys: readonly [SecretKey, ...SecretKey[]] | undefined
  /** Stripe's own address, or a loopback one; keys of real money never go to the latter. */
  stripeUrl: string
  sendgrid: { apiKey: string; url: string; timeoutMs: number; from: string }
  /** Base64 SPKI; several while one is replaced by another, none until SendGrid has made one. */
  sendgridWebhookKeys: readonly string[]
  firstOwner: string
  openSignUp: boolean
  /** Bytes that one organisation's files may take. */
  storage: number
}

const checked = new WeakMap<Env, Settings>()

/** The settings, checked once per isolate. Throws an error that names every setting that is missing or wrong. */
export function settings(env: Env): Settings {
  let found = checked.get(env)
  if (!found) checked.set(env, (found = check(env)))
  return found
}

/** What is wrong with the value of a setting, as in 'MAIL_FROM must be ...'. Undefined when it holds. */
export function complaint(name: string, value: unknown): string | undefined {
  const found = checks[name]
  if (!found) return undefined
  const { holds, wants, optional = false } = found
  const fine = value === undefined ? optional : typeof value === 'string' && holds(value)
  return fine ? undefined : `${name} must be ${wants}`
}

function check(env: Env): Settings {
  const given = new Map<string, unknown>(Object.entries(env))
  const wrong = Object.keys(checks).flatMap((name) => complaint(name, given.get(name)) ?? [])
  if (wrong.length > 0) throw new Error(`The settings are not complete: ${wrong.join('; ')}.`)
  const [current, ...older] = keys(env.LINK_SECRET)
  const [sealing, ...sealedBefore] = keys(env.SETTINGS_KEY ?? '')
  if (!current) throw new Error('LINK_SECRET holds no key.')
  return {
    appUrl: new URL(env.APP_URL).origin,
    authSecret: env.AUTH_SECRET,
    linkKeys: [current, ...older],
    settingsKeys: sealing && [sealing, ...sealedBefore],
    stripeUrl: env.STRIPE_URL ?? STRIPE,
    sendgrid: {
      apiKey: env.SENDGRID_API_KEY,
      url: env.SENDGRID_URL ?? 'https://api.sendgrid.com',
      timeoutMs: Number(env.MAIL_TIMEOUT_MS ?? 10_000),
      from: env.MAIL_FROM,
    },
    sendgridWebhookKeys: list(env.SENDGRID_WEBHOOK_KEY ?? ''),
    firstOwner: env.FIRST_OWNER.toLowerCase(),
    openSignUp: env.SIGN_UP === 'open',
    storage: Number(env.STORAGE_GB ?? 50) * 1024 ** 3,
  }
}
