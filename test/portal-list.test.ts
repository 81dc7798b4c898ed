import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { encodeCursor } from '../src/lib/cursor.ts'
import { newId } from '../src/lib/id.ts'
import { paths, withQuery } from '../src/paths.ts'
import { key, newPortal, openStudio, studio, world } from './harness/studio-scene.ts'
import type { Tenant } from './harness/world.ts'

interface PortalJson {
  id: string
  project: string
  status: string
  outstanding: number
}

beforeEach(openStudio)

async function open(project: string, over: object = {}, as = key): Promise<string> {
  const body = { ...newPortal, project, send: false, ...over }
  const made = await world.api('POST', paths.api.portals, as, body)
  expect(made.status).toBe(201)
  return (await made.json<PortalJson>()).id
}

const archive = (id: string) => world.api('POST', paths.api.portalAction(id, 'archive'), key)

const owes = (id: string, outstanding: number, currency: string) =>
  env.DB.prepare('update portal set outstanding = ?, currency = ? where id = ?')
    .bind(outstanding, currency, id)
    .run()

const lastActive = (id: string, at: number) =>
  env.DB.prepare('update portal set last_activity_at = ? where id = ?').bind(at, id).run()

type Query = Record<string, string>

async function list(query: Query = {}, as = key) {
  const answer = await world.api('GET', withQuery(paths.api.portals, query), as)
  expect(answer.status, JSON.stringify(query)).toBe(200)
  return answer.json<{ items: PortalJson[]; next: string | null }>()
}

const projects = async (query: Query = {}, as = key) =>
  (await list(query, as)).items.map(({ project }) => project)

/** Page by page, two at a time. */
async function pages(query: Query): Promise<string[]> {
  const names: string[] = []
  let cursor: string | null = null
  do {
    const page = await list({ limit: '2', ...query, ...(cursor === null ? {} : { cursor }) })
    names.push(...page.items.map(({ project }) => project))
    cursor = page.next
  } while (cursor !== null)
  return names
}

describe('the list of portals', () => {
  it('holds all of them for the API, and those of a state when asked', async () => {
    await archive(await open('old'))
    await open('new')
    expect(await projects()).toEqual(['new', 'old'])
    expect(await projects({ status: 'active' })).toEqual(['new'])
    expect(await projects({ status: 'archived' })).toEqual(['old'])
    expect((await list({ status: 'archived' })).items[0]).toMatchObject({
      status: 'archived',
      outstanding: 0,
    })
  })

  it('is sorted by last activity, page by page, ties included', async () => {
    const ids: string[] = []
    for (const project of ['a', 'b', 'c', 'd', 'e']) ids.push(await open(project))
    const [a = '', b = '', c = '', d = '', e = ''] = ids
    for (const [id, at] of [
      [a, 5],
      [b, 3],
      [c, 3],
      [d, 3],
      [e, 1],
    ] as const)
      await lastActive(id, at)
    expect(await pages({ sort: 'activity' })).toEqual(['a', 'd', 'c', 'b', 'e'])
    await archive(b)
    expect(await pages({ sort: 'activity' })).toEqual(['a', 'd', 'c', 'e'])
    expect(await pages({ sort: 'activity', status: 'archived' })).toEqual(['b'])
  })

  it('is sorted by what is outstanding within each currency, ties included', async () => {
    const sums = [
      ['a', 100, 'EUR'],
      ['b', 900, 'USD'],
      ['c', 100, 'EUR'],
      ['d', 0, 'USD'],
      ['e', 2500, 'EUR'],
    ] as const
    for (const [project, sum, currency] of sums) await owes(await open(project), sum, currency)
    expect(await pages({ sort: 'outstanding' })).toEqual(['b', 'd', 'e', 'c', 'a'])
    const [first] = (await list({ sort: 'outstanding' })).items
    expect(first).toMatchObject({ outstanding: 900, currency: 'USD' })
  })

  it('moves a portal up when something happens in it', async () => {
    const first = await open('first')
    await open('second')
    expect(await projects({ sort: 'activity' })).toEqual(['second', 'first'])
    await world.api('PATCH', paths.api.portal(first), key, { client: 'Somebody else' })
    expect(await projects({ sort: 'activity' })).toEqual(['first', 'second'])
  })

  it.each([
    ['status=gone', 'status'],
    ['sort=name', 'sort'],
    ['cursor=x', 'cursor'],
    ['sort=activity&cursor=01a20383-51d4-730e-bdd6-3c30997306b0', 'cursor'],
    [
      `sort=activity&cursor=${encodeCursor(['1', '01a20383-51d4-730e-bdd6-3c30997306b0'])}`,
      'cursor',
    ],
    [`sort=activity&cursor=${encodeCursor([1, 'x'])}`, 'cursor'],
    [
      `sort=outstanding&cursor=${encodeCursor([1, '01a20383-51d4-730e-bdd6-3c30997306b0'])}`,
      'cursor',
    ],
    [`cursor=${encodeCursor([1, '01a20383-51d4-730e-bdd6-3c30997306b0'])}`, 'cursor'],
    ['sort=outstanding&cursor=%00', 'cursor'],
    [`q=${'x'.repeat(201)}`, 'q'],
    ['q=x&sort=activity', 'sort'],
  ])('refuses ?%s', async (query, place) => {
    const answer = await world.api('GET', `${paths.api.portals}?${query}`, key)
    expect(answer.status).toBe(422)
    const { errors } = await answer.json<{ errors: { path: string; message: string }[] }>()
    expect(errors.map(({ path }) => path)).toEqual([place])
    expect(errors[0]?.message).not.toMatch(/^Invalid/)
  })

  it('goes on inside the organisation alone, whatever cursor is made up', async () => {
    const other = await world.organization('other')
    const foreign = await open('foreign', {}, await other.key('owner'))
    await open('own')
    const last = 'ffffffff-ffff-7fff-bfff-ffffffffffff'
    expect(await projects({ cursor: last })).toEqual(['own'])
    const beyond = encodeCursor([Number.MAX_SAFE_INTEGER, last])
    expect(await projects({ sort: 'activity', cursor: beyond })).toEqual(['own'])
    expect(await projects({ sort: 'outstanding', cursor: encodeCursor(['ZMW', 1, last]) })).toEqual(
      ['own'],
    )
    expect(await projects({ q: 'own', cursor: foreign })).toEqual([])
  })
})

describe('a search', () => {
  it('finds the beginnings of words in project, client, and every contact', async () => {
    const id = await open('Website relaunch', { client: 'Café Łódź' })
    await world.api('POST', paths.api.links(id), key, {
      contact: { name: 'Renée O’Brien', email: 'renee@accounts.example' },
      send: false,
    })
    await open('Annual report', {
      client: 'Beacon',
      contact: { name: 'Ruth', email: 'ruth@beacon.example' },
    })
    const queries = [
      'web',
      'RELAUNCH',
      'cafe łodz web',
      'renee',
      'o’brien',
      'renee@accounts.example',
      'jane cooper',
    ]
    for (const q of queries) expect(await projects({ q }), q).toEqual(['Website relaunch'])
    expect(await projects({ q: 'site' })).toEqual([])
    expect(await projects({ q: 'web beacon' })).toEqual([])
    expect(await projects({ q: ' ' })).toEqual(['Annual report', 'Website relaunch'])
    expect(await projects({ q: '"*' })).toEqual([])
  })

  it('follows what is changed, archived, forgotten and deleted', async () => {
    const id = await open('Website')
    await world.api('PATCH', paths.api.portal(id), key, { project: 'Shopfront' })
    expect(await projects({ q: 'website' })).toEqual([])
    expect(await projects({ q: 'shop', status: 'active' })).toEqual(['Shopfront'])
    const { id: link } = await (
      await world.api('POST', paths.api.links(id), key, {
        contact: { name: 'Otto', email: 'otto@x.example' },
        send: false,
      })
    ).json<{ id: string }>()
    expect(await projects({ q: 'otto' })).toEqual(['Shopfront'])
    await world.api('DELETE', paths.api.link(id, link), key)
    expect(await projects({ q: 'otto' })).toEqual([])
    await archive(id)
    expect(await projects({ q: 'shop', status: 'active' })).toEqual([])
    expect(await projects({ q: 'shop', status: 'archived' })).toEqual(['Shopfront'])
    await world.api('DELETE', paths.api.portal(id), key)
    expect(await projects({ q: 'shop' })).toEqual([])
  })

  it('is newest first and page by page', async () => {
    for (const n of [1, 2, 3, 4, 5]) await open(`Site ${n}`)
    expect(await pages({ q: 'site' })).toEqual(['Site 5', 'Site 4', 'Site 3', 'Site 2', 'Site 1'])
  })

  it('shows a stranger’s tenant nothing, however it is asked', async () => {
    const other: Tenant = await world.organization('other')
    const theirs = other.facts.id
    await open('Secret merger', { client: 'Quiet Bank' }, await other.key('owner'))
    await open('Own')
    const hex = theirs.replaceAll('-', '')
    const attacks = [
      'secret',
      theirs,
      hex,
      `organization:${hex}`,
      `organization:"${hex}" secret`,
      `x") OR organization:"${hex}`,
      `own) OR (secret`,
      `own" OR "secret`,
      `own"* OR organization:"${hex}"*`,
      'own OR secret',
      'NOT own',
      'own NOT own OR secret',
      'NEAR(secret merger)',
      'secret*',
      '^secret',
      '-own',
      `{organization}:${hex}`,
      `state:active secret`,
      '\u0000secret',
      `'; drop table portal; --`,
    ]
    for (const q of attacks) {
      for (const status of [undefined, 'active', 'archived']) {
        const found = await projects({ q, ...(status === undefined ? {} : { status }) })
        expect(
          found.filter((project) => project !== 'Own'),
          q,
        ).toEqual([])
      }
    }
    expect(await projects({ q: 'secret' }, await other.key('member'))).toEqual(['Secret merger'])
  })
})

describe('the page of portals', () => {
  let cookie: string
  beforeEach(async () => {
    ;({ cookie } = await studio.person('member'))
  })
  const page = async (query: Query = {}) => {
    const answer = await world.request(withQuery(paths.portals(studio.slug), query), {
      headers: { cookie },
    })
    return { status: answer.status, html: await answer.text() }
  }

  it('says what an empty list means', async () => {
    expect((await page()).html).toContain('Open your first portal')
    const id = await open('Only one')
    expect((await page({ status: 'archived' })).html).toContain('Nothing is archived')
    expect((await page({ q: '<b>none' })).html).toContain('Nothing found for “&lt;b&gt;none”')
    expect((await page({ cursor: id })).html).toContain('end of the list')
    await archive(id)
    expect((await page()).html).toContain('No active portals')
    expect((await page({ status: 'archived' })).html).toContain('Only one')
  })

  it('shows active ones first, and keeps the search in every link', async () => {
    await archive(await open('Old site'))
    await open('New site')
    const { html } = await page()
    expect(html).toContain('New site')
    expect(html).not.toContain('Old site')
    const found = await page({ q: 'site', status: 'archived', sort: 'activity' })
    expect(found.status).toBe(200)
    expect(found.html).toContain('Old site')
    expect(found.html).toContain(`href="${paths.portals(studio.slug)}?q=site"`)
    expect(found.html).toContain('<input type="hidden" name="status" value="archived"')
  })

  it('shows money only where some is outstanding', async () => {
    const id = await open('Site')
    expect((await page()).html).not.toMatch(/€|<th[^>]*>Outstanding/)
    await owes(id, 123_450, 'EUR')
    expect((await page()).html).toContain('€1,234.50')
  })

  it.each(['cursor=x', 'status=gone', 'sort=name', 'limit=0'])(
    'is not there by ?%s',
    async (query) => {
      expect((await page(Object.fromEntries(new URLSearchParams(query)))).status).toBe(404)
    },
  )

  it('takes no portal twice and leaves none out while others come', async () => {
    for (const n of [1, 2, 3]) await open(`Site ${n}`)
    const { next } = await list({ limit: '2', status: 'active' })
    await open('Site 4', { id: newId(Date.now() + 1000) })
    const rest = await page({ cursor: next ?? '' })
    expect(rest.html).toContain('Site 1')
    expect(rest.html).not.toContain('Site 2')
    expect(rest.html).not.toContain('Site 4')
  })
})
