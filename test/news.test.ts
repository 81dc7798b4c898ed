import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { apiKey } from '../src/db/schema/keys.ts'
import { organization } from '../src/db/schema/organizations.ts'
import { session } from '../src/db/schema/accounts.ts'
import { archiveMessage } from '../src/features/messages/actions.ts'
import { newId } from '../src/lib/id.ts'
import { sha256 } from '../src/lib/hash.ts'
import { paths } from '../src/paths.ts'
import { act, create, DAY, key, portal, studio, token, world } from './harness/link-scene.ts'
import { isWrite, type Recorded } from './harness/recorder.ts'
import { answer, hers, jane, looks, maya, openThread, write } from './harness/thread-scene.ts'

beforeEach(async () => {
  await openThread()
  await write('one')
  await answer('two')
  await looks()
})

interface Asker {
  path: string
  headers: Record<string, string>
}

const byKey = (which = key): Asker => ({
  path: paths.api.messages(portal),
  headers: { authorization: `Bearer ${which}` },
})
const bySession = (cookie = maya.cookie, slug = studio.slug): Asker => ({
  path: paths.api.messages(portal),
  headers: { cookie, 'x-organization': slug },
})
const byLink = (by = hers): Asker => ({ path: paths.api.clientMessages(by), headers: {} })

const ask = ({ path, headers }: Asker, known?: string): Promise<Response> =>
  world.request(path, {
    headers: { ...headers, ...(known === undefined ? {} : { 'if-none-match': known }) },
  })

const tagFor = async (asker: Asker): Promise<string> => (await ask(asker)).headers.get('etag') ?? ''

const rowsOf = async ({ sql, params }: Recorded): Promise<number> =>
  (
    await env.DB.prepare(sql)
      .bind(...params)
      .all()
  ).meta.rows_read

/** What a question costs that is answered with 304. */
async function costOf(asker: Asker, known: string) {
  world.trips.length = 0
  const { status } = await ask(asker, known)
  const trips = [...world.trips]
  const counts = await Promise.all(trips.flat().map(rowsOf))
  return {
    status,
    trips: trips.length,
    rows: counts.reduce((sum, count) => sum + count, 0),
    writes: trips.flat().filter(isWrite).length,
  }
}

const askers = [
  ['a key', byKey],
  ['a member’s session', bySession],
  ['a client’s link', byLink],
] as const

describe.each(askers)('by %s', (_, asker) => {
  it('costs one round trip and four rows while nothing is new', async () => {
    const tag = await tagFor(asker())
    expect(tag).toMatch(/^"1-\d+"$/)
    const { rows, ...cost } = await costOf(asker(), tag)
    expect(cost).toEqual({ status: 304, trips: 1, writes: 0 })
    expect(rows).toBeLessThanOrEqual(4)
    const again = await ask(asker(), tag)
    expect(again.headers.get('etag')).toBe(tag)
    expect(await again.text()).toBe('')
    for (const known of [`W/${tag}`, `"x", ${tag}`, '*'])
      expect((await ask(asker(), known)).status, known).toBe(304)
  })

  it('is answered in full after every change of the thread', async () => {
    const changes = [
      () => write('three'),
      () => answer('four'),
      () => looks(),
      async () => {
        const { items } = await (await ask(byKey())).json<{ items: { id: string }[] }>()
        await archiveMessage(studio.ctx(), { portal, message: items[0]?.id ?? '' })
      },
    ]
    for (const change of changes) {
      const tag = await tagFor(asker())
      expect((await ask(asker(), tag)).status).toBe(304)
      await change()
      const fresh = await ask(asker(), tag)
      expect(fresh.status).toBe(200)
      expect(fresh.headers.get('etag')).not.toBe(tag)
    }
  })

  it('asks for no more trips than ever without a condition, and one more when there is news', async () => {
    const plain = asker === byLink ? 1 : 2
    world.trips.length = 0
    await ask(asker())
    expect(world.trips).toHaveLength(plain)
    world.trips.length = 0
    expect((await ask(asker(), '"1-0"')).status).toBe(200)
    expect(world.trips).toHaveLength(plain + 1)
  })
})

describe('nobody learns from it what they may not see', () => {
  it('a revoked or expired key', async () => {
    const { db, now } = studio.ctx()
    const tag = await tagFor(byKey())
    for (const end of [{ revokedAt: now }, { expiresAt: now - 1 }]) {
      const ended = `ap_${newId(now).replaceAll('-', '')}`
      await db.insert(apiKey).values({
        id: newId(now),
        organizationId: studio.facts.id,
        name: 'ended',
        role: 'owner',
        hash: await sha256(ended),
        createdAt: now,
        ...end,
      })
      expect((await ask(byKey(ended), tag)).status).toBe(401)
    }
    expect((await ask(byKey('ap_0123456789abcdefghij'), tag)).status).toBe(401)
    expect((await ask(byKey('nothing'), tag)).status).toBe(401)
    expect((await ask({ path: paths.api.messages(portal), headers: {} }, '*')).status).toBe(401)
  })

  it('another tenant’s key and session, also with our organisation’s name', async () => {
    const elsewhere = await world.organization('elsewhere')
    const tag = await tagFor(byKey())
    expect((await ask(byKey(await elsewhere.key('owner')), tag)).status).toBe(404)
    const { cookie } = await elsewhere.person('owner')
    expect((await ask(bySession(cookie, elsewhere.slug), tag)).status).toBe(404)
    expect((await ask(bySession(cookie), tag)).status).toBe(404)
    // A key decides even where a good session comes with it.
    const both = {
      path: paths.api.messages(portal),
      headers: { ...bySession().headers, ...byKey('ap_0123456789abcdefghij').headers },
    }
    expect((await ask(both, tag)).status).toBe(401)
    const other = { ...byKey(), path: paths.api.messages(newId(Date.now())) }
    expect((await ask(other, '*')).status).toBe(404)
    expect((await ask({ ...byKey(), path: paths.api.messages('x') }, '*')).status).toBe(404)
  })

  it('an ended, forged or removed session', async () => {
    const tag = await tagFor(bySession())
    expect((await ask(bySession(maya.cookie.replace(/.$/, 'x')), tag)).status).toBe(401)
    const { db } = studio.ctx()
    const colleague = await studio.person('member')
    expect((await ask(bySession(colleague.cookie), tag)).status).toBe(304)
    await world.env.DB.prepare('delete from member where id = ?').bind(colleague.id).run()
    expect((await ask(bySession(colleague.cookie), tag)).status).not.toBe(304)
    await db.update(session).set({ expiresAt: new Date(Date.now() - 1) })
    expect((await ask(bySession(), tag)).status).toBe(401)
  })

  it('a paused, expired, replaced, deleted or billing-only link', async () => {
    const tag = await tagFor(byLink())
    await act(jane, 'pause')
    expect((await ask(byLink(), tag)).status).toBe(404)
    await act(jane, 'resume')
    expect((await ask(byLink(), tag)).status).toBe(304)
    await act(jane, 'replace', { send: false })
    expect((await ask(byLink(), tag)).status).toBe(404)

    const short = await create({ expiresAt: new Date(Date.now() + DAY).toISOString(), send: false })
    expect((await ask(byLink(token(short.url)), tag)).status).toBe(304)
    vi.setSystemTime(Date.now() + DAY)
    expect((await ask(byLink(token(short.url)), tag)).status).toBe(404)

    const billing = await create({ scope: 'billing', send: false })
    expect((await ask(byLink(token(billing.url)), tag)).status).toBe(404)
    expect((await ask(byLink(token(billing.url)), '*')).status).toBe(404)
    expect((await ask(byLink('f'.repeat(64)), '*')).status).toBe(404)
    world.trips.length = 0
    expect((await ask(byLink('no-token'), '*')).status).toBe(404)
    expect(world.trips).toEqual([])
  })
})

it('is left to the guard when a session names no organisation', async () => {
  const { cookie } = maya
  const asker = { path: paths.api.messages(portal), headers: { cookie } }
  expect((await ask(asker, await tagFor(asker))).status).toBe(200)
  const { db } = studio.ctx()
  expect(await db.select({ id: organization.id }).from(organization)).toHaveLength(1)
})

it('does not count a right answer as a guess', async () => {
  const failures: string[] = []
  world.env = {
    ...world.env,
    FAILURES_BY_NETWORK: {
      limit: async ({ key: counted }) => {
        failures.push(counted)
        return { success: true }
      },
    },
  }
  for (const asker of [byKey(), bySession(), byLink()])
    expect((await ask(asker, await tagFor(asker))).status).toBe(304)
  expect(failures).toEqual([])
  await ask(byLink('f'.repeat(64)), '*')
  expect(failures).toHaveLength(1)
})
