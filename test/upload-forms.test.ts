import { beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../src/lib/id.ts'
import { paths } from '../src/paths.ts'
import {
  all,
  bytes,
  expectSums,
  files,
  hers,
  keysInBucket,
  MIB,
  openUploads,
  portal,
  same,
  stored,
  studio,
  versions,
  world,
} from './harness/upload-scene.ts'

beforeEach(openUploads)

interface Sent {
  fields?: Record<string, string>
  files: [name: string, content: Uint8Array<ArrayBuffer>][]
}

function formOf({ fields = {}, files }: Sent): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  for (const [name, content] of files) form.append('file', new File([content], name))
  return form
}

const send = (sent: Sent, to = paths.clientFiles(hers)) =>
  world.request(to, { method: 'POST', body: formOf(sent) })

/** As a browser says how much there is. */
async function sendMeasured(sent: Sent): Promise<Response> {
  const measured = new Response(formOf(sent))
  const body = await measured.arrayBuffer()
  return world.request(paths.clientFiles(hers), {
    method: 'POST',
    headers: {
      'content-type': measured.headers.get('content-type') ?? '',
      'content-length': String(body.byteLength),
    },
    body,
  })
}

describe('a form of a client', () => {
  it('brings several files, of any size, with what its fields say', async () => {
    const big = bytes(19 * MIB + 3)
    const sent = await send({
      fields: { id: newId(Date.now()), folder: 'Photos' },
      files: [
        ['Größe 1.bin', bytes(5)],
        ['big.bin', big],
        ['empty.txt', new Uint8Array(0)],
      ],
    })
    expect(sent.status).toBe(303)
    expect(sent.headers.get('location')).toBe(`${paths.portal(hers)}#files`)
    const kept = await all<{ name: string; folder: string; size: number }>(
      'select name, folder, size from file order by latest',
    )
    expect(kept.map(({ name, folder, size }) => [name, folder, size])).toEqual([
      ['Größe 1.bin', 'Photos', 5],
      ['big.bin', 'Photos', big.length],
      ['empty.txt', 'Photos', 0],
    ])
    expect(same(await stored((await versions())[1]), big)).toBe(true)
    expect(await keysInBucket()).toHaveLength(3)
    await expectSums()
  })

  it('sent twice at once brings one version', async () => {
    const sent = { fields: { id: newId(Date.now()) }, files: [['a.bin', bytes(9 * MIB)]] } as Sent
    const answers = await Promise.all([send(sent), send(sent)])
    expect(answers.map(({ status }) => status)).toEqual([303, 303])
    expect(await versions()).toHaveLength(1)
    expect((await send(sent)).status).toBe(303)
    expect(await versions()).toHaveLength(1)
    await expectSums()
  })

  it('without a file says so', async () => {
    const none = await send({ files: [['', new Uint8Array(0)]] })
    expect(none.status).toBe(422)
    expect(await none.text()).toContain('Choose a file first.')
    const nothing = await world.form(paths.clientFiles(hers), { folder: '' })
    expect(nothing.status).toBe(422)
  })

  it('refuses a name, and keeps what came before it', async () => {
    const sent = await send({
      files: [
        ['a.bin', bytes(5)],
        ['b\u202egnp.exe', bytes(5)],
      ],
    })
    expect(sent.status).toBe(422)
    expect(await sent.text()).toContain('What came before was kept: a.bin.')
    expect(await files()).toHaveLength(1)
    await expectSums()
  })

  it('refuses more than 90 MB before it reads any', async () => {
    const sent = await world.request(paths.clientFiles(hers), {
      method: 'POST',
      headers: {
        'content-type': 'multipart/form-data; boundary=x',
        'content-length': String(91 * MIB),
      },
      body: new ReadableStream({ pull: (controller) => controller.enqueue(bytes(10)) }),
    })
    expect(sent.status).toBe(413)
    expect(await sent.text()).toContain('90 MB')
  })

  it('that breaks off leaves nothing', async () => {
    const measured = new Response(formOf({ files: [['a.bin', bytes(12 * MIB)]] }))
    const whole = new Uint8Array(await measured.arrayBuffer())
    const sent = await world.request(paths.clientFiles(hers), {
      method: 'POST',
      headers: { 'content-type': measured.headers.get('content-type') ?? '' },
      body: whole.subarray(0, 10 * MIB),
    })
    expect(sent.status).toBe(422)
    await world.minute()
    expect(await files()).toEqual([])
    expect(await keysInBucket()).toEqual([])
    expect(await all('select storage from organization')).toEqual([{ storage: 0 }])
  })

  it('takes no more room than there is', async () => {
    world.env = { ...world.env, STORAGE_GB: '1' }
    await all('update organization set storage = ?', 1024 ** 3 - MIB)
    expect((await sendMeasured({ files: [['a.bin', bytes(2 * MIB)]] })).status).toBe(409)
    expect((await sendMeasured({ files: [['a.bin', bytes(MIB / 2)]] })).status).toBe(303)
    expect(await all('select storage from organization')).toEqual([
      { storage: 1024 ** 3 - MIB / 2 },
    ])
  })
})

describe('a form of the team', () => {
  it('brings a file', async () => {
    const { cookie } = await studio.person('member')
    const at = paths.files(studio.slug, portal)
    const init = { method: 'POST', body: formOf({ files: [['a.bin', bytes(5)]] }) }
    const foreign = await world.request(at, {
      ...init,
      headers: { cookie, origin: 'https://x.test' },
    })
    expect(foreign.status).toBe(403)
    const sent = await world.request(at, { ...init, headers: { cookie, origin: world.origin } })
    expect(sent.status).toBe(303)
    expect(sent.headers.get('location')).toBe(at)
    expect(await files()).toMatchObject([{ name: 'a.bin', source: 'team' }])
  })
})
