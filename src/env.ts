import * as z from 'zod/mini'

/** What wrangler.toml binds; the settings among it are read through `settings`. */
export interface Env {
  DB: D1Database
  BUCKET: R2Bucket
  BURSTS_BY_ADDRESS: RateLimit
  BURSTS_BY_EMAIL: RateLimit
  APP_URL: string
  AUTH_SECRET: string
  LINK_SECRET: string
  SENDGRID_API_KEY: string
  SENDGRID_WEBHOOK_KEY: string
  SENDGRID_URL?: string
  MAIL_FROM: string
  MAIL_TIMEOUT_MS?: string
  FIRST_OWNER: string
  SIGN_UP?: string
}

export interface SecretKey {
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

const loopback = (url: string) => {
  const host = URL.canParse(url) ? new URL(url).hostname : ''
  return host === '127.0.0.1' || host === 'localhost' || host === '[::1]'
}

const schema = z.object({
  APP_URL: z
    .string('is missing: the address people open, as in https://portals.example.com')
    .check(
      z.refine(
        (url) => URL.canParse(url) && new URL(url).pathname === '/',
        'must be an address without a path, as in https://portals.example.com',
      ),
    ),
  AUTH_SECRET: z
    .string('is missing: at least 32 random characters')
    .check(z.minLength(32, 'is too short: at least 32 random characters')),
  LINK_SECRET: z
    .string('is missing: id:secret, as in k1:<64 hex characters>')
    .check(
      z.refine(
        (text) =>
          keys(text).length > 0 &&
          keys(text).every(({ id, secret }) => /^[a-z0-9]{1,16}$/.test(id) && secret.length >= 32),
        'must be id:secret pairs, the current one first, each secret at least 32 characters',
      ),
    ),
  SENDGRID_API_KEY: z.string('is missing').check(z.minLength(1, 'is empty')),
  SENDGRID_WEBHOOK_KEY: z
    .string("is missing: the event webhook's public key, as SendGrid shows it")
    .check(z.minLength(1, 'is empty')),
  SENDGRID_URL: z.optional(
    z.string().check(z.refine(loopback, 'may only name a loopback address')),
  ),
  MAIL_FROM: z
    .string('is missing: the address mails come from')
    .check(z.email('is not an email address')),
  MAIL_TIMEOUT_MS: z.optional(
    z.string().check(z.regex(/^\d+$/, 'must be a whole number of milliseconds')),
  ),
  FIRST_OWNER: z
    .string('is missing: the email address of the first owner')
    .check(z.email('is not an email address')),
  SIGN_UP: z.optional(z.enum(['open', 'closed'], 'must be open or closed')),
})

export interface Settings {
  /** Without a slash at its end. */
  appUrl: string
  authSecret: string
  /** The current key first; the others only read what they once signed. */
  linkKeys: readonly [SecretKey, ...SecretKey[]]
  sendgrid: { apiKey: string; url: string; timeoutMs: number }
  /** Base64 SPKI; several while one is replaced by another. */
  sendgridWebhookKeys: readonly string[]
  mailFrom: string
  firstOwner: string
  openSignUp: boolean
}

const checked = new WeakMap<Env, Settings>()

/** The settings, checked once per isolate. Throws an error that names every setting that is missing or wrong. */
export function settings(env: Env): Settings {
  let found = checked.get(env)
  if (!found) checked.set(env, (found = check(env)))
  return found
}

function check(env: Env): Settings {
  const parsed = z.safeParse(schema, env)
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`)
    throw new Error(`The settings are not complete. ${lines.join('; ')}.`)
  }
  const given = parsed.data
  const [current, ...older] = keys(given.LINK_SECRET)
  if (!current) throw new Error('LINK_SECRET holds no key.')
  return {
    appUrl: new URL(given.APP_URL).origin,
    authSecret: given.AUTH_SECRET,
    linkKeys: [current, ...older],
    sendgrid: {
      apiKey: given.SENDGRID_API_KEY,
      url: given.SENDGRID_URL ?? 'https://api.sendgrid.com',
      timeoutMs: Number(given.MAIL_TIMEOUT_MS ?? 10_000),
    },
    sendgridWebhookKeys: list(given.SENDGRID_WEBHOOK_KEY),
    mailFrom: given.MAIL_FROM,
    firstOwner: given.FIRST_OWNER.toLowerCase(),
    openSignUp: given.SIGN_UP === 'open',
  }
}
