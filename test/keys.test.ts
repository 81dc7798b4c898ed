import { env as bindings } from 'cloudflare:workers'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createKey, revokeKey } from '../src/features/keys/actions.ts'
import { dayOf } from '../src/lib/day.ts'
import { newId } from '../src/lib/id.ts'
import { paths } from '../src/paths.ts'
import { newPortal, openStudio, studio, world } from './harness/studio-scene.ts'

let owner: string
let admin: string

beforeEach(async () => {
  await openStudio()
  owner = (await studio.person('owner')).cookie
  admin = (await studio.person('admin')).cookie
})

const form = { name: 'Deal won', role: 'member', expiresAt: '' }
const make = (over: Record<string, string> = {}, cookie = owner) =>
  world.form(paths.keys(studio.slug), { ...form, ...over }, cookie)
const secretIn = (html: string) => /value="(ap_[\w-]+)"/.exec(html)?.[1]
const made = async (over: Record<string, string> = {}, cookie = owner) =>
  secretIn(await (await make(over, cookie)).text()) ?? ''
const page = async (path: string, cookie = owner) => world.request(path, { headers: { cookie } })
const status = async (key: string, method = 'GET') =>
  (await world.api(method, paths.api.portals, key, method === 'POST' ? newPortal : undefined))
    .status
const idOf = async (name: string) =>
  (
    await bindings.DB.prepare('select id from api_key where name = ?')
      .bind(name)
      .first<{ id: string }>()
  )?.id ?? ''
const revoke = (id: string, cookie = owner) =>
  world.form(paths.revokeKey(studio.slug, id), {}, cookie)
const happenings = async () => {
  const { results } = await bindings.DB.prepare(
    "select kind, actor_name as who, data from activity where kind like 'key.%' order by id",
  ).all<{ kind: string; who: string; data: string }>()
  return results.map(({ kind, who, data }) => [kind, who, JSON.parse(data)])
}

describe('a key', () => {
  it('is shown once, opens what its role may, and is kept as a hash alone', async () => {
    const answer = await make()
    expect(answer.status).toBe(200)
    expect(answer.headers.get('cache-control')).toBe('private, no-store')
    const key = secretIn(await answer.text()) ?? ''
    expect(key).toMatch(/^ap_[\w-]{43}$/)
    expect(await status(key)).toBe(200)
    expect(await status(key, 'POST')).toBe(201)
    const tables = ['api_key', 'activity', 'job', 'email']
    const rows = await Promise.all(
      tables.map(
        async (table) => (await bindings.DB.prepare(`select * from ${table}`).all()).results,
      ),
    )
    expect(JSON.stringify(rows)).not.toContain(key.slice(3))
    expect(await (await page(paths.keys(studio.slug))).text()).not.toContain('ap_')
    expect(await happenings()).toEqual([
      ['key.created', 'owner of studio', { name: 'Deal won', role: 'member' }],
    ])
  })

  it('is another one each time', async () => {
    expect(new Set(await Promise.all([made(), made(), made()])).size).toBe(3)
  })

  it('is made once for a form that arrives many times, and not shown again', async () => {
    const id = newId(Date.now())
    const answers = await Promise.all([1, 2, 3, 4].map(() => make({ id })))
    const pages = await Promise.all(answers.map((answer) => answer.text()))
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200])
    expect(pages.filter(secretIn)).toHaveLength(1)
    expect(pages.filter((html) => html.includes('was made already'))).toHaveLength(3)
    expect(await happenings()).toHaveLength(1)
    expect(await (await make({ id })).text()).not.toContain('value="ap_')
  })

  it('can’t be found out by naming the id of another’s', async () => {
    const other = await world.organization('other')
    const id = newId(Date.now())
    const theirs = await createKey(other.ctx(), { id, name: 'Deal won', role: 'member' })
    expect(theirs.ok).toBe(true)
    const answer = await make({ id })
    expect(answer.status).toBe(409)
    expect(await answer.text()).not.toContain('Deal won')
  })

  it('ends with its last day in the organisation’s zone', async () => {
    vi.setSystemTime(Date.UTC(2026, 5, 1))
    const { cookie } = await studio.person('owner')
    const key = await made({ expiresAt: '2026-06-03' }, cookie)
    // Oslo is two hours ahead.
    vi.setSystemTime(Date.UTC(2026, 5, 3, 21, 59))
    expect(await status(key)).toBe(200)
    vi.setSystemTime(Date.UTC(2026, 5, 3, 22))
    expect(await status(key)).toBe(401)
    const html = await (await page(paths.keys(studio.slug), cookie)).text()
    expect(html).toContain('Expired')
    expect(html).toContain('Last day was 3 Jun 2026')
  })

  it('has its last use noted, at most once a minute', async () => {
    const key = await made()
    const used = async () =>
      (
        await bindings.DB.prepare(
          "select last_used_at as at from api_key where name = 'Deal won'",
        ).first<{ at: number | null }>()
      )?.at ?? null
    await status(key)
    expect(await used()).toBeNull()
    await status(key, 'POST')
    const first = await used()
    expect(first).toBeGreaterThan(0)
    await status(key, 'POST')
    expect(await used()).toBe(first)
    vi.setSystemTime(Date.now() + 61_000)
    await status(key, 'POST')
    expect(await used()).toBeGreaterThan(first ?? 0)
  })
})

describe('the form', () => {
  it.each([
    ['no name', { name: ' ' }, 'The name is missing.'],
    ['no role', { role: 'god' }, 'Choose what the key may do.'],
    ['a day that is over', { expiresAt: '2020-02-02' }, 'The last day has to be today or later.'],
    ['no day at all', { expiresAt: 'soon' }, 'Give a date and time'],
  ])('comes back with %s, the values and a message', async (_, over, message) => {
    const answer = await make({ name: 'Kept <b>', ...over })
    expect(answer.status).toBe(422)
    const html = await answer.text()
    expect(html).toContain(message)
    if (!('name' in over)) expect(html).toContain('value="Kept &lt;b&gt;"')
    expect(await idOf('Kept <b>')).toBe('')
  })

  it('takes today for a last day', async () => {
    expect(await made({ expiresAt: dayOf(Date.now(), studio.facts.timeZone) })).toMatch(/^ap_/)
  })

  it('offers an admin no role above their own', async () => {
    const html = await (await page(paths.newKey(studio.slug), admin)).text()
    expect(html).toContain('value="admin"')
    expect(html).not.toContain('value="owner"')
  })
})

describe('who may', () => {
  it('make one: nobody above their own role, whatever the form says', async () => {
    const member = (await studio.person('member')).cookie
    expect((await make({ name: 'A', role: 'owner' }, admin)).status).toBe(403)
    expect((await make({ name: 'B', role: 'admin' }, admin)).status).toBe(200)
    expect((await make({ name: 'C', role: 'member' }, member)).status).toBe(403)
    expect(await idOf('A')).toBe('')
    expect(await idOf('C')).toBe('')
    for (const role of ['member', 'admin'] as const) {
      const by = await createKey(studio.ctx(role), { name: 'D', role: 'owner' })
      expect(by).toMatchObject({ ok: false, failure: { kind: 'forbidden' } })
    }
  })

  it('see them: not members', async () => {
    await make()
    const member = (await studio.person('member')).cookie
    for (const path of [paths.keys(studio.slug), paths.newKey(studio.slug)]) {
      const answer = await page(path, member)
      expect(answer.status).toBe(403)
      expect(await answer.text()).not.toContain('Deal won')
    }
  })

  it('revoke one: no admin an owner’s', async () => {
    await make({ name: 'Owners', role: 'owner' })
    const id = await idOf('Owners')
    expect((await revoke(id, admin)).status).toBe(403)
    expect(await (await page(paths.keys(studio.slug), admin)).text()).toContain('Owners only')
    expect((await revoke(id, owner)).status).toBe(303)
  })
})

describe('revoking', () => {
  it('refuses the key at once, for reading and for changing', async () => {
    const key = await made({ role: 'owner' })
    expect((await revoke(await idOf('Deal won'))).status).toBe(303)
    expect(await status(key)).toBe(401)
    expect(await status(key, 'POST')).toBe(401)
    expect(await (await page(paths.keys(studio.slug))).text()).toContain('Revoked')
  })

  it('happens once for two clicks', async () => {
    await make()
    const id = await idOf('Deal won')
    const clicks = await Promise.all([revoke(id), revoke(id), revoke(id)])
    expect(clicks.map((answer) => answer.status)).toEqual([303, 303, 303])
    expect((await happenings()).map(([kind]) => kind)).toEqual(['key.created', 'key.revoked'])
  })

  it('finds nothing of another organisation’s', async () => {
    const other = await world.organization('other')
    const theirs = await createKey(other.ctx(), { name: 'Theirs', role: 'member' })
    const id = theirs.ok ? theirs.value.id : ''
    expect((await revoke(id)).status).toBe(404)
    expect(await revokeKey(studio.ctx(), id)).toMatchObject({ failure: { kind: 'missing' } })
    expect(await status(theirs.ok ? (theirs.value.secret ?? '') : '')).toBe(200)
  })
})

it('lists the newest first, page by page', async () => {
  const base = Date.now()
  for (let n = 0; n < 3; n++) {
    const by = studio.ctx('owner', base + n)
    await createKey(by, { name: `Key ${n}`, role: 'member' })
  }
  const names = (html: string) =>
    [...html.matchAll(/<b><bdi>(.*?)<\/bdi><\/b>/g)].map(([, name]) => name)
  const first = await (await page(`${paths.keys(studio.slug)}?limit=2`)).text()
  expect(names(first)).toEqual(['Key 2', 'Key 1'])
  const next = /cursor=([0-9a-f-]{36})/.exec(first)?.[1]
  const rest = await (await page(`${paths.keys(studio.slug)}?cursor=${next}`)).text()
  expect(names(rest)).toEqual(['Key 0', 'owner key'])
})
