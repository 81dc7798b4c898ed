import { env as bindings } from 'cloudflare:workers'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { email } from '../src/db/schema/emails.ts'
import { newId } from '../src/lib/id.ts'
import { paths } from '../src/paths.ts'
import { scheduled } from '../src/scheduled.ts'
import { putFile } from './harness/file-scene.ts'
import { create, DAY, openScene, portal, type LinkJson } from './harness/link-scene.ts'
import { isWrite } from './harness/recorder.ts'
import { routes } from './harness/routes.ts'
import { key, newPortal, studio, world } from './harness/studio-scene.ts'

beforeEach(openScene)

interface Send {
  path: string
  once?: string | undefined
  body?: unknown
  as?: string
  headers?: Record<string, string> | undefined
}

const send = ({ path, once, body, as = key, headers }: Send): Promise<Response> =>
  world.request(path, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${as}`,
      'content-type': 'application/json',
      ...(once === undefined ? {} : { 'idempotency-key': once }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })

const openPortal = (once?: string, more: { body?: object; as?: string } = {}) =>
  send({ path: paths.api.portals, once, body: newPortal, ...more })

const count = async (table: string) =>
  (await bindings.DB.prepare(`select count(*) as n from ${table}`).first<{ n: number }>())?.n ?? 0

/** All that doing something twice would leave behind. */
const traces = async () => {
  const tables = [
    'activity',
    'portal',
    'contact',
    'link',
    'link_token',
    'email',
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
  return Object.fromEntries(
    await Promise.all(tables.map(async (table) => [table, await count(table)] as const)),
  )
}

const portals = async () => {
  const list = await world.api('GET', paths.api.portals, key)
  return (await list.json<{ items: { id: string; project: string }[] }>()).items
}

/** What stands before each case, by id. */
interface Made {
  link: LinkJson
  message: string
  request: string
  invoice: string
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
    const link = await create({ send: false })
    const written = await send({ path: paths.api.messages(portal), body: { body: 'There' } })
    const { id: message } = await written.json<{ id: string }>()
    const asked = await send({ path: paths.api.fileRequests(portal), body: { title: 'Menu' } })
    const { id: request } = await asked.json<{ id: string }>()
    const drafted = await send({
      path: paths.api.invoicesOf(portal),
      body: { lines, repeatable: true },
    })
    const { id: invoice } = await drafted.json<{ id: string }>()
    await known.before?.({ link, message, request, invoice })
    doings = known.silent ? 0 : 1
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
    const { id: file } = await putFile(studio, { portal, name: 'a.pdf', deletedAt: 1 })
    const planned = await send({ path: paths.api.milestones(portal), body: { title: 'Design' } })
    const milestone = await planned.json<{ id: string }>()
    path = route
      .replace(p, portal)
      .replace(l, link.id)
      .replace(m, milestone.id)
      .replace(r, request)
      .replace(i, invoice)
      .replace(':payment', payment)
      .replace(':email', mail)
      .replace(':message', message)
      .replace(':file', file)
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

it('makes one portal and one mail of twenty calls at once', async () => {
  const before = await traces()
  const all = await Promise.all(Array.from({ length: 20 }, () => openPortal('twenty')))
  expect(new Set(all.map(({ status }) => status))).toEqual(new Set([201]))
  const bodies = await Promise.all(
    all.map((answer) => answer.json<{ id: string; links: { url?: string }[] }>()),
  )
  expect(new Set(bodies.map(({ id }) => id)).size).toBe(1)
  expect(bodies.filter(({ links }) => links[0]?.url !== undefined)).toHaveLength(1)
  expect(await world.mails('jane@client.example')).toHaveLength(1)
  expect((await traces())['portal']).toBe((before['portal'] ?? 0) + 1)
})

it('keeps the call in the batch of the change itself', async () => {
  world.trips.length = 0
  await openPortal('one-batch')
  const claims = world.trips.filter((trip) =>
    trip.some((one) => isWrite(one) && one.sql.includes('insert into "idempotency"')),
  )
  expect(claims).toHaveLength(1)
  expect(claims[0]?.some(({ sql }) => sql.includes('insert into "portal"'))).toBe(true)
})

it('keeps nothing of what broke, and does it the next time', async () => {
  const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  await bindings.DB.prepare('alter table activity rename to elsewhere').run()
  expect((await openPortal('broken')).status).toBe(500)
  expect(await count('idempotency')).toBe(0)
  await bindings.DB.prepare('alter table elsewhere rename to activity').run()
  const again = await openPortal('broken')
  expect(again.status).toBe(201)
  expect(again.headers.has('idempotent-replayed')).toBe(false)
  logged.mockRestore()
})

it('keeps nothing of what was refused', async () => {
  const { id } = await create({ send: false })
  const member = await studio.key('member')
  const replace = paths.api.linkAction(portal, id, 'replace')
  const refused = [
    [openPortal('x', { body: { ...newPortal, project: '' } }), 422],
    [send({ path: paths.api.linkAction(portal, newId(1), 'pause'), once: 'x' }), 404],
    [send({ path: replace, once: 'x', body: { version: 9 } }), 409],
    [send({ path: replace, once: 'x', as: member }), 403],
  ] as const
  for (const [answer, status] of refused) expect((await answer).status).toBe(status)
  expect(await count('idempotency')).toBe(0)
  expect((await openPortal('x')).status).toBe(201)
})

it('counts as done what found nothing to do', async () => {
  const { id } = await create({ send: false })
  const path = paths.api.linkAction(portal, id, 'pause')
  await send({ path })
  const all = await Promise.all([1, 2, 3].map(() => send({ path, once: 'paused' })))
  expect(all.map(({ status }) => status)).toEqual([200, 200, 200])
  await send({ path: paths.api.linkAction(portal, id, 'resume') })
  const replay = await send({ path, once: 'paused' })
  expect(await replay.json()).toMatchObject({ id, state: 'live' })
})

it('shows the thing as it is now', async () => {
  const body = { contact, send: false }
  const path = paths.api.links(portal)
  const made = await (await send({ path, once: 'now', body })).json<LinkJson>()
  await world.api('PATCH', paths.api.link(portal, made.id), key, { scope: 'billing' })
  const replay = await send({ path, once: 'now', body })
  expect(await replay.json()).toMatchObject({ id: made.id, scope: 'billing' })
})

it('takes the id that the caller chose', async () => {
  const id = '01a20383-51d4-730e-bdd6-3c30997306b0'
  const body = { ...newPortal, id }
  for (const _ of [1, 2]) {
    const answer = await openPortal('mine', { body })
    expect(answer.status).toBe(201)
    expect(await answer.json()).toMatchObject({ id })
  }
})

it('knows a key for a day, and not longer', async () => {
  const start = Date.now()
  const first = await (await openPortal('day')).json<{ id: string }>()
  vi.setSystemTime(start + DAY - 60_000)
  expect(await (await openPortal('day')).json()).toMatchObject({ id: first.id })
  vi.setSystemTime(start + DAY + 60_000)
  const all = await Promise.all([1, 2, 3].map(() => openPortal('day')))
  const ids = await Promise.all(all.map(async (a) => (await a.json<{ id: string }>()).id))
  expect(new Set(ids).size).toBe(1)
  expect(ids[0]).not.toBe(first.id)
  expect((await openPortal('day', { body: { ...newPortal, project: 'Another' } })).status).toBe(409)
})

it('forgets what is older than a day when the cron cleans up', async () => {
  await openPortal('old')
  const start = Date.now()
  await scheduled('17 3 * * *', start + DAY - 60_000, world.env)
  expect(await count('idempotency')).toBe(1)
  await scheduled('17 3 * * *', start + DAY + 60_000, world.env)
  expect(await count('idempotency')).toBe(0)
})

it('keeps callers apart: keys, people and organisations may choose the same words', async () => {
  const other = await world.organization('other')
  const { cookie } = await studio.person('owner')
  const byPerson = () =>
    world.request(paths.api.portals, {
      method: 'POST',
      headers: {
        cookie,
        origin: world.origin,
        'content-type': 'application/json',
        'idempotency-key': 'same',
      },
      body: JSON.stringify(newPortal),
    })
  const answers = [
    await openPortal('same'),
    await openPortal('same', { as: await studio.key('owner') }),
    await openPortal('same', { as: await other.key('owner') }),
    await byPerson(),
  ]
  const ids = await Promise.all(answers.map(async (a) => (await a.json<{ id: string }>()).id))
  expect(new Set(ids).size).toBe(4)
  const again = await byPerson()
  expect(again.headers.get('idempotent-replayed')).toBe('true')
  expect(await again.json()).toMatchObject({ id: ids[3] })
})

it.each([
  ['nothing', ''],
  ['a blank', 'a b'],
  ['another alphabet', 'clé'],
  ['too much', 'x'.repeat(256)],
])('refuses %s for a key', async (_, once) => {
  const answer = await openPortal(once)
  expect(answer.status).toBe(422)
  expect(await answer.text()).toContain('Idempotency-Key')
  expect((await portals()).map(({ id }) => id)).toEqual([portal])
})

it('takes 255 visible characters', async () => {
  expect((await openPortal(`"${'~!'.repeat(126)}"`)).status).toBe(201)
  expect((await openPortal('x'.repeat(255))).status).toBe(201)
})

it('is of no interest to what is no POST', async () => {
  const { id } = await create({ send: false })
  const call = (method: string, body?: object) =>
    world.request(paths.api.link(portal, id), {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        'idempotency-key': 'a b',
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
  expect((await call('PATCH', { scope: 'billing' })).status).toBe(200)
  expect((await call('PATCH', { scope: 'all' })).status).toBe(200)
  expect((await call('DELETE')).status).toBe(204)
  expect(await count('idempotency')).toBe(0)
})

it('keeps no secret', async () => {
  await openPortal('secret')
  const { results } = await bindings.DB.prepare('select * from idempotency').all()
  expect(JSON.stringify(results)).not.toMatch(/Halcyon|jane|ap_/)
})

it('is described at every POST of the admin door, and nowhere else', async () => {
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
