import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env as bindings } from 'cloudflare:workers'
import { createMailApp } from '../../dev/mail/app.ts'
import { fetch } from '../../src/app.ts'
import type { Ctx, TenantCtx } from '../../src/ctx.ts'
import { database } from '../../src/db/client.ts'
import { user } from '../../src/db/schema/accounts.ts'
import { apiKey } from '../../src/db/schema/keys.ts'
import { member } from '../../src/db/schema/members.ts'
import { organization, type Role } from '../../src/db/schema/organizations.ts'
import { settings, type Env } from '../../src/env.ts'
import { sha256 } from '../../src/lib/hash.ts'
import { newId } from '../../src/lib/id.ts'
import { runJobs } from '../../src/jobs.ts'
import { paths } from '../../src/paths.ts'
import { answerFor } from './outbound.ts'
import { recorded, type Trips } from './recorder.ts'

let worlds = 0

const keyPair = (await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
  'sign',
  'verify',
])) as CryptoKeyPair
const base64 = (bytes: ArrayBuffer) => btoa(String.fromCharCode(...new Uint8Array(bytes)))
const publicKey = base64((await crypto.subtle.exportKey('spki', keyPair.publicKey)) as ArrayBuffer)

export interface Mail {
  id: string
  to: string
  toName: string | null
  fromName: string | null
  subject: string
  text: string
  html: string
  headers: Record<string, string>
}

const unlimited: RateLimit = { limit: () => Promise.resolve({ success: true }) }

/** Answers in the mail server's place, or undefined to let it answer itself. */
export type Intercept = (request: Request) => Response | undefined | Promise<Response | undefined>

/** One app with a mail server and a database of its own making, beside every other test's. */
export class World {
  readonly origin: string
  readonly mailUrl: string
  env: Env
  readonly trips: Trips
  readonly id = String(++worlds)
  readonly signingKey = keyPair.privateKey
  #intercept: Intercept | undefined
  readonly #mail

  constructor(overrides: Partial<Env> = {}) {
    this.origin = `https://w${this.id}.test`
    const mailUrl = `http://127.0.0.1:${10_000 + worlds}`
    const { d1, trips } = recorded(bindings.DB)
    this.trips = trips
    this.env = {
      ...bindings,
      DB: d1,
      // The real ones count by the real clock; a test of their own tries them.
      BURSTS_BY_ADDRESS: unlimited,
      BURSTS_BY_EMAIL: unlimited,
      BURSTS_BY_CALLER: unlimited,
      FAILURES_BY_NETWORK: unlimited,
      APP_URL: this.origin,
      AUTH_SECRET: `secret-of-world-${this.id}-0123456789abcdef`,
      LINK_SECRET: `k1:links-of-world-${this.id}-0123456789abcdef`,
      SENDGRID_API_KEY: 'SG.test',
      SENDGRID_WEBHOOK_KEY: publicKey,
      SENDGRID_URL: mailUrl,
      MAIL_FROM: 'portals@studio.example',
      MAIL_TIMEOUT_MS: '200',
      FIRST_OWNER: `first-${this.id}@studio.example`,
      ...overrides,
    }
    this.#mail = createMailApp({
      apiKey: 'SG.test',
      webhook: {
        url: this.origin + paths.webhooks.sendgrid,
        key: keyPair.privateKey,
        fetch: (request) => this.fetch(request),
      },
      intercept: (request) => this.#intercept?.(request),
    })
    this.mailUrl = mailUrl
    this.mailServerIs('up')
  }

  intercept(how: Intercept | undefined): void {
    this.#intercept = how
  }

  /** Down: nobody listens at its address. */
  mailServerIs(state: 'up' | 'down'): void {
    answerFor(this.mailUrl, state === 'up' ? (request) => this.#mail.fetch(request) : undefined)
  }

  /** The mail server takes the mail, whatever is then made of its answer. */
  async deliver(request: Request): Promise<Response> {
    const intercept = this.#intercept
    this.#intercept = undefined
    try {
      return await this.#mail.fetch(request.clone())
    } finally {
      this.#intercept = intercept
    }
  }

  async fetch(request: Request): Promise<Response> {
    const execution = createExecutionContext()
    const response = await fetch(request, this.env, execution)
    await waitOnExecutionContext(execution)
    return response
  }

  /** A new isolate reads its settings anew. */
  restarted(): this {
    this.env = { ...this.env }
    return this
  }

  request(path: string, init: RequestInit = {}): Promise<Response> {
    return this.fetch(new Request(this.origin + path, { redirect: 'manual', ...init }))
  }

  /** A form as a browser sends it from one of our own pages. */
  form(path: string, values: Record<string, string>, cookie?: string): Promise<Response> {
    return this.request(path, {
      method: 'POST',
      body: new URLSearchParams(values),
      headers: { origin: this.origin, ...(cookie ? { cookie } : {}) },
    })
  }

  api(method: string, path: string, key: string, body?: unknown): Promise<Response> {
    return this.request(path, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  }

  /** The cron's minute, `ahead` milliseconds from now. */
  async minute(ahead = 0): Promise<void> {
    await runJobs(this.env, Date.now() + ahead, 500, { cron: '* * * * *' })
  }

  async mails(to?: string): Promise<Mail[]> {
    const query = to === undefined ? '' : `?to=${encodeURIComponent(to)}`
    const response = await this.#mail.request(`http://mail.test/api/messages${query}`)
    const { items } = await response.json<{ items: Mail[] }>()
    return items
  }

  /** What SendGrid would report about a mail it took. */
  report(mail: Mail, event: 'delivered' | 'bounce' | 'open'): Promise<Response> {
    return Promise.resolve(
      this.#mail.request(`http://mail.test/api/messages/${mail.id}/events`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ event }),
      }),
    )
  }

  ctx(): Ctx {
    return {
      db: database(this.env.DB),
      settings: settings(this.env),
      now: Date.now(),
      actor: { kind: 'stranger' },
      enqueued: false,
    }
  }

  async organization(name: string): Promise<Tenant> {
    const { db, now } = this.ctx()
    const id = newId(now)
    const slug = `${name}-${this.id}`
    const facts = {
      id,
      slug,
      name,
      timeZone: 'Europe/Oslo',
      locale: 'en-GB',
      currency: 'EUR',
      accent: null,
      logo: null,
      linkDays: null,
    }
    await db.insert(organization).values({ ...facts, createdAt: new Date(now) })
    return new Tenant(this, facts)
  }

  /** Signs a known address in as a person would: form, mail, link, button. */
  async signIn(email: string): Promise<string> {
    await this.form(paths.signIn, { email })
    const [mail] = await this.mails(email)
    const token = /token=([\w-]+)/.exec(mail?.text ?? '')?.[1]
    if (token === undefined) throw new Error(`No sign-in mail reached ${email}.`)
    return this.confirm(token)
  }

  async confirm(token: string): Promise<string> {
    const response = await this.form(paths.confirm, { token })
    return response.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ')
  }
}

export interface Colleague {
  /** Of the membership. */
  id: string
  userId: string
  email: string
}

/** One organisation of a world. */
export class Tenant {
  readonly world: World
  readonly facts: TenantCtx['organization']

  constructor(world: World, facts: TenantCtx['organization']) {
    this.world = world
    this.facts = facts
  }

  get slug(): string {
    return this.facts.slug
  }

  async person(role: Role): Promise<Colleague & { cookie: string }> {
    const colleague = await this.member(role)
    return { ...colleague, cookie: await this.world.signIn(colleague.email) }
  }

  /** Somebody of the team who is signed in nowhere. */
  async member(role: Role): Promise<Colleague> {
    const { db, now } = this.world.ctx()
    const email = `${role}-${newId(now).slice(-12)}@${this.slug}.example`
    const at = new Date(now)
    const userId = newId(now)
    const id = newId(now)
    await db.batch([
      db.insert(user).values({
        id: userId,
        name: `${role} of ${this.facts.name}`,
        email,
        emailVerified: true,
        createdAt: at,
        updatedAt: at,
      }),
      db.insert(member).values({ id, organizationId: this.facts.id, userId, role, createdAt: at }),
    ])
    return { id, userId, email }
  }

  async key(role: Role): Promise<string> {
    const { db, now } = this.world.ctx()
    const key = `ap_${newId(now).replaceAll('-', '')}`
    await db.insert(apiKey).values({
      id: newId(now),
      organizationId: this.facts.id,
      name: `${role} key`,
      role,
      hash: await sha256(key),
      createdAt: now,
    })
    return key
  }

  /** What a verb is handed when an owner's key calls it. */
  ctx(role: Role = 'owner', now = Date.now()): TenantCtx {
    const actor = { kind: 'apiKey', id: 'test', name: 'Test', role } as const
    return { ...this.world.ctx(), now, actor, organization: this.facts }
  }
}
