import { env as bindings } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { paths } from '../src/paths.ts'
import { routes } from './harness/routes.ts'
import { operations } from '../src/routes/api/openapi.ts'
import { key, newPortal, openStudio, studio, world } from './harness/studio-scene.ts'

beforeEach(openStudio)

describe('POST /api/portals', () => {
  it('answers 201 with the portal, its link and the link’s address', async () => {
    const made = await world.api('POST', paths.api.portals, key, newPortal)
    expect(made.status).toBe(201)
    const body = await made.json<{ id: string; links: { url: string }[] }>()
    expect(body).toMatchObject({
      project: 'Website relaunch',
      client: 'Halcyon Coffee',
      currency: 'EUR',
      status: 'active',
      lastSeenAt: null,
    })
    expect(body.links).toHaveLength(1)
    const client = await world.request(paths.api.client(body.links[0]?.url.slice(-64) ?? ''))
    expect(await client.json()).toMatchObject({
      project: 'Website relaunch',
      client: 'Halcyon Coffee',
      organization: { name: 'studio' },
      contact: { name: 'Jane Cooper' },
      scope: 'all',
    })
  })

  it('makes one portal and one mail of two calls with one id', async () => {
    const id = '01a20383-51d4-730e-bdd6-3c30997306b0'
    const twice = await Promise.all(
      [1, 2].map(() => world.api('POST', paths.api.portals, key, { ...newPortal, id })),
    )
    expect(twice.map(({ status }) => status)).toEqual([201, 201])
    expect(await world.mails('jane@client.example')).toHaveLength(1)
    const list = await world.api('GET', paths.api.portals, key)
    expect((await list.json<{ items: unknown[] }>()).items).toHaveLength(1)
  })

  it('can’t take over a foreign portal by its id', async () => {
    const other = await world.organization('other')
    const id = '01a20383-51d4-730e-bdd6-3c30997306b0'
    await world.api('POST', paths.api.portals, await other.key('owner'), { ...newPortal, id })
    const answer = await world.api('POST', paths.api.portals, key, { ...newPortal, id })
    expect(answer.status).toBe(409)
    expect(await answer.text()).not.toContain('Halcyon')
    expect(await world.mails('jane@client.example')).toHaveLength(1)
  })

  it.each([
    ['nothing', {}, ['project', 'client', 'currency', 'contact']],
    ['an unknown currency', { ...newPortal, currency: 'XXX' }, ['currency']],
    ['an empty project', { ...newPortal, project: '  ' }, ['project']],
    ['a line break', { ...newPortal, client: 'a\nb' }, ['client']],
    ['too long a name', { ...newPortal, project: 'x'.repeat(161) }, ['project']],
    ['a list', [], ['']],
    ['a word for send', { ...newPortal, send: 'yes' }, ['send']],
    ['a number for text', { ...newPortal, project: 1 }, ['project']],
  ])('tells what is wrong with %s, at each place, and writes nothing', async (_, body, places) => {
    const answer = await world.api('POST', paths.api.portals, key, body)
    expect(answer.status).toBe(422)
    const { errors } = await answer.json<{ errors: { path: string; message: string }[] }>()
    expect(errors.map(({ path }) => path)).toEqual(places)
    for (const { message } of errors) expect(message).not.toMatch(/^Invalid/)
    const list = await world.api('GET', paths.api.portals, key)
    expect((await list.json<{ items: unknown[] }>()).items).toEqual([])
  })

  it.each([
    ['no JSON', '{', 'application/json', 422],
    ['a form', 'project=x', 'application/x-www-form-urlencoded', 415],
    ['more than a megabyte', 'x'.repeat(1_048_577), 'application/json', 413],
  ])('refuses %s', async (_, body, type, status) => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': type }
    const answer = await world.request(paths.api.portals, { method: 'POST', headers, body })
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
  })
})

describe('lists', () => {
  it.each(['limit=0', 'limit=101', 'limit=x', 'cursor=x', 'cursor=1 or 1=1'])(
    'refuse ?%s',
    async (query) => {
      const answer = await world.api('GET', `${paths.api.portals}?${query}`, key)
      expect(answer.status).toBe(422)
    },
  )

  it('show newest first', async () => {
    for (const project of ['one', 'two', 'three']) {
      await world.api('POST', paths.api.portals, key, { ...newPortal, project, send: false })
    }
    const list = await world.api('GET', `${paths.api.portals}?limit=2`, key)
    const { items, next } = await list.json<{ items: { project: string }[]; next: string }>()
    expect(items.map(({ project }) => project)).toEqual(['three', 'two'])
    const rest = await world.api('GET', `${paths.api.portals}?limit=2&cursor=${next}`, key)
    expect(await rest.json()).toMatchObject({ items: [{ project: 'one' }], next: null })
  })
})

describe('credentials', () => {
  it.each(['Bearer', 'Bearer ap_', 'Basic ap_x', `Bearer ap_${'x'.repeat(40)}`, 'bearer x', ''])(
    'refuses "%s"',
    async (authorization) => {
      const answer = await world.request(paths.api.portals, { headers: { authorization } })
      expect(answer.status).toBe(401)
      expect(answer.headers.get('www-authenticate')).toBe('Bearer')
    },
  )

  it('refuses a revoked key', async () => {
    await bindings.DB.prepare('update api_key set revoked_at = 1').run()
    expect((await world.api('GET', paths.api.portals, key)).status).toBe(401)
  })

  it('notes a key’s last use for what changes something alone', async () => {
    const used = async () =>
      (
        await bindings.DB.prepare('select last_used_at as at from api_key').first<{
          at: number | null
        }>()
      )?.at
    await world.api('GET', paths.api.portals, key)
    expect(await used()).toBeNull()
    await world.api('POST', paths.api.portals, key, newPortal)
    expect(await used()).toBeGreaterThan(0)
  })

  it('wants a person with several organisations to name one', async () => {
    const { cookie } = await studio.person('member')
    const other = await world.organization('other')
    await bindings.DB.prepare(
      "insert into member (id, organization_id, user_id, role, created_at) select 'second', ?, user_id, 'owner', 1 from member",
    )
      .bind(other.facts.id)
      .run()
    const get = async (headers: Record<string, string>) =>
      (await world.request(paths.api.portals, { headers: { cookie, ...headers } })).status
    expect(await get({})).toBe(422)
    expect(await get({ 'x-organization': other.slug })).toBe(200)
    expect(await get({ 'x-organization': 'elsewhere' })).toBe(404)
  })
})

describe('openapi.json', () => {
  it('names exactly the routes there are', async () => {
    const there = (await routes())
      .filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/'))
      .filter(({ path }) => path !== paths.api.openapi && !path.startsWith('/api/webhooks/'))
      .map(({ method, path }) => `${method} ${path}`)
    const named = operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`)
    expect(named.sort()).toEqual([...new Set(there)].sort())
  })

  it('describes the input by the schemas that check it', async () => {
    const document = await (
      await world.request(paths.api.openapi)
    ).json<{
      paths: Record<string, Record<string, { requestBody?: { content: object } }>>
    }>()
    const { requestBody } = document.paths['/api/portals']?.['post'] ?? {}
    expect(JSON.stringify(requestBody)).toContain('"maxLength":160')
    expect(Object.keys(document.paths)).toContain('/api/portals/{portal}/links/{link}')
  })
})
