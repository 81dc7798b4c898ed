import { env as bindings } from 'cloudflare:workers'
import { beforeEach, expect, it, vi } from 'vitest'
import { newId } from '../src/lib/id.ts'
import { paths } from '../src/paths.ts'
import { scheduled } from '../src/scheduled.ts'
import { create, DAY, openScene, portal, type LinkJson } from './harness/link-scene.ts'
import { isWrite } from './harness/recorder.ts'
import { count, openPortal, send } from './harness/sending.ts'
import { key, newPortal, studio, world } from './harness/studio-scene.ts'

beforeEach(openScene)

const portals = async () => {
  const list = await world.api('GET', paths.api.portals, key)
  return (await list.json<{ items: { id: string; project: string }[] }>()).items
}

it('makes one portal and one mail of twenty calls at once', async () => {
  const before = await count('portal')
  const all = await Promise.all(Array.from({ length: 20 }, () => openPortal('twenty')))
  expect(new Set(all.map(({ status }) => status))).toEqual(new Set([201]))
  const bodies = await Promise.all(
    all.map((answer) => answer.json<{ id: string; links: { url?: string }[] }>()),
  )
  expect(new Set(bodies.map(({ id }) => id)).size).toBe(1)
  expect(bodies.filter(({ links }) => links[0]?.url !== undefined)).toHaveLength(1)
  expect(await world.mails('jane@client.example')).toHaveLength(1)
  expect(await count('portal')).toBe(before + 1)
})

it('keeps the call in the batch of the change itself', async () => {
  world.trips.length = 0
  await openPortal('one-batch')
  const claims = world.trips.filter((trip) =>
    trip.some((one) => isWrite(one) && one.sql.includes('insert into "idempotency"')),
  )
  expect(claims).toHaveLength(1)
  expect(claims[0]?.some(({ sql }) => sql.includes('insert into "portal"'))).toBe(true)
})

it('keeps nothing of what broke, and does it the next time', async () => {
  const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  await bindings.DB.prepare('alter table activity rename to elsewhere').run()
  expect((await openPortal('broken')).status).toBe(500)
  expect(await count('idempotency')).toBe(0)
  await bindings.DB.prepare('alter table elsewhere rename to activity').run()
  const again = await openPortal('broken')
  expect(again.status).toBe(201)
  expect(again.headers.has('idempotent-replayed')).toBe(false)
  logged.mockRestore()
})

it('keeps nothing of what was refused', async () => {
  const { id } = await create({ send: false })
  const member = await studio.key('member')
  const replace = paths.api.linkAction(portal, id, 'replace')
  const refused = [
    [openPortal('x', { body: { ...newPortal, project: '' } }), 422],
    [send({ path: paths.api.linkAction(portal, newId(1), 'pause'), once: 'x' }), 404],
    [send({ path: replace, once: 'x', body: { version: 9 } }), 409],
    [send({ path: replace, once: 'x', as: member }), 403],
  ] as const
  for (const [answer, status] of refused) expect((await answer).status).toBe(status)
  expect(await count('idempotency')).toBe(0)
  expect((await openPortal('x')).status).toBe(201)
})

it('counts as done what found nothing to do', async () => {
  const { id } = await create({ send: false })
  const path = paths.api.linkAction(portal, id, 'pause')
  await send({ path })
  const all = await Promise.all([1, 2, 3].map(() => send({ path, once: 'paused' })))
  expect(all.map(({ status }) => status)).toEqual([200, 200, 200])
  await send({ path: paths.api.linkAction(portal, id, 'resume') })
  const replay = await send({ path, once: 'paused' })
  expect(await replay.json()).toMatchObject({ id, state: 'live' })
})

it('shows the thing as it is now', async () => {
  const body = { contact: { name: 'New', email: 'new@client.example' }, send: false }
  const path = paths.api.links(portal)
  const made = await (await send({ path, once: 'now', body })).json<LinkJson>()
  await world.api('PATCH', paths.api.link(portal, made.id), key, { scope: 'billing' })
  const replay = await send({ path, once: 'now', body })
  expect(await replay.json()).toMatchObject({ id: made.id, scope: 'billing' })
})

it('takes the id that the caller chose', async () => {
  const id = '01a20383-51d4-730e-bdd6-3c30997306b0'
  const body = { ...newPortal, id }
  for (const _ of [1, 2]) {
    const answer = await openPortal('mine', { body })
    expect(answer.status).toBe(201)
    expect(await answer.json()).toMatchObject({ id })
  }
})

it('knows a key for a day, and not longer', async () => {
  const start = Date.now()
  const first = await (await openPortal('day')).json<{ id: string }>()
  vi.setSystemTime(start + DAY - 60_000)
  expect(await (await openPortal('day')).json()).toMatchObject({ id: first.id })
  vi.setSystemTime(start + DAY + 60_000)
  const all = await Promise.all([1, 2, 3].map(() => openPortal('day')))
  const ids = await Promise.all(all.map(async (a) => (await a.json<{ id: string }>()).id))
  expect(new Set(ids).size).toBe(1)
  expect(ids[0]).not.toBe(first.id)
  expect((await openPortal('day', { body: { ...newPortal, project: 'Another' } })).status).toBe(409)
})

it('forgets what is older than a day when the cron cleans up', async () => {
  await openPortal('old')
  const start = Date.now()
  await scheduled('17 3 * * *', start + DAY - 60_000, world.env)
  expect(await count('idempotency')).toBe(1)
  await scheduled('17 3 * * *', start + DAY + 60_000, world.env)
  expect(await count('idempotency')).toBe(0)
})

it('keeps callers apart: keys, people and organisations may choose the same words', async () => {
  const other = await world.organization('other')
  const { cookie } = await studio.person('owner')
  const byPerson = () =>
    world.request(paths.api.portals, {
      method: 'POST',
      headers: {
        cookie,
        origin: world.origin,
        'content-type': 'application/json',
        'idempotency-key': 'same',
      },
      body: JSON.stringify(newPortal),
    })
  const answers = [
    await openPortal('same'),
    await openPortal('same', { as: await studio.key('owner') }),
    await openPortal('same', { as: await other.key('owner') }),
    await byPerson(),
  ]
  const ids = await Promise.all(answers.map(async (a) => (await a.json<{ id: string }>()).id))
  expect(new Set(ids).size).toBe(4)
  const again = await byPerson()
  expect(again.headers.get('idempotent-replayed')).toBe('true')
  expect(await again.json()).toMatchObject({ id: ids[3] })
})

it.each([
  ['nothing', ''],
  ['a blank', 'a b'],
  ['another alphabet', 'clé'],
  ['too much', 'x'.repeat(256)],
])('refuses %s for a key', async (_, once) => {
  const answer = await openPortal(once)
  expect(answer.status).toBe(422)
  expect(await answer.text()).toContain('Idempotency-Key')
  expect((await portals()).map(({ id }) => id)).toEqual([portal])
})

it('takes 255 visible characters', async () => {
  expect((await openPortal(`"${'~!'.repeat(126)}"`)).status).toBe(201)
  expect((await openPortal('x'.repeat(255))).status).toBe(201)
})

it('is of no interest to what is no POST', async () => {
  const { id } = await create({ send: false })
  const call = (method: string, body?: object) =>
    world.request(paths.api.link(portal, id), {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        'idempotency-key': 'a b',
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
  expect((await call('PATCH', { scope: 'billing' })).status).toBe(200)
  expect((await call('PATCH', { scope: 'all' })).status).toBe(200)
  expect((await call('DELETE')).status).toBe(204)
  expect(await count('idempotency')).toBe(0)
})

it('keeps no secret', async () => {
  await openPortal('secret')
  const { results } = await bindings.DB.prepare('select * from idempotency').all()
  expect(JSON.stringify(results)).not.toMatch(/Halcyon|jane|ap_/)
})
