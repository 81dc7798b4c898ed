import { beforeEach, describe, expect, it, vi } from 'vitest'
import { paths } from '../src/paths.ts'
import {
  act,
  call,
  create,
  DAY,
  happenings,
  HOUR,
  jane,
  key,
  mailsTo,
  MINUTE,
  open,
  openScene,
  portal,
  studio,
  token,
  world,
  type LinkJson,
} from './harness/link-scene.ts'

beforeEach(openScene)

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

  it('mails a new address at once, however lately the old one went out', async () => {
    const link = await create()
    const { url } = await act(link, 'replace', { send: false })
    await act(link, 'send')
    const mails = await world.mails(jane.email)
    expect(mails).toHaveLength(2)
    expect(mails[0]?.text).toContain(url)
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
