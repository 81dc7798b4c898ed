import { beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../src/lib/id.ts'
import { paths } from '../src/paths.ts'
import { scheduled } from '../src/scheduled.ts'
import { create, DAY, HOUR, token } from './harness/link-scene.ts'
import {
  all,
  ask,
  begin,
  begun,
  bytes,
  expectSums,
  files,
  hers,
  idOf,
  jane,
  key,
  keysInBucket,
  MIB,
  openUploads,
  patch,
  portal,
  remove,
  send,
  studio,
  world,
} from './harness/upload-scene.ts'

beforeEach(openUploads)

const GB = 1024 ** 3
const storage = async () =>
  (await all<{ storage: number }>('select storage from organization'))[0]?.storage

const every15 = (ahead: number) => scheduled('*/15 * * * *', Date.now() + ahead, world.env)

describe('how much', () => {
  it('is 5 GB a file, to the byte', async () => {
    expect((await begin({ size: 5 * GB + 1 })).status).toBe(413)
    expect((await begin({ size: 5 * GB })).status).toBe(201)
    expect(await storage()).toBe(5 * GB)
  })

  it.each(['', '-1', '1.5', 'x', '99999999999999999'])(
    'is a whole number, not "%s"',
    async (size) => {
      const answer = await begin({ size })
      expect(answer.status).toBe(422)
      expect(await answer.json()).toMatchObject({ errors: [{ path: 'size' }] })
    },
  )

  it('is what the organisation has room for, however many race for the last of it', async () => {
    world.env = { ...world.env, STORAGE_GB: '1' }
    const answers = await Promise.all(
      [1, 2, 3, 4].map((n) => begin({ size: 400 * MIB - n, name: `${n}.bin` })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 409, 409])
    const full = await begin({ size: GB })
    expect(await full.json()).toMatchObject({ title: 'There is no room left' })
    await expectSums()
  })

  it('counts from its beginning to its end', async () => {
    world.env = { ...world.env, STORAGE_GB: '1' }
    const path = await begun({ size: GB })
    expect((await begin({ size: 1 })).status).toBe(409)
    await remove(path)
    expect((await begin({ size: 1 })).status).toBe(201)
  })
})

describe('how often', () => {
  it('is 60 an hour and link, with the seconds until the next', async () => {
    const fill = (count: number, at: number) =>
      world.env.DB.prepare(
        `insert into upload (id, organization_id, portal_id, object, name, size, source, by_id, "by", link_id, state, created_at, expires_at)
        select 'u' || value || ?1, ?2, ?3, 'x/y', 'x', 0, 'client', ?4, 'Jane', ?5, 'aborted', ?1, ?1 + 86400000
        from json_each(?6)`,
      )
        .bind(
          at,
          studio.facts.id,
          portal,
          'x',
          jane.id,
          JSON.stringify(Array.from({ length: count }, (_, n) => n)),
        )
        .run()
    await fill(30, Date.now() - HOUR + 60_000)
    await fill(29, Date.now() - 1000)
    const answers = await Promise.all([1, 2, 3].map((n) => begin({ size: 1, name: `${n}` })))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 429, 429])
    const limited = await begin({ size: 1 })
    expect(limited.status).toBe(429)
    const wait = Number(limited.headers.get('retry-after'))
    expect(wait).toBeGreaterThan(50)
    expect(wait).toBeLessThanOrEqual(60)
    // The team, and another link, go on.
    expect((await begin({ size: 1 }, { key })).status).toBe(201)
    const other = await create({ contact: { name: 'Bo', email: 'bo@client.example' }, send: false })
    expect((await begin({ size: 1 }, { token: token(other.url) })).status).toBe(201)
  })
})

describe('who', () => {
  it('is nobody by a link to invoices alone', async () => {
    const billing = await create({
      contact: { name: 'Bo', email: 'bo@client.example' },
      scope: 'billing',
      send: false,
    })
    const by = { token: token(billing.url) }
    expect((await begin({ size: 1 }, by)).status).toBe(404)
    const path = await begun({ size: 1 })
    const his = path.replace(hers, by.token)
    expect([
      (await ask(his)).status,
      (await patch(his, 0, bytes(1))).status,
      (await remove(his)).status,
    ]).toEqual([404, 404, 404])
  })

  it('is whoever began it: no other contact, other side, portal or tenant', async () => {
    const path = await begun({ size: 4 })
    const id = idOf(path)
    const other = await create({ contact: { name: 'Bo', email: 'bo@client.example' }, send: false })
    const elsewhere = await world.organization('elsewhere')
    const made = await world.api('POST', paths.api.portals, key, {
      project: 'P',
      client: 'C',
      currency: 'EUR',
      contact: { name: 'X', email: 'x@client.example' },
      send: false,
    })
    const second = (await made.json<{ id: string }>()).id
    const attempts = [
      [paths.api.clientUpload(token(other.url), id), {}],
      [paths.api.upload(portal, id), { key }],
      [paths.api.upload(second, id), { key }],
      [paths.api.upload(portal, id), { key: await elsewhere.key('owner') }],
      [paths.api.clientUpload(hers, newId(1)), {}],
    ] as const
    for (const [at, by] of attempts) {
      expect((await ask(at, by)).status).toBe(404)
      expect((await patch(at, 0, bytes(4), by)).status).toBe(404)
      expect((await remove(at, by)).status).toBe(404)
    }
    const teams = await begun({ size: 4 }, { key })
    expect((await ask(paths.api.clientUpload(hers, idOf(teams)))).status).toBe(404)
    // A colleague goes on with what the team began.
    expect((await patch(teams, 0, bytes(4), { key: await studio.key('member') })).status).toBe(204)
    expect((await patch(path, 0, bytes(4))).status).toBe(204)
  })
})

describe('where', () => {
  it('is no archived portal, not even with what has begun', async () => {
    const path = await begun({ size: 4 })
    await world.api('POST', paths.api.portalAction(portal, 'archive'), key)
    for (const by of [{}, { key }]) {
      const answer = await begin({ size: 1 }, by)
      expect(answer.status).toBe(409)
      expect(await answer.json()).toMatchObject({ title: 'This portal is archived' })
    }
    expect((await patch(path, 0, bytes(4))).status).toBe(409)
    expect((await remove(path)).status).toBe(204)
  })

  it('is cleared away with its portal, parts that no listing shows too', async () => {
    const path = await begun({ size: 20 * MIB })
    await patch(path, 0, bytes(9 * MIB))
    const [row] = await all<{ object: string; multipart: string }>('select * from upload')
    await world.api('POST', paths.api.portalAction(portal, 'archive'), key)
    expect((await world.api('DELETE', paths.api.portal(portal), key)).status).toBe(204)
    await world.minute()
    expect(await keysInBucket()).toEqual([])
    const at = `${studio.facts.id}/${portal}/${row?.object}`
    const left = world.env.BUCKET.resumeMultipartUpload(at, row?.multipart ?? '')
    await expect(left.uploadPart(2, bytes(5))).rejects.toThrow()
    expect(await storage()).toBe(0)
    expect(await all('select kind from job')).toEqual([])
  })
})

describe('for how long', () => {
  it('is a day after its last byte; then the cron ends it and gives its room back', async () => {
    const path = await begun({ size: 20 * MIB })
    await patch(path, 0, bytes(9 * MIB))
    await every15(DAY - 60_000)
    expect((await ask(path)).status).toBe(200)
    await every15(DAY + 60_000)
    await Promise.all([every15(DAY + 60_000), every15(DAY + 60_000)])
    expect((await ask(path)).status).toBe(404)
    expect((await patch(path, 9 * MIB, bytes(5))).status).toBe(404)
    expect(await storage()).toBe(0)
    await world.minute(DAY + 120_000)
    expect(await keysInBucket()).toEqual([])
    expect(await all('select id from upload')).toHaveLength(1)
    await every15(3 * DAY)
    expect(await all('select id from upload')).toEqual([])
    expect(await all('select number from upload_part')).toEqual([])
  })

  it('leaves files alone that uploads became', async () => {
    await send('a.bin', bytes(10))
    await every15(2 * DAY)
    expect(await all('select id from upload')).toEqual([])
    expect(await files()).toHaveLength(1)
    expect(await keysInBucket()).toHaveLength(1)
    await expectSums()
  })
})

describe('for a request', () => {
  const asked = async (over: { closedAt?: number } = {}): Promise<string> => {
    const id = newId(Date.now())
    await world.env.DB.prepare(
      `insert into file_request (id, organization_id, portal_id, title, asked_by, created_at, nudge_at, closed_at)
      values (?, ?, ?, 'Logo as SVG', 'Maya', 0, 1, ?)`,
    )
      .bind(id, studio.facts.id, portal, over.closedAt ?? null)
      .run()
    return id
  }

  it('answers it, once, and says so', async () => {
    const request = await asked()
    const path = await begun({ size: 4, request })
    await patch(path, 0, bytes(4))
    const [row] = await all<Record<string, unknown>>('select * from file_request')
    expect(row).toMatchObject({ fulfilled_by: 'Jane Cooper', nudge_at: null })
    expect(row?.['fulfilled_at']).toBeGreaterThan(0)
    expect((await all<{ request_id: string }>('select * from file_version'))[0]?.request_id).toBe(
      request,
    )
    const [said] = await all<{ data: string }>(
      `select data from activity where kind = 'file.uploaded'`,
    )
    expect(JSON.parse(said?.data ?? '')).toMatchObject({ request: 'Logo as SVG' })
    // More of it comes from the same person, and nobody else.
    expect((await begin({ size: 4, request })).status).toBe(201)
    const other = await create({ contact: { name: 'Bo', email: 'bo@client.example' }, send: false })
    const late = await begin({ size: 4, request }, { token: token(other.url) })
    expect(late.status).toBe(409)
    expect(await late.json()).toMatchObject({ title: 'This file is no longer asked for' })
  })

  it('takes none once it is closed, or where it is not', async () => {
    expect((await begin({ size: 4, request: await asked({ closedAt: 1 }) })).status).toBe(409)
    expect((await begin({ size: 4, request: newId(1) })).status).toBe(404)
    expect((await begin({ size: 4, request: 'x' })).status).toBe(422)
  })
})
