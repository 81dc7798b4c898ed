import { env as bindings } from 'cloudflare:workers'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { paths, withQuery } from '../src/paths.ts'
import { key, newPortal, openStudio, studio, world } from './harness/studio-scene.ts'

let url: string
let token: string

beforeEach(async () => {
  await openStudio()
  const made = await world.api('POST', paths.api.portals, key, newPortal)
  const { links } = await made.json<{ links: { url: string }[] }>()
  url = links[0]?.url ?? ''
  token = url.slice(-64)
  world.trips.length = 0
})

/** Lets `most` through for each thing that is counted, and tells what was counted. */
function counting(most: number): RateLimit & { counts: Map<string, number> } {
  const counts = new Map<string, number>()
  return {
    counts,
    async limit({ key: counted }) {
      const count = (counts.get(counted) ?? 0) + 1
      counts.set(counted, count)
      return { success: count <= most }
    },
  }
}

let networks = 0
/** A network that no other test came from: what an isolate remembers outlives a test. */
const network = () => `2001:db8:${(++networks).toString(16)}::1`

interface Knock {
  path: string
  from?: string
  method?: string
  as?: string
  headers?: Record<string, string>
}

const knock = ({ path, from = '203.0.113.1', method = 'GET', as, headers }: Knock) =>
  world.request(path, {
    method,
    headers: {
      'cf-connecting-ip': from,
      ...(as === undefined ? {} : { authorization: `Bearer ${as}` }),
      ...headers,
    },
  })

async function statuses(count: number, call: (n: number) => Promise<Response>): Promise<number[]> {
  const all: number[] = []
  for (let n = 0; n < count; n++) all.push((await call(n)).status)
  return all
}

/** How many a real binding lets through; it counts by the clock's minute, which may turn meanwhile. */
async function untilShed(call: (n: number) => Promise<Response>): Promise<number> {
  for (let n = 0; n < 2000; n++) if ((await call(n)).status === 429) return n
  throw new Error('Nothing was shed.')
}

const wrongKey = (n: number) => `ap_${String(n).padStart(43, 'x')}`
const wrongToken = (n: number) => n.toString(16).padStart(64, '0')

async function expectProblem(answer: Response): Promise<void> {
  expect(answer.status).toBe(429)
  expect(answer.headers.get('retry-after')).toBe('60')
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  expect(await answer.json()).toMatchObject({ status: 429, title: 'That was a little fast' })
}

async function expectPage(answer: Response): Promise<void> {
  expect(answer.status).toBe(429)
  expect(answer.headers.get('retry-after')).toBe('60')
  const html = await answer.text()
  expect(html).toContain('<h1>That was a little fast</h1>')
  expect(html).toContain('stylesheet')
}

describe('the team’s API', () => {
  it('sheds a key that comes too fast, before it reads anything, and no other', async () => {
    world.env.BURSTS_BY_CALLER = counting(3)
    const get = () => knock({ path: paths.api.portals, as: key })
    expect(await statuses(3, get)).toEqual([200, 200, 200])
    world.trips.length = 0
    await expectProblem(await get())
    await expectProblem(await world.api('POST', paths.api.portals, key, newPortal))
    expect(world.trips).toEqual([])
    const another = await studio.key('member')
    expect((await knock({ path: paths.api.portals, as: another })).status).toBe(200)
  })

  it('sheds a person’s session likewise', async () => {
    const { cookie } = await studio.person('owner')
    world.env.BURSTS_BY_CALLER = counting(3)
    const get = () => knock({ path: paths.api.portals, headers: { cookie } })
    expect(await statuses(3, get)).toEqual([200, 200, 200])
    world.trips.length = 0
    await expectProblem(await get())
    expect(world.trips).toEqual([])
  })

  it('counts by nothing that opens anything', async () => {
    const limit = counting(9)
    world.env.BURSTS_BY_CALLER = limit
    const { cookie } = await studio.person('owner')
    await knock({ path: paths.api.portals, as: key })
    await knock({ path: paths.api.portals, headers: { cookie } })
    await knock({ path: paths.api.seen(token), method: 'POST' })
    const counted = [...limit.counts.keys()].join(' ')
    expect(counted).toMatch(/^key:[0-9a-f]{64} session:[0-9a-f]{64} link:[0-9a-f]{64} network:/)
    expect(counted).not.toContain(key)
    expect(counted).not.toContain(token)
  })

  it('lets 600 a minute through, by the real binding', async () => {
    world.env.BURSTS_BY_CALLER = bindings.BURSTS_BY_CALLER
    const all = await statuses(601, () => knock({ path: paths.api.openapi }))
    expect(new Set(all)).toEqual(new Set([200]))
    const passed = await untilShed(() => knock({ path: '/api/nowhere', as: key, from: network() }))
    expect(passed).toBeGreaterThanOrEqual(600)
    expect(passed).toBeLessThanOrEqual(1200)
  })
})

describe('wrong keys', () => {
  const guess = (n: number, from: string) =>
    knock({ path: paths.api.portals, as: wrongKey(n), from })

  it('are no longer looked up once a network has tried too many, for a minute', async () => {
    const from = network()
    world.env.FAILURES_BY_NETWORK = counting(3)
    expect(await statuses(4, (n) => guess(n, from))).toEqual([401, 401, 401, 429])
    world.trips.length = 0
    await expectProblem(await guess(9, from))
    expect(world.trips).toEqual([])
    expect((await guess(10, network())).status).toBe(401)
    world.env.FAILURES_BY_NETWORK = counting(3)
    vi.setSystemTime(Date.now() + 61_000)
    expect((await guess(11, from)).status).toBe(401)
  })

  it('from an office do not stop the programs that work there', async () => {
    const from = network()
    const work = () => knock({ path: paths.api.portals, as: key, from })
    expect((await work()).status).toBe(200)
    world.env.FAILURES_BY_NETWORK = counting(2)
    await statuses(5, (n) => guess(n, from))
    expect((await guess(6, from)).status).toBe(429)
    expect((await work()).status).toBe(200)
    expect((await knock({ path: paths.portal(token), from })).status).toBe(200)
    // A right one that is new here is not told from a guess, until the minute is over.
    const fresh = await studio.key('owner')
    expect((await knock({ path: paths.api.portals, as: fresh, from })).status).toBe(429)
  })

  it('that were right an hour ago are refused like any other once they are revoked', async () => {
    const from = network()
    await knock({ path: paths.api.portals, as: key, from })
    await bindings.DB.prepare('update api_key set revoked_at = 1').run()
    expect((await knock({ path: paths.api.portals, as: key, from })).status).toBe(401)
  })

  it('are 60 a minute, by the real binding', async () => {
    const from = network()
    world.env.FAILURES_BY_NETWORK = bindings.FAILURES_BY_NETWORK
    const passed = await untilShed((n) => guess(n, from))
    expect(passed).toBeGreaterThanOrEqual(60)
    expect(passed).toBeLessThanOrEqual(120)
  })

  it('that can’t be keys are neither looked up nor counted', async () => {
    world.env.FAILURES_BY_NETWORK = counting(0)
    for (const as of ['ap_short', 'x', `ap_${'x'.repeat(200)}`]) {
      expect((await knock({ path: paths.api.portals, as, from: network() })).status).toBe(401)
    }
    expect(world.trips).toEqual([])
  })
})

describe('wrong links', () => {
  it('are no longer looked up once a network has tried too many', async () => {
    const from = network()
    world.env.FAILURES_BY_NETWORK = counting(3)
    const guess = (n: number) => knock({ path: paths.portal(wrongToken(n)), from })
    expect(await statuses(4, guess)).toEqual([404, 404, 404, 429])
    world.trips.length = 0
    await expectPage(await guess(9))
    await expectProblem(await knock({ path: paths.api.client(wrongToken(10)), from }))
    expect(world.trips).toEqual([])
    // Keys are counted apart.
    expect((await knock({ path: paths.api.portals, as: key, from })).status).toBe(200)
  })

  it('from an office do not stop the clients who work there', async () => {
    const from = network()
    const look = () => knock({ path: paths.portal(token), from })
    expect((await look()).status).toBe(200)
    world.env.FAILURES_BY_NETWORK = counting(1)
    await statuses(4, (n) => knock({ path: paths.portal(wrongToken(n)), from }))
    expect((await look()).status).toBe(200)
    const seen = await knock({ path: paths.api.seen(token), method: 'POST', from })
    expect(seen.status).toBe(204)
  })
})

describe('what a client sends', () => {
  const seen = (from: string, which = token) =>
    knock({ path: paths.api.seen(which), method: 'POST', from })

  it('is shed by link, before anything is read; reading is not', async () => {
    world.env.BURSTS_BY_CALLER = counting(2)
    expect(await statuses(2, () => seen(network()))).toEqual([204, 204])
    world.trips.length = 0
    await expectProblem(await seen(network()))
    expect(world.trips).toEqual([])
    expect((await knock({ path: paths.portal(token) })).status).toBe(200)
    expect((await knock({ path: paths.api.client(token) })).status).toBe(200)
  })

  it('is shed by network, whatever the link', async () => {
    const from = network()
    world.env.BURSTS_BY_CALLER = counting(3)
    await statuses(3, (n) => seen(from, wrongToken(n)))
    await expectProblem(await seen(from))
    expect((await seen(network())).status).toBe(204)
  })

  it('is answered with a page of the client’s side where it was a form', async () => {
    world.env.BURSTS_BY_CALLER = counting(0)
    const form = await knock({ path: `${paths.portal(token)}/anything`, method: 'POST' })
    expect(form.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    await expectPage(form)
  })
})

describe('what a member sends', () => {
  it('is shed by session, before anything is read; reading is not', async () => {
    const { cookie } = await studio.person('owner')
    const colleague = await studio.person('admin')
    world.env.BURSTS_BY_CALLER = counting(2)
    const send = (as: string) =>
      world.form(paths.keys(studio.slug), { name: 'K', role: 'member' }, as)
    expect(await statuses(2, () => send(cookie))).toEqual([200, 200])
    world.trips.length = 0
    await expectPage(await send(cookie))
    expect(world.trips).toEqual([])
    expect((await send(colleague.cookie)).status).toBe(200)
    const page = await world.request(paths.portals(studio.slug), { headers: { cookie } })
    expect(page.status).toBe(200)
  })

  it('is not counted for a cookie that nobody signed', async () => {
    const limit = counting(0)
    world.env.BURSTS_BY_CALLER = limit
    const forged = '__Secure-adminstack.session_token=forged.c2lnbmF0dXJl'
    expect((await world.form(paths.portals(studio.slug), {}, forged)).status).toBe(403)
    expect(limit.counts.size).toBe(0)
  })
})

describe('what a stranger may cause', () => {
  it('is shed by network: signing in, confirming, asking for a link', async () => {
    const from = network()
    const confirm = withQuery(paths.confirm, { token: 'x' })
    for (const path of [paths.signIn, confirm, paths.askForLink(token)]) {
      world.env.BURSTS_BY_ADDRESS = counting(1)
      const send = () => knock({ path, method: 'POST', from, headers: { origin: world.origin } })
      expect((await send()).status).not.toBe(429)
      world.trips.length = 0
      await expectPage(await send())
      expect(world.trips).toEqual([])
    }
  })
})
