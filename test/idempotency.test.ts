import { env as bindings } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { email } from '../src/db/schema/emails.ts'
import { newId } from '../src/lib/id.ts'
import { paths } from '../src/paths.ts'
import { putFile } from './harness/file-scene.ts'
import { create, openScene, portal, token, type LinkJson } from './harness/link-scene.ts'
import { withJobsWaiting } from './harness/no-jobs.ts'
import { routes } from './harness/routes.ts'
import { count, send } from './harness/sending.ts'
import { snapshot } from './harness/snapshot.ts'
import { newPortal, studio, world } from './harness/studio-scene.ts'

/** All that doing something twice would leave behind. */
const tables = [
  'activity',
  'portal',
  'contact',
  'link',
  'link_token',
  'email',
  'job',
  'milestone',
  'idempotency',
  'message',
  'file',
  'upload',
  'file_request',
  'invoice',
  'payment',
  'credit_note',
]
const counting = `select ${tables.map((name) => `(select count(*) from ${name}) as ${name}`).join()}`

const traces = async () =>
  (await bindings.DB.prepare(counting).first<Record<string, number>>()) ?? {}

/** What stands before each case, by id. */
interface Made {
  link: LinkJson
  message: string
  request: string
  /** A draft that may be paid again and again. */
  invoice: string
  milestone: string
  /** Deleted a while ago. */
  file: string
  /** A mail that bounced. */
  mail: string
}

async function make(): Promise<Made> {
  await openScene()
  await withJobsWaiting(bindings.DB)
  const idOf = async (path: string, body: object) =>
    (await (await send({ path, body })).json<{ id: string }>()).id
  const mail = newId(Date.now())
  await studio.ctx().db.insert(email).values({
    id: mail,
    key: mail,
    organizationId: studio.facts.id,
    portalId: portal,
    kind: 'link',
    to: 'x@client.example',
    data: {},
    state: 'bounced',
    stateAt: 0,
    createdAt: 0,
  })
  return {
    link: await create({ send: false }),
    message: await idOf(paths.api.messages(portal), { body: 'There' }),
    request: await idOf(paths.api.fileRequests(portal), { title: 'Menu' }),
    invoice: await idOf(paths.api.invoicesOf(portal), { lines, repeatable: true }),
    milestone: await idOf(paths.api.milestones(portal), { title: 'Design' }),
    file: (await putFile(studio, { portal, name: 'a.pdf', deletedAt: 1 })).id,
    mail,
  }
}

/** Made once, by the real doors; every test then begins with the very same rows. */
let made: { things: Made; restore: () => Promise<void> } | undefined

async function makeAgain(): Promise<Made> {
  if (made) {
    await made.restore()
    await withJobsWaiting(bindings.DB)
  } else {
    const things = await make()
    made = { things, restore: await snapshot(bindings.DB) }
  }
  // Nothing that a test before remembered or was handed.
  world.restarted()
  return made.things
}

interface Case {
  body?: object
  /** What has to be so before the call does anything. */
  before?: (made: Made) => Promise<unknown>
  /** Leaves nothing in the activity. */
  silent?: boolean
  headers?: Record<string, string>
}

const contact = { name: 'New', email: 'new@client.example' }
const p = ':portal'
const l = ':link'
const m = ':milestone'
const r = ':request'
const i = ':invoice'
const lines = [{ description: 'Work', quantity: '1', unitAmount: 100 }]
const payment = '01a20383-51d4-730e-bdd6-3c30997306b0'
const received = { amount: 100, method: 'bank', receivedOn: '2026-01-02' }

const issue = (invoice: string, body = {}) =>
  send({ path: paths.api.invoiceAction(portal, invoice, 'issue'), body })
const issued: Case['before'] = ({ invoice }) => issue(invoice)
// What went out a moment ago is not sent again.
const issuedQuietly: Case['before'] = ({ invoice }) => issue(invoice, { send: false })
const paid: Case['before'] = async ({ invoice }) => {
  await issue(invoice)
  const path = paths.api.payments(portal, invoice)
  return send({ path, body: { id: payment, ...received } })
}

/** How each POST of the admin door is called; one that is missing here fails. */
const cases: Record<string, Case> = {
  [paths.api.portals]: { body: newPortal },
  [paths.api.portalAction(p, 'archive')]: {},
  [paths.api.portalAction(p, 'restore')]: {
    before: () => send({ path: paths.api.portalAction(portal, 'archive') }),
  },
  [paths.api.links(p)]: { body: { contact } },
  [paths.api.linkAction(p, l, 'replace')]: { body: {} },
  [paths.api.linkAction(p, l, 'pause')]: {},
  [paths.api.linkAction(p, l, 'resume')]: {
    before: ({ link }) => send({ path: paths.api.linkAction(portal, link.id, 'pause') }),
  },
  [paths.api.linkAction(p, l, 'send')]: {},
  [paths.api.linkAction(p, l, 'reveal')]: {},
  [paths.api.retryEmail(':email')]: {},
  [paths.api.milestones(p)]: { body: { title: 'Launch' } },
  [paths.api.requestApproval(p, m)]: {},
  [paths.api.messages(p)]: { body: { body: 'Hello' } },
  [paths.api.messageAction(p, ':message', 'archive')]: {},
  [paths.api.messageAction(p, ':message', 'restore')]: {
    before: ({ message }) => send({ path: paths.api.messageAction(portal, message, 'archive') }),
  },
  [paths.api.fileAction(p, ':file', 'restore')]: {},
  [paths.api.uploads(p)]: {
    silent: true,
    headers: {
      'tus-resumable': '1.0.0',
      'upload-length': '5',
      'upload-metadata': `filename ${btoa('a.bin')}`,
    },
  },
  [paths.api.fileRequests(p)]: { body: { title: 'Logo' } },
  [paths.api.fileRequestAction(p, r, 'close')]: {},
  [paths.api.fileRequestAction(p, r, 'reopen')]: {
    before: ({ request }) => send({ path: paths.api.fileRequestAction(portal, request, 'close') }),
  },
  // A draft concerns nobody yet.
  [paths.api.invoicesOf(p)]: { body: { lines }, silent: true },
  [paths.api.invoiceAction(p, i, 'duplicate')]: { body: {}, silent: true },
  [paths.api.invoiceAction(p, i, 'issue')]: { body: {} },
  [paths.api.invoiceAction(p, i, 'void')]: { body: { reason: 'Twice' }, before: issued },
  [paths.api.invoiceAction(p, i, 'end')]: { before: issued },
  [paths.api.invoiceAction(p, i, 'remind')]: { before: issued },
  [paths.api.invoiceAction(p, i, 'pause-reminders')]: { before: issued },
  [paths.api.invoiceAction(p, i, 'resume-reminders')]: {
    async before({ invoice }) {
      await issue(invoice)
      await send({ path: paths.api.invoiceAction(portal, invoice, 'pause-reminders') })
    },
  },
  [paths.api.invoiceAction(p, i, 'clear-answer')]: {
    async before({ invoice, link }) {
      await issue(invoice)
      await world.request(paths.api.clientInvoiceAnswer(token(link.url), invoice), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ kind: 'problem', note: 'Twice' }),
      })
    },
  },
  [paths.api.portalAction(p, 'pause-reminders')]: {},
  [paths.api.portalAction(p, 'resume-reminders')]: {
    async before() {
      await send({ path: paths.api.portalAction(portal, 'pause-reminders') })
    },
  },
  [paths.api.invoiceAction(p, i, 'send')]: { before: issuedQuietly },
  [paths.api.revealInvoice(p, i)]: { body: {}, before: issued },
  [paths.api.creditNotes(p, i)]: { body: { lines, reason: 'Too much' }, before: issued },
  [paths.api.payments(p, i)]: { body: received, before: issued },
  [paths.api.paymentAction(p, i, ':payment', 'refund')]: { body: { amount: 100 }, before: paid },
  [paths.api.paymentAction(p, i, ':payment', 'reverse')]: { body: {}, before: paid },
  // Reading is no doing: it is seen in the thread, and nothing tells of it.
  [paths.api.portalSeen(p)]: { silent: true },
}

const posts = (await routes())
  .filter(({ method, path }) => method === 'POST' && path.startsWith('/api/'))
  .map(({ path }) => path)
  // The client's door and the webhooks have no such header.
  .filter((path) => !/^\/api\/(?:portal|webhooks|unsubscribe)\//.test(path))

describe.each(posts)('POST %s under one key', (route) => {
  let path: string
  let body: object | undefined
  let headers: Record<string, string> | undefined
  let doings: number

  beforeEach(async () => {
    const known = cases[route]
    if (!known) throw new Error(`Tell test/idempotency how POST ${route} is called.`)
    const things = await makeAgain()
    await known.before?.(things)
    doings = known.silent ? 0 : 1
    path = route
      .replace(p, portal)
      .replace(l, things.link.id)
      .replace(m, things.milestone)
      .replace(r, things.request)
      .replace(i, things.invoice)
      .replace(':payment', payment)
      .replace(':email', things.mail)
      .replace(':message', things.message)
      .replace(':file', things.file)
    body = known.body
    headers = known.headers
  })

  it('does it once, and shows the same thing again without a secret', async () => {
    const before = await traces()
    const first = await send({ path, once: 'a', body, headers })
    expect(first.ok).toBe(true)
    expect(first.headers.get('idempotent-replayed')).toBeNull()
    const done = await traces()
    expect(done['activity']).toBe((before['activity'] ?? 0) + doings)
    const second = await send({ path, once: 'a', body, headers })
    expect(second.status).toBe(first.status)
    expect(second.headers.get('idempotent-replayed')).toBe('true')
    expect(await traces()).toEqual(done)
    const shown = await second.text()
    expect(shown).not.toMatch(/"url"|[0-9a-f]{64}|ap_/)
    const { id } = await first.json<{ id: string }>()
    expect(JSON.parse(shown)).toMatchObject({ id })
  })

  it('refuses the key with another body, or at another address', async () => {
    await send({ path, once: 'a', body, headers })
    const done = await traces()
    const another = await send({ path, once: 'a', body: { ...body, more: 'x' }, headers })
    expect(another.status).toBe(409)
    expect(another.headers.get('content-type')).toBe('application/problem+json')
    expect((await send({ path: `${path}?x=1`, once: 'a', body, headers })).status).toBe(409)
    expect(await traces()).toEqual(done)
  })

  it('says that it is gone once it was deleted', async () => {
    await send({ path, once: 'a', body, headers })
    await bindings.DB.batch([
      bindings.DB.prepare('delete from portal'),
      bindings.DB.prepare('delete from email'),
    ])
    const after = await send({ path, once: 'a', body, headers })
    expect(after.status).toBe(410)
    expect(after.headers.get('content-type')).toBe('application/problem+json')
  })

  it('does it once for many at the same time', async () => {
    const before = await traces()
    const all = await Promise.all(
      [1, 2, 3, 4, 5].map(() => send({ path, once: 'a', body, headers })),
    )
    expect(new Set(all.map(({ status }) => status)).size).toBe(1)
    expect(all.filter(({ headers }) => headers.has('idempotent-replayed'))).toHaveLength(4)
    const after = await traces()
    expect(after['activity']).toBe((before['activity'] ?? 0) + doings)
    expect(after['idempotency']).toBe(1)
  })

  it('still does it each time without one', async () => {
    await send({ path, body, headers })
    expect((await send({ path, body, headers })).headers.has('idempotent-replayed')).toBe(false)
    expect(await count('idempotency')).toBe(0)
  })
})

it('is described at every POST of the admin door, and nowhere else', async () => {
  await makeAgain()
  type Described = { parameters: { name: string; in: string }[]; responses: object }
  const { paths: described } = await (
    await world.request(paths.api.openapi)
  ).json<{ paths: Record<string, Record<string, Described>> }>()
  const named = Object.entries(described).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, { parameters }]) =>
      parameters.some(({ name }) => name === 'Idempotency-Key') ? [`${method} ${path}`] : [],
    ),
  )
  const there = posts.map((path) => `post ${path.replace(/:(\w+)/g, '{$1}')}`)
  expect(named.sort()).toEqual([...new Set(there)].sort())
  expect(Object.keys(described[paths.api.portals]?.['post']?.responses ?? {})).toContain('429')
})
