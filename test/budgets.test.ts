import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { paths } from '../src/paths.ts'
import { routes } from './harness/routes.ts'
import { isWrite, type Recorded, type Trips } from './harness/recorder.ts'
import { World, type Tenant } from './harness/world.ts'
import { fillEmails, fillKeys, fillLinks, fillPortals } from './harness/crowd.ts'
import { createPortal } from '../src/features/portals/actions.ts'

interface Read {
  path: string
  trips: number
  /** Rows this may read for the rows it shows, at any size of the tables. */
  rows: number
  as: 'link' | 'member' | 'key' | 'nobody'
}

let world: World
let studio: Tenant
let reads: Read[]
let portalId: string
const visitors: Record<Read['as'], RequestInit> = { link: {}, member: {}, key: {}, nobody: {} }

/** Rows shown x (1 + tables joined per row) + 10, and what the session or key costs. */
const rows = (shown: number, joined: number, door = 0) => shown * (1 + joined) + 10 + door

/** Session, user, and a membership with its organisation. */
const SESSION = 6
const KEY = 4

beforeEach(async () => {
  world = new World()
  studio = await world.organization('studio')
  const { cookie } = await studio.person('owner')
  const key = await studio.key('owner')
  visitors.member = { headers: { cookie } }
  visitors.key = { headers: { authorization: `Bearer ${key}` } }
  const made = await createPortal(studio.ctx(), {
    project: 'Website relaunch',
    client: 'Halcyon Coffee',
    currency: 'EUR',
    contact: { name: 'Jane Cooper', email: 'jane@halcyon.example' },
    send: true,
  })
  if (!made.ok) throw new Error('The portal was not made.')
  const { portal, token = '' } = made.value
  portalId = portal.id
  const link = portal.links.items[0]?.id ?? ''
  const { slug } = studio
  const member = (path: string, most: number): Read => ({
    path,
    trips: 2,
    rows: most + SESSION,
    as: 'member',
  })
  const key_ = (path: string, most: number): Read => ({
    path,
    trips: 2,
    rows: most + KEY,
    as: 'key',
  })
  const none = (path: string): Read => ({ path, trips: 0, rows: 0, as: 'nobody' })
  reads = [
    { path: paths.portal(token), trips: 1, rows: 20, as: 'link' },
    { path: paths.api.client(token), trips: 1, rows: 20, as: 'link' },
    { path: paths.portal('f'.repeat(64)), trips: 1, rows: 1, as: 'nobody' },
    { path: paths.api.client('f'.repeat(64)), trips: 1, rows: 1, as: 'nobody' },
    none(paths.portal('no-token')),
    none(paths.api.client('F'.repeat(64))),
    none(paths.home),
    none(paths.robots),
    none(paths.signIn),
    none(paths.confirm),
    none(paths.api.openapi),
    { path: paths.healthz, trips: 1, rows: 1, as: 'nobody' },
    { path: paths.dashboard, trips: 1, rows: SESSION, as: 'member' },
    { path: paths.organization(slug), trips: 1, rows: SESSION, as: 'member' },
    member(paths.portals(slug), rows(50, 3)),
    { path: paths.newPortal(slug), trips: 1, rows: SESSION, as: 'member' },
    member(paths.portalOf(slug, portal.id), rows(1, 2) + rows(50, 2)),
    member(paths.newLink(slug, portal.id), rows(1, 2)),
    member(paths.link(slug, portal.id, link), rows(1, 2)),
    member(paths.linkAction(slug, portal.id, link, 'view'), rows(1, 5)),
    member(paths.emails(slug), rows(50, 0)),
    member(paths.keys(slug), rows(50, 0)),
    { path: paths.newKey(slug), trips: 1, rows: SESSION, as: 'member' },
    key_(paths.api.portals, rows(50, 3)),
    key_(paths.api.portal(portal.id), rows(1, 2)),
    key_(paths.api.links(portal.id), rows(1, 2) + rows(50, 2)),
    key_(paths.api.emails, rows(50, 0)),
  ]
})

async function read({ path, as }: Read): Promise<{ trips: Trips; status: number }> {
  world.trips.length = 0
  const { status } = await world.request(path, visitors[as])
  return { status, trips: [...world.trips] }
}

const run = async ({ sql, params }: Recorded) =>
  env.DB.prepare(sql)
    .bind(...params)
    .all()

async function rowsRead(trips: Trips): Promise<number> {
  const counts = await Promise.all(trips.flat().map(async (one) => (await run(one)).meta.rows_read))
  return counts.reduce((sum, count) => sum + count, 0)
}

/** What the planner says against a statement: a scan of a table, or a sort of its own. */
async function complaints({ sql, params }: Recorded): Promise<string[]> {
  const { results } = await env.DB.prepare(`explain query plan ${sql}`)
    .bind(...params)
    .all<{ detail: string }>()
  const harmless = /^SCAN (?:\(|CONSTANT ROW|\S+ VIRTUAL TABLE)/
  return results
    .map(({ detail }) => detail)
    .filter(
      (detail) =>
        /TEMP B-TREE/.test(detail) || (detail.startsWith('SCAN ') && !harmless.test(detail)),
    )
}

it('would notice a scan and a sort', async () => {
  const scan = await complaints({ sql: 'select 1 from portal where project = ?', params: ['x'] })
  const sort = await complaints({ sql: 'select 1 from member order by role', params: [] })
  expect(scan).toEqual(['SCAN portal'])
  expect(sort).toContain('USE TEMP B-TREE FOR ORDER BY')
})

it('covers every GET of the app', async () => {
  const patterns = (await routes())
    .filter(({ method }) => method === 'GET')
    .map(({ path }) => new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`))
  for (const pattern of patterns) {
    expect(
      reads.some(({ path }) => pattern.test(path)),
      String(pattern),
    ).toBe(true)
  }
})

it('keeps to its round trips, writes nothing, and has a plan without scans or sorts', async () => {
  for (const one of reads) {
    const { trips } = await read(one)
    expect(trips.length, one.path).toBe(one.trips)
    expect(trips.flat().filter(isWrite), one.path).toEqual([])
    for (const statement of trips.flat()) {
      expect(await complaints(statement), statement.sql).toEqual([])
    }
  }
})

describe('with 10,000 portals, 20,000 links and 50,000 mails beside another tenant’s as many', () => {
  beforeEach(async () => {
    await fillPortals(env.DB, studio.facts.id, 10_000)
    await fillEmails(env.DB, studio.facts.id, 50_000)
    await fillLinks(env.DB, portalId, 200)
    await fillKeys(env.DB, studio.facts.id, 1_000)
    const other = await world.organization('other')
    await fillPortals(env.DB, other.facts.id, 10_000)
    await fillEmails(env.DB, other.facts.id, 50_000)
  })

  it('reads no more rows than it shows, on the first page and in the depth', async () => {
    for (const one of reads) {
      const { trips, status } = await read(one)
      expect(status, one.path).toBeLessThan(405)
      expect(await rowsRead(trips), one.path).toBeLessThanOrEqual(one.rows)
    }
    const { results } = await env.DB.prepare(
      'select id from portal where organization_id = ? order by id limit 1 offset 200',
    )
      .bind(studio.facts.id)
      .all<{ id: string }>()
    const cursor = results[0]?.id ?? ''
    const lists: [string, Read['as'], number][] = [
      [paths.portals(studio.slug), 'member', rows(50, 3) + SESSION],
      [paths.api.portals, 'key', rows(50, 3) + KEY],
    ]
    for (const [path, as, most] of lists) {
      const { trips } = await read({ path: `${path}?cursor=${cursor}`, as, trips: 2, rows: most })
      expect(await rowsRead(trips), path).toBeLessThanOrEqual(most)
    }
  })

  it('finds the mails that need somebody, and those of a state, without reading the others', async () => {
    const mails: [string, Read['as'], number][] = [
      [`${paths.emails(studio.slug)}?attention=1`, 'member', SESSION],
      [`${paths.api.emails}?status=bounced`, 'key', KEY],
      [`${paths.api.emails}?attention=1`, 'key', KEY],
    ]
    for (const [path, as, door] of mails) {
      const most = rows(50, 0, door)
      const { trips } = await read({ path, as, trips: 2, rows: most })
      expect(await rowsRead(trips), path).toBeLessThanOrEqual(most)
      for (const statement of trips.flat()) {
        expect(await complaints(statement), statement.sql).toEqual([])
      }
    }
  })

  it('spends a page through the whole list on every portal exactly once', async () => {
    const seen = new Set<string>()
    let next: string | null = ''
    while (next !== null) {
      const query: string = next === '' ? '' : `&cursor=${next}`
      const response = await world.request(`${paths.api.portals}?limit=100${query}`, visitors.key)
      const page = await response.json<{ items: { id: string }[]; next: string | null }>()
      for (const { id } of page.items) seen.add(id)
      next = page.next
    }
    expect(seen.size).toBe(10_001)
  })
})

it('reads five rows or fewer when the cron finds nothing to do', async () => {
  await fillEmails(env.DB, studio.facts.id, 5_000)
  await world.minute()
  world.trips.length = 0
  await world.minute()
  const [claim] = world.trips.flat()
  expect(world.trips).toHaveLength(1)
  expect(claim && (await run(claim)).meta.rows_read).toBeLessThanOrEqual(5)
})
