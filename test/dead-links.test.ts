import { beforeEach, describe, expect, it, vi } from 'vitest'
import { paths } from '../src/paths.ts'
import {
  act,
  create,
  happenings,
  jane,
  key,
  mailsTo,
  MINUTE,
  openScene,
  portal,
  studio,
  token,
  world,
  type LinkJson,
} from './harness/link-scene.ts'

beforeEach(openScene)

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
