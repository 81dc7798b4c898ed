import { crc32 } from 'node:zlib'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  all,
  ask,
  begin,
  begun,
  bytes,
  cut,
  expectSums,
  files,
  idOf,
  key,
  keysInBucket,
  MIB,
  OCTETS,
  offsetOf,
  openUploads,
  PART,
  patch,
  remove,
  same,
  send,
  stored,
  TUS,
  versions,
  world,
} from './harness/upload-scene.ts'
import { paths } from '../src/paths.ts'
import { portal } from './harness/link-scene.ts'

beforeEach(openUploads)

const happenings = () =>
  all<{ kind: string; data: string; actor_name: string }>(
    `select kind, data, actor_name from activity where kind like 'file.%' order by id`,
  )

describe('a file in one piece', () => {
  it('is there when the last byte is answered', async () => {
    const content = bytes(1000)
    const path = await begun({ size: 1000, name: 'Brief.bin', folder: 'Drafts/Round 2' })
    const answer = await patch(path, 0, content)
    expect(answer.status).toBe(204)
    expect(offsetOf(answer)).toBe(1000)
    expect(answer.headers.get('tus-resumable')).toBe('1.0.0')
    const [file] = await files()
    expect(file).toMatchObject({
      name: 'Brief.bin',
      folder: 'Drafts/Round 2',
      version: 1,
      size: 1000,
      source: 'client',
      by: 'Jane Cooper',
      latest: idOf(path),
    })
    const [version] = await versions()
    expect(version).toMatchObject({ id: idOf(path), crc32: crc32(content), size: 1000 })
    expect(same(await stored(version), content)).toBe(true)
    expect(await happenings()).toMatchObject([{ kind: 'file.uploaded', actor_name: 'Jane Cooper' }])
    expect(JSON.parse((await happenings())[0]?.data ?? '')).toEqual({
      file: file?.id,
      name: 'Brief.bin',
      version: '1',
    })
    expect(await all('select * from job where kind like ?', 'upload%')).toEqual([])
    expect(await all('select key from job')).toEqual([{ key: `messages:${portal}:team` }])
    expect(await keysInBucket()).toHaveLength(1)
    await expectSums()
  })

  it('without a byte is there at once', async () => {
    const made = await begin({ size: 0, name: 'empty.txt' })
    expect(made.status).toBe(201)
    expect(offsetOf(made)).toBe(0)
    expect(await files()).toMatchObject([{ name: 'empty.txt', size: 0 }])
    expect((await versions())[0]?.crc32).toBe(0)
    expect(await stored((await versions())[0])).toHaveLength(0)
    await expectSums()
  })

  it('of the same name again is a new version', async () => {
    await send('a.bin', bytes(10))
    await send('a.bin', bytes(20), { by: { key } })
    const [file, ...more] = await files()
    expect(more).toEqual([])
    expect(file).toMatchObject({ version: 2, size: 20, source: 'team' })
    expect((await versions()).map(({ version }) => version)).toEqual([1, 2])
    expect((await keysInBucket()).map((at) => at.split('/')[2])).toEqual([file?.id, file?.id])
    await expectSums()
  })
})

describe('sizes of requests', () => {
  it.each([
    ['1 byte', 1, 40],
    ['1 MiB', MIB, 9 * MIB + 7],
    ['8 MiB', PART, 2 * PART],
    ['8 MiB and a bit', PART, 2 * PART + 1],
    ['9 MiB', 9 * MIB, 30 * MIB],
  ])('%s each', async (_, most, size) => {
    const content = bytes(size)
    await send('a.bin', content, { most })
    const [version] = await versions()
    expect(version).toMatchObject({ size, crc32: crc32(content) })
    expect(same(await stored(version), content)).toBe(true)
    expect(await keysInBucket()).toHaveLength(1)
    expect(await all('select * from upload_part')).toEqual([])
    await expectSums()
  })

  it('90 MiB at once', async () => {
    const content = bytes(90 * MIB)
    await send('a.bin', content, { most: 90 * MIB })
    const [version] = await versions()
    expect(version?.crc32).toBe(crc32(content))
    expect(same(await stored(version), content)).toBe(true)
  })
})

describe('what stands after a request', () => {
  it('counts what is durable alone, also when the body was cut', async () => {
    const content = bytes(20 * MIB)
    const path = await begun({ size: content.length })
    const answer = await patch(
      path,
      0,
      cut(content.subarray(0, MIB), content.subarray(MIB, 9 * MIB)),
    )
    expect(answer.status).toBe(204)
    expect(offsetOf(await ask(path))).toBe(9 * MIB)
    await patch(path, 9 * MIB, cut(content.subarray(9 * MIB, 9 * MIB + 5)))
    expect(offsetOf(await ask(path))).toBe(9 * MIB + 5)
    await patch(path, 9 * MIB + 5, content.subarray(9 * MIB + 5))
    const [version] = await versions()
    expect(same(await stored(version), content)).toBe(true)
    expect(await keysInBucket()).toHaveLength(1)
  })

  it('goes on where a body was shorter than it said', async () => {
    const path = await begun({ size: 10 })
    expect(offsetOf(await patch(path, 0, bytes(4)))).toBe(4)
    const head = await ask(path)
    expect(head.status).toBe(200)
    expect(head.headers.get('upload-length')).toBe('10')
    expect(Date.parse(head.headers.get('upload-expires') ?? '')).toBeGreaterThan(Date.now())
    expect(await files()).toEqual([])
  })

  it('refuses another offset, another type, another version, and too much', async () => {
    const path = await begun({ size: 10 })
    const wrong = await patch(path, 4, bytes(4))
    expect(wrong.status).toBe(409)
    const type = { ...OCTETS, 'content-type': 'application/octet-stream', 'upload-offset': '0' }
    const init = { method: 'PATCH', body: bytes(4) }
    expect((await world.request(path, { ...init, headers: type })).status).toBe(415)
    const old = await world.request(path, {
      ...init,
      headers: { ...type, 'tus-resumable': '0.2.2' },
    })
    expect(old.status).toBe(412)
    expect(old.headers.get('tus-version')).toBe('1.0.0')
    expect((await patch(path, 0, bytes(11))).status).toBe(413)
    expect((await patch(path, 0, cut(bytes(6), bytes(6)))).status).toBe(413)
    expect(offsetOf(await ask(path))).toBe(0)
    expect((await patch(path, 0, bytes(10))).status).toBe(204)
    expect(await files()).toHaveLength(1)
  })

  it('takes at most 95 MiB at once', async () => {
    const path = await begun({ size: 200 * MIB })
    const said = await world.request(path, {
      method: 'PATCH',
      headers: { ...OCTETS, 'upload-offset': '0', 'content-length': String(95 * MIB + 1) },
      body: cut(bytes(1)),
    })
    expect(said.status).toBe(413)
    expect(await said.json()).toMatchObject({ detail: expect.stringContaining('95 MB') })
  })

  it('is finished once, however often the last byte comes', async () => {
    const path = await begun({ size: 10 })
    const answers = await Promise.all([patch(path, 0, bytes(10)), patch(path, 0, bytes(10))])
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 423])
    expect((await patch(path, 10, new Uint8Array(0))).status).toBe(204)
    expect((await patch(path, 0, bytes(10))).status).toBe(409)
    expect(await versions()).toHaveLength(1)
    expect(await happenings()).toHaveLength(1)
  })
})

describe('beginning with the first bytes', () => {
  const withBytes = (size: number, body: BodyInit, by = {}, headers = {}) =>
    begin({ size }, by, { ...OCTETS, ...headers }, body)

  it('is one request for a whole file, on both doors', async () => {
    for (const by of [{}, { key }]) {
      const content = bytes(1000, 'key' in by ? 1 : 2)
      const made = await begin({ size: 1000, name: 'key' in by ? 'b' : 'a' }, by, OCTETS, content)
      expect(made.status).toBe(201)
      expect(offsetOf(made)).toBe(1000)
      const id = idOf(made.headers.get('location') ?? '')
      const version = (await versions()).find((each) => each.id === id)
      expect(same(await stored(version), content)).toBe(true)
    }
    expect(await files()).toHaveLength(2)
    await expectSums()
  })

  it('goes on from what is durable, where fewer came or the body was cut', async () => {
    const content = bytes(10 * MIB)
    const made = await withBytes(content.length, cut(content.subarray(0, 9 * MIB)))
    expect(made.status).toBe(201)
    expect(offsetOf(made)).toBe(9 * MIB)
    const path = new URL(made.headers.get('location') ?? '').pathname
    expect(offsetOf(await ask(path))).toBe(9 * MIB)
    await patch(path, 9 * MIB, content.subarray(9 * MIB))
    const [version] = await versions()
    expect(same(await stored(version), content)).toBe(true)
  })

  it('begins nothing where more comes than was announced, or than a request may carry', async () => {
    expect((await withBytes(10, bytes(11))).status).toBe(413)
    expect((await withBytes(10, cut(bytes(6), bytes(6)))).status).toBe(413)
    const long = { 'content-length': String(95 * MIB + 1) }
    expect((await withBytes(200 * MIB, cut(bytes(1)), {}, long)).status).toBe(413)
    expect(await all(`select id from upload where state = 'receiving'`)).toEqual([])
    expect(await files()).toEqual([])
    await expectSums()
  })

  it('takes no bytes of another type, nor from whom may not send', async () => {
    const other = { 'content-type': 'text/plain' }
    const made = await withBytes(10, bytes(10), {}, other)
    expect([made.status, offsetOf(made)]).toEqual([201, 0])
    // What is none of a file's parts is held to what any body may have.
    expect((await withBytes(2 * MIB, bytes(2 * MIB), { key }, other)).status).toBe(413)
    expect((await withBytes(10, bytes(10), { token: 'f'.repeat(64) })).status).toBe(404)
    expect((await withBytes(10, bytes(10), { key: `ap_${'x'.repeat(43)}` })).status).toBe(401)
    expect(await files()).toEqual([])
  })

  it('is done once under one Idempotency-Key, whatever bytes come again', async () => {
    const once = { 'idempotency-key': 'first' }
    const first = await withBytes(10, bytes(6), { key }, once)
    const again = await withBytes(10, bytes(6), { key }, once)
    expect([first.status, again.status]).toEqual([201, 201])
    expect(again.headers.get('location')).toBe(first.headers.get('location'))
    expect([offsetOf(first), offsetOf(again)]).toEqual([6, 6])
    expect(await all('select id from upload')).toHaveLength(1)
  })
})

describe('one writer at a time', () => {
  it('keeps the second out until the first has ended', async () => {
    const path = await begun({ size: 20 })
    let go: () => void = () => undefined
    const gone = new Promise<void>((resolve) => (go = resolve))
    let sent = 0
    const slow = new ReadableStream<Uint8Array>({
      async pull(controller) {
        if (sent++ === 0) return controller.enqueue(bytes(5))
        await gone
        controller.close()
      },
    })
    const first = patch(path, 0, slow)
    await expect
      .poll(async () => (await all<{ lock: string }>('select lock from upload'))[0]?.lock)
      .toBeTruthy()
    expect((await patch(path, 0, bytes(20))).status).toBe(423)
    go()
    expect((await first).status).toBe(204)
    expect((await patch(path, 5, bytes(15))).status).toBe(204)
  })
})

describe('ending one', () => {
  it('gives its room back and clears its bytes away', async () => {
    const path = await begun({ size: 20 * MIB })
    await patch(path, 0, bytes(9 * MIB))
    expect(await keysInBucket()).toHaveLength(1)
    expect((await remove(path)).status).toBe(204)
    expect((await remove(path)).status).toBe(204)
    expect((await ask(path)).status).toBe(404)
    expect((await patch(path, 9 * MIB, bytes(5))).status).toBe(404)
    await world.minute()
    expect(await keysInBucket()).toEqual([])
    expect(await all('select storage from organization')).toEqual([{ storage: 0 }])
    await expectSums()
  })

  it('leaves a file that it became alone', async () => {
    const path = await send('a.bin', bytes(10))
    expect((await remove(path)).status).toBe(204)
    expect(await files()).toHaveLength(1)
  })
})

it('says what it can do', async () => {
  const answer = await world.request(paths.api.uploads(portal), {
    method: 'OPTIONS',
    headers: { authorization: `Bearer ${key}` },
  })
  expect(answer.status).toBe(204)
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'tus-version': '1.0.0',
    'tus-extension': 'creation,creation-with-upload,termination,expiration',
    'tus-max-size': String(5 * 1024 ** 3),
    ...TUS,
  })
})
