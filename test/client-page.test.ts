import { beforeEach, describe, expect, it, vi } from 'vitest'
import { paths } from '../src/paths.ts'
import { firstView } from './harness/budget.ts'
import {
  create,
  happenings,
  jane,
  key,
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

  it('is found with a slash at the end of its address', async () => {
    const { url } = await create()
    const away = await world.request(`${paths.portal(token(url))}/`)
    expect(away.status).toBe(301)
    expect(new URL(away.headers.get('location') ?? '').pathname).toBe(paths.portal(token(url)))
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
