import { beforeEach, describe, expect, it, vi } from 'vitest'
import { paths } from '../src/paths.ts'
import { firstView } from './harness/budget.ts'
import { World, type Tenant } from './harness/world.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

let world: World
let studio: Tenant
let key: string
let portal: string

interface LinkJson {
  id: string
  url?: string
  state: string
  scope: string
  expiresAt: string | null
  lastSeenAt: string | null
  seenCount: number
  email: { status: string; at: string } | null
  contact: { name: string; email: string }
}

const jane = { name: 'Jane Cooper', email: 'jane@client.example' }

beforeEach(async () => {
  world = new World()
  studio = await world.organization('studio')
  key = await studio.key('owner')
  const made = await world.api('POST', paths.api.portals, key, {
    project: 'Website relaunch',
    client: 'Halcyon Coffee',
    currency: 'EUR',
    contact: { name: 'First', email: 'first@client.example' },
    send: false,
  })
  portal = (await made.json<{ id: string }>()).id
})

async function call(method: string, path: string, body?: unknown): Promise<LinkJson> {
  const response = await world.api(method, path, key, body)
  expect(response.ok, `${method} ${path} ${response.status}`).toBe(true)
  return response.json()
}

const create = (over: object = {}) =>
  call('POST', paths.api.links(portal), { contact: jane, ...over })
const act = (
  link: LinkJson,
  action: 'pause' | 'resume' | 'replace' | 'send' | 'reveal',
  body?: unknown,
) => call('POST', paths.api.linkAction(portal, link.id, action), body)
const open = async (url = '') => (await world.request(new URL(url).pathname)).status
const token = (url = '') => url.slice(-64)
const mailsTo = async (to: string) => (await world.mails(to)).length
const happenings = async () => {
  const { results } = await world.env.DB.prepare('select kind from activity order by id').all<{
    kind: string
  }>()
  return results.map(({ kind }) => kind)
}

describe('a link', () => {
  it('has a token of 64 hex characters, which D1 holds as a hash alone', async () => {
    const { url } = await create()
    expect(url).toMatch(/^https:\/\/w\d+\.test\/portal\/[0-9a-f]{64}$/)
    const { results } = await world.env.DB.prepare('select * from link_token').all()
    expect(JSON.stringify(results)).not.toContain(token(url))
  })

  it('is shown without its address in lists', async () => {
    await create()
    const list = await world.api('GET', paths.api.links(portal), key)
    const { items, next } = await list.json<{ items: LinkJson[]; next: null }>()
    expect(items).toHaveLength(2)
    expect(next).toBeNull()
    for (const item of items) expect(item).not.toHaveProperty('url')
  })

  it('is one of many, listed oldest first and page by page', async () => {
    for (const n of [1, 2, 3]) {
      await create({ contact: { name: `C${n}`, email: `c${n}@client.example` }, send: false })
    }
    const names: string[] = []
    let next: string | null = ''
    while (next !== null) {
      const query: string = next === '' ? '' : `&cursor=${next}`
      const answer = await world.api('GET', `${paths.api.links(portal)}?limit=2${query}`, key)
      const page = await answer.json<{ items: LinkJson[]; next: string | null }>()
      names.push(...page.items.map(({ contact }) => contact.name))
      next = page.next
    }
    expect(names).toEqual(['First', 'C1', 'C2', 'C3'])
  })

  it('is mailed once, made once, when the same one is asked for twice', async () => {
    const id = '01a20383-51d4-730e-bdd6-3c30997306b0'
    const both = await Promise.all([create({ id }), create({ id })])
    expect(both.map((link) => link.id)).toEqual([id, id])
    expect(both.filter(({ url }) => url !== undefined)).toHaveLength(1)
    expect(await mailsTo(jane.email)).toBe(1)
  })

  it('gives its address to nobody who names its id', async () => {
    const { id } = await create({ send: false })
    const member = await studio.key('member')
    const post = (body: object) => world.api('POST', paths.api.links(portal), member, body)
    const same = await post({ id, contact: jane })
    expect(same.status).toBe(201)
    expect(await same.json()).not.toHaveProperty('url')
    const other = await post({ id, contact: { name: 'Eve', email: 'eve@evil.example' } })
    expect(other.status).toBe(409)
    expect(await mailsTo('eve@evil.example')).toBe(0)
  })

  it('belongs to a contact known by email, in any case of letters', async () => {
    await create()
    await create({ contact: { name: 'Jane C.', email: 'JANE@Client.example' }, scope: 'billing' })
    const { items } = await (
      await world.api('GET', paths.api.links(portal), key)
    ).json<{ items: LinkJson[] }>()
    const names = items
      .filter((link) => link.contact.email === jane.email)
      .map((l) => l.contact.name)
    expect(names).toEqual(['Jane C.', 'Jane C.'])
  })

  it('can’t be made in a foreign portal', async () => {
    const other = await world.organization('other')
    const foreign = await other.key('owner')
    const answer = await world.api('POST', paths.api.links(portal), foreign, { contact: jane })
    expect(answer.status).toBe(404)
    expect(await mailsTo(jane.email)).toBe(0)
  })

  it.each([
    ['contact', { contact: undefined }, 'contact'],
    ['a name', { contact: { name: ' ', email: jane.email } }, 'contact.name'],
    ['an address', { contact: { name: 'x', email: 'jane@' } }, 'contact.email'],
    ['a readable name', { contact: { name: 'J\u202Eane', email: jane.email } }, 'contact.name'],
    ['a known scope', { scope: 'admin' }, 'scope'],
    ['an instant', { expiresAt: 'tomorrow' }, 'expiresAt'],
    ['a future', { expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt'],
  ])('wants %s', async (_, over, path) => {
    const answer = await world.api('POST', paths.api.links(portal), key, { contact: jane, ...over })
    expect(answer.status).toBe(422)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    const { errors } = await answer.json<{ errors: { path: string }[] }>()
    expect(errors.map((error) => error.path)).toContain(path)
  })
})

describe('pause and resume', () => {
  it('close and open the door, and may be asked for twice', async () => {
    const link = await create()
    expect(await open(link.url)).toBe(200)
    await Promise.all([act(link, 'pause'), act(link, 'pause')])
    expect((await act(link, 'pause')).state).toBe('paused')
    expect(await open(link.url)).toBe(404)
    expect((await act(link, 'resume')).state).toBe('live')
    expect((await act(link, 'resume')).state).toBe('live')
    expect(await open(link.url)).toBe(200)
    const log = await happenings()
    expect(log.filter((kind) => kind === 'link.paused')).toHaveLength(1)
    expect(log.filter((kind) => kind === 'link.resumed')).toHaveLength(1)
  })

  it('keep a paused link from being sent', async () => {
    const link = await create({ send: false })
    await act(link, 'pause')
    const sent = await world.api('POST', paths.api.linkAction(portal, link.id, 'send'), key)
    expect(sent.status).toBe(409)
  })
})

describe('expiry', () => {
  it('ends a link at its instant, and a later one brings it back', async () => {
    const expiresAt = new Date(Date.now() + HOUR).toISOString()
    const link = await create({ expiresAt })
    expect(link).toMatchObject({ state: 'live', expiresAt })
    expect(await open(link.url)).toBe(200)
    vi.setSystemTime(Date.now() + HOUR)
    expect(await open(link.url)).toBe(404)
    const later = new Date(Date.now() + DAY).toISOString()
    const path = paths.api.link(portal, link.id)
    expect((await call('PATCH', path, { expiresAt: later })).state).toBe('live')
    expect(await open(link.url)).toBe(200)
    expect((await call('PATCH', path, { expiresAt: null })).expiresAt).toBeNull()
  })

  it('loses neither of two changes made at once', async () => {
    const link = await create({ send: false })
    const path = paths.api.link(portal, link.id)
    const later = new Date(Date.now() + DAY).toISOString()
    await Promise.all([
      world.api('PATCH', path, key, { scope: 'billing' }),
      world.api('PATCH', path, key, { expiresAt: later }),
    ])
    await call('PATCH', path, { expiresAt: later })
    expect(await call('PATCH', path, { scope: 'billing' })).toMatchObject({
      scope: 'billing',
      expiresAt: later,
    })
    expect((await happenings()).filter((kind) => kind === 'link.changed')).toHaveLength(2)
  })

  it('keeps its instant when the form changes something else', async () => {
    const { cookie } = await studio.person('owner')
    const expiresAt = new Date(Date.now() + 5 * DAY + 4_321).toISOString()
    const link = await create({ expiresAt })
    const address = paths.link(studio.slug, portal, link.id)
    const page = await (await world.request(address, { headers: { cookie } })).text()
    const shown = /name="expiresAt"[^>]*value="([\d-]+)"/.exec(page)?.[1] ?? ''
    expect(shown).toMatch(/^\d{4}-\d\d-\d\d$/)
    await world.form(address, { scope: 'billing', expiresAt: shown }, cookie)
    const list = await world.api('GET', paths.api.links(portal), key)
    const { items } = await list.json<{ items: LinkJson[] }>()
    expect(items.find(({ id }) => id === link.id)).toMatchObject({ scope: 'billing', expiresAt })
  })

  it('is the end of the chosen day in the organisation’s zone', async () => {
    const { cookie } = await studio.person('owner')
    const form = { 'contact.name': 'Max', 'contact.email': 'max@client.example', scope: 'all' }
    vi.setSystemTime(Date.UTC(2026, 5, 1))
    await world.form(paths.links(studio.slug, portal), { ...form, expiresAt: '2026-06-10' }, cookie)
    const { items } = await (
      await world.api('GET', paths.api.links(portal), key)
    ).json<{ items: LinkJson[] }>()
    const max = items.find(({ contact }) => contact.name === 'Max')
    expect(max?.expiresAt).toBe('2026-06-10T22:00:00.000Z')
  })
})

describe('replace', () => {
  it('kills the old address at once, keeps the link, and mails the new one', async () => {
    const link = await create({ send: false })
    const replaced = await act(link, 'replace')
    expect(replaced.id).toBe(link.id)
    expect(replaced.url).not.toBe(link.url)
    expect(await open(link.url)).toBe(404)
    expect(await open(replaced.url)).toBe(200)
    const [mail] = await world.mails(jane.email)
    expect(mail?.text).toContain(replaced.url)
  })

  it('steps once for two clicks on one version', async () => {
    const link = await create({ send: false })
    const [one, two] = await Promise.all([
      act(link, 'replace', { version: 1 }),
      act(link, 'replace', { version: 1 }),
    ])
    expect(one.url).toBe(two.url)
    expect(await mailsTo(jane.email)).toBe(1)
    expect((await happenings()).filter((kind) => kind === 'link.replaced')).toHaveLength(1)
    await act(link, 'replace', { version: 2 })
    const stale = await world.api('POST', paths.api.linkAction(portal, link.id, 'replace'), key, {
      version: 1,
    })
    expect(stale.status).toBe(409)
  })
})

describe('send again', () => {
  it('mails the same address, once for two clicks', async () => {
    const link = await create({ send: false })
    await Promise.all([act(link, 'send'), act(link, 'send')])
    await act(link, 'send')
    const mails = await world.mails(jane.email)
    expect(mails).toHaveLength(1)
    expect(mails[0]?.text).toContain(link.url)
    vi.setSystemTime(Date.now() + 2 * MINUTE)
    await act(link, 'send')
    expect(await mailsTo(jane.email)).toBe(2)
  })
})

describe('reveal', () => {
  it('gives the address to who may have it and keeps who asked', async () => {
    const link = await create({ send: false })
    expect((await act(link, 'reveal')).url).toBe(link.url)
    expect(await happenings()).toContain('link.revealed')
    const { results } = await world.env.DB.prepare('select * from activity').all()
    expect(JSON.stringify(results)).not.toContain(token(link.url))
  })
})

describe('delete', () => {
  it('ends the address and forgets a contact who has no other link', async () => {
    const one = await create({ send: false })
    const two = await create({ send: false, scope: 'billing' })
    const remove = (link: LinkJson) => world.api('DELETE', paths.api.link(portal, link.id), key)
    expect((await remove(one)).status).toBe(204)
    expect((await remove(one)).status).toBe(404)
    expect(await open(one.url)).toBe(404)
    expect(await open(two.url)).toBe(200)
    expect((await remove(two)).status).toBe(204)
    const left = await world.env.DB.prepare('select count(*) as n from contact where email = ?')
      .bind(jane.email)
      .first<{ n: number }>()
    expect(left?.n).toBe(0)
  })

  it('takes a mail along that has not left yet', async () => {
    world.intercept(() => new Response(null, { status: 500 }))
    const link = await create()
    await world.api('DELETE', paths.api.link(portal, link.id), key)
    world.intercept(undefined)
    await world.minute(5 * MINUTE)
    expect(await mailsTo(jane.email)).toBe(0)
    const { items } = await (
      await world.api('GET', paths.api.emails, key)
    ).json<{ items: { status: string; reason: string }[] }>()
    expect(items[0]).toMatchObject({
      status: 'failed',
      reason: 'The link was deleted before this was sent.',
    })
  })
})

describe('a dead link', () => {
  const dead = async (path: string) => {
    const response = await world.request(path)
    return { status: response.status, html: (await response.text()).replace(/[0-9a-f]{64}/g, '') }
  }

  it('looks the same whatever killed it', async () => {
    const links = {
      paused: await create(),
      replaced: await create(),
      expired: await create({ expiresAt: new Date(Date.now() + 1000).toISOString() }),
      deleted: await create(),
    }
    await act(links.paused, 'pause')
    await act(links.replaced, 'replace')
    await world.api('DELETE', paths.api.link(portal, links.deleted.id), key)
    vi.setSystemTime(Date.now() + 2000)
    const never = await dead(paths.portal('a'.repeat(64)))
    expect(never.status).toBe(404)
    expect(never.html).toContain('This link no longer works')
    expect(never.html).toContain('Ask for a new link')
    for (const { url } of Object.values(links)) {
      expect(await dead(paths.portal(token(url)))).toEqual(never)
      const api = await world.request(paths.api.client(token(url)))
      expect(api.status).toBe(404)
      expect(await api.json()).toEqual({
        type: 'about:blank',
        status: 404,
        title: 'Not found',
        detail: 'It is not there, or it is not yours to see.',
      })
    }
  })

  it('answers every request for help with the same page', async () => {
    const link = await create({ send: false })
    await act(link, 'replace', { send: false })
    const ask = async (path: string) =>
      (await (await world.request(path, { method: 'POST' })).text()).replace(/[0-9a-f]{64}/g, '')
    const known = await ask(paths.askForLink(token(link.url)))
    expect(await ask(paths.askForLink('b'.repeat(64)))).toBe(known)
  })

  it('that was replaced mails its own contact the current one, once an hour', async () => {
    const link = await create({ send: false })
    const { url } = await act(link, 'replace', { send: false })
    const ask = () => world.request(paths.askForLink(token(link.url)), { method: 'POST' })
    await Promise.all([ask(), ask(), ask()])
    const mails = await world.mails(jane.email)
    expect(mails).toHaveLength(1)
    expect(mails[0]?.text).toContain(url)
    vi.setSystemTime(Date.now() + 59 * MINUTE)
    await ask()
    expect(await mailsTo(jane.email)).toBe(1)
    vi.setSystemTime(Date.now() + 2 * MINUTE)
    await ask()
    expect(await mailsTo(jane.email)).toBe(2)
  })

  it('mails a contact who was invited a minute ago and lost that link already', async () => {
    const link = await create()
    await act(link, 'replace', { send: false })
    await world.request(paths.askForLink(token(link.url)), { method: 'POST' })
    expect(await mailsTo(jane.email)).toBe(2)
  })

  it('that expired asks the team, each manager once, and nobody else', async () => {
    const owner = await studio.person('owner')
    const admin = await studio.person('admin')
    const member = await studio.person('member')
    const before = await Promise.all([owner, admin, member].map(({ email }) => mailsTo(email)))
    const link = await create({ send: false, expiresAt: new Date(Date.now() + 1000).toISOString() })
    vi.setSystemTime(Date.now() + 2000)
    const ask = () => world.request(paths.askForLink(token(link.url)), { method: 'POST' })
    await Promise.all([ask(), ask()])
    const after = await Promise.all([owner, admin, member].map(({ email }) => mailsTo(email)))
    expect(after.map((count, index) => count - (before[index] ?? 0))).toEqual([1, 1, 0])
    expect(await mailsTo(jane.email)).toBe(0)
    const [mail] = await world.mails(owner.email)
    expect(mail?.subject).toBe('Jane Cooper asks for a new link to Website relaunch')
    expect(mail?.text).not.toMatch(/[0-9a-f]{64}/)
  })

  it('that expired still shows its own mail beside it, not the team’s', async () => {
    await studio.person('owner')
    const link = await create({ expiresAt: new Date(Date.now() + 1000).toISOString() })
    vi.setSystemTime(Date.now() + 2000)
    const [own] = await world.mails(jane.email)
    if (own) await world.report(own, 'delivered')
    world.intercept(() => Response.json({ errors: [{ message: 'no' }] }, { status: 400 }))
    await world.request(paths.askForLink(token(link.url)), { method: 'POST' })
    const list = await world.api('GET', paths.api.links(portal), key)
    const { items } = await list.json<{ items: LinkJson[] }>()
    expect(items.find(({ id }) => id === link.id)?.email?.status).toBe('delivered')
  })

  it('mails a manager five times a day at most, however many links people hold', async () => {
    const owner = await studio.person('owner')
    const before = await mailsTo(owner.email)
    const expiresAt = new Date(Date.now() + 1000).toISOString()
    const links = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        create({ send: false, expiresAt, contact: { name: 'x', email: `x${n}@client.example` } }),
      ),
    )
    for (const link of links) {
      vi.setSystemTime(Date.now() + 11 * MINUTE)
      await world.request(paths.askForLink(token(link.url)), { method: 'POST' })
    }
    expect((await mailsTo(owner.email)) - before).toBe(5)
  })

  it('that expired changes nothing where no manager is left to ask', async () => {
    const link = await create({ send: false, expiresAt: new Date(Date.now() + 1000).toISOString() })
    vi.setSystemTime(Date.now() + 2000)
    const answer = await world.request(paths.askForLink(token(link.url)), { method: 'POST' })
    expect(answer.status).toBe(200)
    expect(await happenings()).not.toContain('link.requested')
  })

  it('that is paused, deleted or made up mails nobody', async () => {
    const owner = await studio.person('owner')
    const before = await mailsTo(owner.email)
    const link = await create({ send: false })
    await act(link, 'pause')
    for (const guess of [token(link.url), 'c'.repeat(64), 'nonsense']) {
      await world.request(paths.askForLink(guess), { method: 'POST' })
    }
    expect(await mailsTo(owner.email)).toBe(before)
    expect(await mailsTo(jane.email)).toBe(0)
  })
})

describe('the key behind the tokens', () => {
  const second = 'k2:another-secret-0123456789abcdef-0123'

  it('can be rotated: old links keep opening and are sent as they are', async () => {
    const link = await create({ send: false })
    world.env.LINK_SECRET = `${second},${world.env.LINK_SECRET}`
    const rotated = world.restarted()
    expect((await rotated.request(paths.portal(token(link.url)))).status).toBe(200)
    await rotated.api('POST', paths.api.linkAction(portal, link.id, 'send'), key)
    const [mail] = await world.mails(jane.email)
    expect(mail?.text).toContain(link.url)
  })

  it('mails no dead address when the secret behind a key is another one', async () => {
    const link = await create({ send: false })
    world.env.LINK_SECRET = 'k1:a-corrected-secret-0123456789abcdef'
    const rotated = world.restarted()
    const reveal = await rotated.api('POST', paths.api.linkAction(portal, link.id, 'reveal'), key)
    expect(reveal.status).toBe(409)
    await rotated.api('POST', paths.api.linkAction(portal, link.id, 'send'), key)
    const [mail] = await world.mails(jane.email)
    const fresh = /\/portal\/([0-9a-f]{64})/.exec(mail?.text ?? '')?.[1] ?? ''
    expect((await rotated.request(paths.portal(fresh))).status).toBe(200)
  })

  it('can be taken away: the next mail brings a new address, and the old one lives until it is replaced', async () => {
    const link = await create({ send: false })
    world.env.LINK_SECRET = second
    const rotated = world.restarted()
    const reveal = await rotated.api('POST', paths.api.linkAction(portal, link.id, 'reveal'), key)
    expect(reveal.status).toBe(409)
    await rotated.api('POST', paths.api.linkAction(portal, link.id, 'send'), key)
    const [mail] = await world.mails(jane.email)
    const fresh = /\/portal\/([0-9a-f]{64})/.exec(mail?.text ?? '')?.[1] ?? ''
    expect(fresh).not.toBe(token(link.url))
    const status = async (t: string) => (await rotated.request(paths.portal(t))).status
    expect(await status(fresh)).toBe(200)
    expect(await status(token(link.url))).toBe(200)
    await rotated.api('POST', paths.api.linkAction(portal, link.id, 'replace'), key)
    expect(await status(fresh)).toBe(404)
    expect(await status(token(link.url))).toBe(404)
  })
})

describe('the client’s page', () => {
  it('shows what belongs to this portal and nothing of the others', async () => {
    const { url } = await create()
    const response = await world.request(paths.portal(token(url)))
    const html = await response.text()
    for (const word of [
      'Website relaunch',
      'Halcyon Coffee',
      'Jane Cooper',
      'Flight plan',
      'Files',
    ]) {
      expect(html).toContain(word)
    }
    expect(html).not.toContain('first@client.example')
    expect(response.headers.get('cache-control')).toBe('private, no-store')
    expect(response.headers.get('referrer-policy')).toBe('same-origin')
    expect(response.headers.get('x-robots-tag')).toContain('noindex')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
  })

  it('stays within the bytes and requests of a first view', async () => {
    const { url } = await create()
    const html = await (await world.request(paths.portal(token(url)))).text()
    const zipped = new Response(html).body?.pipeThrough(new CompressionStream('gzip'))
    const { byteLength } = await new Response(zipped ?? null).arrayBuffer()
    expect(byteLength).toBeLessThanOrEqual(firstView.html)
    const loads = [...html.matchAll(/(?:src|href)="(\/[^"]*)"/g)].map(([, address]) => address)
    expect(loads.filter((address) => address?.startsWith('/assets/'))).toEqual(loads)
    expect(loads.length + 1).toBeLessThanOrEqual(firstView.requests)
    expect(html).not.toMatch(/(?:src|href)="https?:/)
  })

  it('shows a billing link the invoices alone', async () => {
    const { url } = await create({ scope: 'billing' })
    const html = await (await world.request(paths.portal(token(url)))).text()
    expect(html).toContain('Billing')
    for (const word of ['Flight plan', 'Comms', 'No files yet']) expect(html).not.toContain(word)
  })

  it('leads back from an address below it that leads nowhere', async () => {
    const { url } = await create()
    const lost = await world.request(`${paths.portal(token(url))}/elsewhere`)
    expect(lost.status).toBe(404)
    expect(await lost.text()).toContain(`href="${paths.portal(token(url))}"`)
    const dead = await world.request(`${paths.portal('d'.repeat(64))}/elsewhere`)
    expect(await dead.text()).toContain('This link no longer works')
  })

  it('makes hostile names harmless', async () => {
    const hostile = '<script>alert(1)</script>"\'&'
    const made = await world.api('POST', paths.api.portals, key, {
      project: hostile,
      client: hostile,
      currency: 'EUR',
      contact: { name: hostile, email: jane.email },
    })
    const { links } = await made.json<{ links: LinkJson[] }>()
    const pages = [await world.request(paths.portal(token(links[0]?.url)))]
    const { cookie } = await studio.person('owner')
    pages.push(await world.request(paths.portals(studio.slug), { headers: { cookie } }))
    for (const page of pages) expect(await page.text()).not.toContain('<script>alert')
    const [mail] = await world.mails(jane.email)
    expect(mail?.html).not.toContain('<script>alert')
    expect(mail?.subject).toContain('<script>')
  })

  it('counts a visit only when the page itself reports it, and once in half an hour', async () => {
    const link = await create()
    const seen = () => world.request(paths.api.seen(token(link.url)), { method: 'POST' })
    const now = async () => {
      const { items } = await (
        await world.api('GET', paths.api.links(portal), key)
      ).json<{ items: LinkJson[] }>()
      return items.find(({ id }) => id === link.id)?.seenCount
    }
    await open(link.url)
    expect(await now()).toBe(0)
    await Promise.all([seen(), seen(), seen()])
    expect(await now()).toBe(1)
    vi.setSystemTime(Date.now() + 31 * MINUTE)
    await seen()
    expect(await now()).toBe(2)
    expect((await happenings()).filter((kind) => kind === 'link.opened')).toHaveLength(2)
    const list = await world.api('GET', paths.api.portals, key)
    const { items } = await list.json<{ items: { lastSeenAt: string }[] }>()
    expect(Date.parse(items[0]?.lastSeenAt ?? '')).toBeGreaterThan(Date.now() - MINUTE)
  })

  it('leaves no trace when a member looks through the client’s eyes', async () => {
    const link = await create()
    const { cookie } = await studio.person('member')
    world.trips.length = 0
    const page = await world.request(paths.linkAction(studio.slug, portal, link.id, 'view'), {
      headers: { cookie },
    })
    const html = await page.text()
    expect(html).toContain('Website relaunch')
    expect(html).not.toContain(token(link.url))
    expect(html).not.toContain('<script')
    expect(html).not.toContain('<form')
    expect(world.trips.flat().filter(({ sql }) => !/^select/i.test(sql))).toEqual([])
  })
})
