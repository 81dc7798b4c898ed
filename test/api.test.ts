import { env as bindings } from 'cloudflare:workers'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { paths } from '../src/paths.ts'
import { routes } from './harness/routes.ts'
import { operations } from '../src/routes/api/openapi.ts'
import { scheduled } from '../src/scheduled.ts'
import { World, type Tenant } from './harness/world.ts'

let world: World
let studio: Tenant
let key: string

beforeEach(async () => {
  world = new World()
  studio = await world.organization('studio')
  key = await studio.key('owner')
})

const portal = {
  project: 'Website relaunch',
  client: 'Halcyon Coffee',
  currency: 'eur',
  contact: { name: 'Jane Cooper', email: 'jane@client.example' },
}

describe('POST /api/portals', () => {
  it('answers 201 with the portal, its link and the link’s address', async () => {
    const made = await world.api('POST', paths.api.portals, key, portal)
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
      [1, 2].map(() => world.api('POST', paths.api.portals, key, { ...portal, id })),
    )
    expect(twice.map(({ status }) => status)).toEqual([201, 201])
    expect(await world.mails('jane@client.example')).toHaveLength(1)
    const list = await world.api('GET', paths.api.portals, key)
    expect((await list.json<{ items: unknown[] }>()).items).toHaveLength(1)
  })

  it('can’t take over a foreign portal by its id', async () => {
    const other = await world.organization('other')
    const id = '01a20383-51d4-730e-bdd6-3c30997306b0'
    await world.api('POST', paths.api.portals, await other.key('owner'), { ...portal, id })
    const answer = await world.api('POST', paths.api.portals, key, { ...portal, id })
    expect(answer.status).toBe(409)
    expect(await answer.text()).not.toContain('Halcyon')
    expect(await world.mails('jane@client.example')).toHaveLength(1)
  })

  it.each([
    ['nothing', {}, ['project', 'client', 'currency', 'contact']],
    ['an unknown currency', { ...portal, currency: 'XXX' }, ['currency']],
    ['an empty project', { ...portal, project: '  ' }, ['project']],
    ['a line break', { ...portal, client: 'a\nb' }, ['client']],
    ['too long a name', { ...portal, project: 'x'.repeat(161) }, ['project']],
    ['a list', [], ['']],
    ['a word for send', { ...portal, send: 'yes' }, ['send']],
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
      await world.api('POST', paths.api.portals, key, { ...portal, project, send: false })
    }
    const list = await world.api('GET', `${paths.api.portals}?limit=2`, key)
    const { items, next } = await list.json<{ items: { project: string }[]; next: string }>()
    expect(items.map(({ project }) => project)).toEqual(['three', 'two'])
    const rest = await world.api('GET', `${paths.api.portals}?limit=2&cursor=${next}`, key)
    expect(await rest.json()).toMatchObject({ items: [{ project: 'one' }], next: null })
  })
})

describe('credentials', () => {
  it.each(['Bearer', 'Bearer ap_', 'Basic ap_x', `Bearer ap_${'x'.repeat(40)}`, 'bearer x'])(
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
    await world.api('POST', paths.api.portals, key, portal)
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
      .filter(({ path }) => path !== paths.api.openapi && path !== paths.webhooks.sendgrid)
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

describe('the event webhook', () => {
  const event = (over: object = {}) => [
    {
      sg_event_id: 'e1',
      event: 'bounce',
      timestamp: 1,
      email_id: 'x',
      email: 'a@b.example',
      ...over,
    },
  ]
  const sign = async (body: string, timestamp: string, signingKey = world.signingKey) => {
    const raw = await crypto.subtle.sign(
      { name: 'ECDSA', hash: 'SHA-256' },
      signingKey,
      new TextEncoder().encode(timestamp + body),
    )
    const bytes = new Uint8Array(raw)
    const integer = (part: Uint8Array) => {
      let at = 0
      while (at < part.length - 1 && part[at] === 0) at++
      const value = [...part.subarray(at)]
      if ((value[0] ?? 0) > 127) value.unshift(0)
      return [2, value.length, ...value]
    }
    const body_ = [...integer(bytes.subarray(0, 32)), ...integer(bytes.subarray(32))]
    return btoa(String.fromCharCode(0x30, body_.length, ...body_))
  }
  const post = (body: string, signature: string, timestamp: string) =>
    world.request(paths.webhooks.sendgrid, {
      method: 'POST',
      body,
      headers: {
        'x-twilio-email-event-webhook-signature': signature,
        'x-twilio-email-event-webhook-timestamp': timestamp,
      },
    })
  const now = () => String(Math.floor(Date.now() / 1000))

  it('takes what SendGrid signed, once, and keeps kinds it does not act on', async () => {
    const body = JSON.stringify([...event(), ...event({ sg_event_id: 'e2', event: 'deferred' })])
    const timestamp = now()
    const signature = await sign(body, timestamp)
    for (const _again of [1, 2]) expect((await post(body, signature, timestamp)).status).toBe(200)
    const { results } = await bindings.DB.prepare(
      'select id, event from email_event order by id',
    ).all()
    expect(results).toEqual([
      { id: 'e1', event: 'bounce' },
      { id: 'e2', event: 'deferred' },
    ])
  })

  it('loses no event to an odd one beside it, and takes a thousand at once', async () => {
    const odd = [
      null,
      'text',
      {},
      { sg_event_id: '', event: 'bounce', timestamp: 1 },
      { sg_event_id: 'x', event: 'bounce', timestamp: 'soon' },
    ]
    const many = Array.from({ length: 1000 }, (_, n) => event({ sg_event_id: `m${n}` })[0])
    const strange = event({ sg_event_id: 'n', email_id: 42, reason: null })
    const body = JSON.stringify([...odd, ...many, ...strange])
    const timestamp = now()
    const answer = await post(body, await sign(body, timestamp), timestamp)
    expect(answer.status).toBe(200)
    expect(await answer.json()).toEqual({ received: 1001 })
    const kept = await bindings.DB.prepare('select count(*) as n from email_event').first()
    expect(kept).toEqual({ n: 1001 })
  })

  it('refuses a changed body, another key, an old or missing timestamp, and noise', async () => {
    const body = JSON.stringify(event())
    const timestamp = now()
    const signature = await sign(body, timestamp)
    const stranger = (await crypto.subtle.generateKey(
      { name: 'ECDSA', namedCurve: 'P-256' },
      true,
      ['sign', 'verify'],
    )) as CryptoKeyPair
    const old = String(Math.floor(Date.now() / 1000) - 26 * 3600)
    const attempts: [string, string, string][] = [
      [body.replace('bounce', 'open'), signature, timestamp],
      [body, signature, String(Number(timestamp) + 1)],
      [body, await sign(body, timestamp, stranger.privateKey), timestamp],
      [body, await sign(body, old), old],
      [body, signature, ''],
      [body, '', timestamp],
      [body, '%%%', timestamp],
      [body, btoa('0123456789'), timestamp],
      ['{', await sign('{', timestamp), timestamp],
      ['{"a":1}', await sign('{"a":1}', timestamp), timestamp],
    ]
    for (const [content, mark, at] of attempts) {
      expect((await post(content, mark, at)).status).toBe(400)
    }
    const { results } = await bindings.DB.prepare('select * from email_event').all()
    expect(results).toEqual([])
  })

  it('accepts two keys while one is replaced by the other', async () => {
    const next = (await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
      'sign',
      'verify',
    ])) as CryptoKeyPair
    const spki = (await crypto.subtle.exportKey('spki', next.publicKey)) as ArrayBuffer
    world.env.SENDGRID_WEBHOOK_KEY += `,${btoa(String.fromCharCode(...new Uint8Array(spki)))}`
    world.restarted()
    const body = JSON.stringify(event())
    const timestamp = now()
    for (const signingKey of [world.signingKey, next.privateKey]) {
      expect((await post(body, await sign(body, timestamp, signingKey), timestamp)).status).toBe(
        200,
      )
    }
  })
})

describe('pages', () => {
  it('are never kept by caches, framed, or indexed, whatever they answer', async () => {
    for (const path of ['/', '/sign-in', '/nowhere', '/dashboard', '/api/portals', '/portal/x']) {
      const { headers } = await world.request(path)
      expect(headers.get('cache-control'), path).toBe('private, no-store')
      expect(headers.get('content-security-policy'), path).toContain("frame-ancestors 'none'")
      expect(headers.get('x-content-type-options'), path).toBe('nosniff')
      expect(headers.get('strict-transport-security'), path).toBeTruthy()
    }
  })

  it('say that something broke without saying what, and log no secret', async () => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const made = await world.api('POST', paths.api.portals, key, portal)
    const { links } = await made.json<{ links: { url: string }[] }>()
    const token = links[0]?.url.slice(-64) ?? ''
    await bindings.DB.prepare('drop table link_token').run()
    const page = await world.request(paths.portal(token))
    expect(page.status).toBe(500)
    expect(await page.text()).toContain('Something broke on our side')
    const api = await world.request(paths.api.client(token))
    expect(api.headers.get('content-type')).toBe('application/problem+json')
    const lines = JSON.stringify(logged.mock.calls)
    expect(lines).toContain('no such table')
    expect(lines).not.toContain(token)
    logged.mockRestore()
  })

  it('lose nothing of a form that was filled in wrongly', async () => {
    const { cookie } = await studio.person('owner')
    const values = {
      project: '',
      client: 'Halcyon & Sons',
      currency: 'NOK',
      'contact.name': 'Jane',
      'contact.email': 'jane@',
    }
    const answer = await world.form(paths.portals(studio.slug), values, cookie)
    expect(answer.status).toBe(422)
    const html = await answer.text()
    expect(html).toContain('value="Halcyon &amp; Sons"')
    expect(html).toMatch(/<option value="NOK" selected/)
    expect(html).toContain('The project is missing.')
    expect(html).toContain('This doesn’t look like an email address.')
  })
})

describe('limits', () => {
  it('ask a burst from one address to wait, by the real binding', async () => {
    world.env.BURSTS_BY_ADDRESS = bindings.BURSTS_BY_ADDRESS
    const statuses: number[] = []
    let last: Response | undefined
    for (let n = 0; n < 40; n++) {
      last = await world.request(paths.askForLink('a'.repeat(64)), {
        method: 'POST',
        headers: { 'cf-connecting-ip': '203.0.113.9' },
      })
      statuses.push(last.status)
    }
    expect(statuses[0]).toBe(200)
    expect(last?.status).toBe(429)
    expect(last?.headers.get('retry-after')).toBe('60')
    const other = await world.request(paths.askForLink('a'.repeat(64)), {
      method: 'POST',
      headers: { 'cf-connecting-ip': '203.0.113.10' },
    })
    expect(other.status).toBe(200)
  })
})

describe('the crons', () => {
  it('are those of wrangler.toml, each with a verb', async () => {
    for (const cron of bindings.CRONS) {
      await expect(scheduled(cron, Date.now(), world.env)).resolves.toBeUndefined()
    }
    await expect(scheduled('1 2 3 4 5', Date.now(), world.env)).rejects.toThrow('No verb')
  })

  it('purge what has ended, and nothing else, also when run twice', async () => {
    await studio.person('owner')
    await world.api('POST', paths.api.portals, key, portal)
    const count = async () => {
      const tables = ['session', 'verification', 'email', 'portal']
      const counts = await Promise.all(
        tables.map((table) =>
          bindings.DB.prepare(`select count(*) as n from ${table}`).first<{ n: number }>(),
        ),
      )
      return Object.fromEntries(tables.map((table, index) => [table, counts[index]?.n]))
    }
    await scheduled('17 3 * * *', Date.now(), world.env)
    expect(await count()).toEqual({ session: 1, verification: 0, email: 2, portal: 1 })
    const later = Date.now() + 40 * 86_400_000
    await Promise.all([1, 2].map(() => scheduled('17 3 * * *', later, world.env)))
    expect(await count()).toEqual({ session: 0, verification: 0, email: 1, portal: 1 })
  })
})
