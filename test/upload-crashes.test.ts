import { crc32 } from 'node:zlib'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { runJobs } from '../src/jobs.ts'
import { crashing, type Moment } from './harness/crash.ts'
import {
  all,
  ask,
  begun,
  bytes,
  expectSums,
  key,
  keysInBucket,
  offsetOf,
  openUploads,
  PART,
  patch,
  same,
  stored,
  world,
  type VersionRow,
} from './harness/upload-scene.ts'

beforeEach(openUploads)
afterEach(() => {
  vi.useRealTimers()
})

const by = () => ({ key })
const content = bytes(PART + 100)
const CUT = PART + 50
/** The key, the lock, the tail, the last part, and the batch that counts it. */
const STEPS_TO_COMPLETING = 5

/** Runs what may die with an environment in which it does. How many steps it took. */
async function dying(at: number, moment: Moment, act: () => Promise<unknown>): Promise<number> {
  const alive = world.env
  const { env, steps } = crashing(alive, at, moment)
  world.env = env
  await act()
  world.env = alive
  return steps()
}

const later = (ms: number) => vi.setSystemTime(Date.now() + ms)

/** A sender that asks where it is and goes on, as tus-js-client does. */
async function goOn(path: string, whole: Uint8Array<ArrayBuffer>): Promise<void> {
  for (let tries = 0; tries < 3; tries++) {
    const head = await ask(path, by())
    expect(head.status).toBe(200)
    const offset = offsetOf(head)
    if (offset === whole.length) return
    expect((await patch(path, offset, whole.subarray(offset), by())).status).toBe(204)
  }
  throw new Error('It never got there.')
}

async function expectOneFile(name: string, whole: Uint8Array<ArrayBuffer>): Promise<void> {
  const found = await all<VersionRow>(
    'select v.* from file_version v join file f on f.id = v.file_id where f.name = ?',
    name,
  )
  expect(found, name).toHaveLength(1)
  expect(found[0], name).toMatchObject({ version: 1, crc32: crc32(whole), size: whole.length })
  expect(same(await stored(found[0]), whole), name).toBe(true)
  const told = await all(
    `select 1 from activity where kind = 'file.uploaded' and data ->> 'name' = ?`,
    name,
  )
  expect(told, name).toHaveLength(1)
}

async function expectNothingElse(files: number): Promise<void> {
  expect(await all(`select kind from job where kind like 'upload.%'`)).toEqual([])
  expect(await all('select number from upload_part')).toEqual([])
  expect(await keysInBucket()).toHaveLength(files)
  await expectSums()
}

const moments: Moment[] = ['before', 'after']

it.each(moments)(
  'ends the same wherever a request dies, %s its step',
  { timeout: 110_000 },
  async (moment) => {
    let files = 0
    for (const [from, to] of [
      [0, CUT],
      [CUT, content.length],
    ] as const) {
      for (let at = 1, reached = true; reached; at++) {
        const name = `${from}-${at}`
        const path = await begun({ size: content.length, name }, by())
        if (from > 0) await patch(path, 0, content.subarray(0, from), by())
        const steps = await dying(at, moment, () =>
          patch(path, from, content.subarray(from, to), by()),
        )
        reached = steps >= at
        // The lock of whoever died runs out.
        later(11_000)
        await goOn(path, content)
        later(61_000)
        await world.minute()
        await expectOneFile(name, content)
        files++
      }
    }
    expect(files).toBeGreaterThan(10)
    await expectNothingElse(files)
  },
)

it.each(moments)(
  'ends the same wherever a small file’s request dies, %s its step',
  async (moment) => {
    const small = content.subarray(0, 50)
    let files = 0
    for (let at = 1, reached = true; reached; at++) {
      const name = `small-${at}`
      const path = await begun({ size: 50, name }, by())
      reached = (await dying(at, moment, () => patch(path, 0, small, by()))) >= at
      later(11_000)
      await goOn(path, small)
      later(61_000)
      await world.minute()
      await expectOneFile(name, small)
      files++
    }
    await expectNothingElse(files)
  },
)

it.each(moments)(
  'ends the same wherever the job dies, %s its step',
  { timeout: 60_000 },
  async (moment) => {
    let files = 0
    for (let at = 1, reached = true; reached; at++) {
      const name = `job-${at}`
      const path = await begun({ size: content.length, name }, by())
      await patch(path, 0, content.subarray(0, CUT), by())
      // Dies when everything is durable, and nothing of the rest is done.
      for (let step = 1; step < 20; step++) {
        const [row] = await all<{ state: string }>('select state from upload where name = ?', name)
        if (row?.state !== 'receiving') break
        await dying(step, 'after', () => patch(path, CUT, content.subarray(CUT), by()))
        later(11_000)
      }
      later(61_000)
      reached =
        (await dying(at, moment, () =>
          runJobs(world.env, Date.now(), 5, { cron: 'x' }).catch(() => 0),
        )) >= at
      later(3_600_000)
      await world.minute()
      later(3_600_000)
      await world.minute()
      await expectOneFile(name, content)
      files++
    }
    await expectNothingElse(files)
  },
)

interface Begun {
  object: string
  multipart: string
  organization_id: string
  portal_id: string
  state: string
}

/** As when a rule of the bucket's, or somebody in its dashboard, ends it. */
async function loseParts(): Promise<Begun | undefined> {
  const [row] = await all<Begun>('select * from upload')
  const at = `${row?.organization_id}/${row?.portal_id}/${row?.object}`
  await world.env.BUCKET.resumeMultipartUpload(at, row?.multipart ?? '').abort()
  return row
}

async function expectNothing(path: string): Promise<void> {
  await world.minute()
  expect((await ask(path, by())).status).toBe(404)
  expect(await all('select storage from organization')).toEqual([{ storage: 0 }])
  expect(await all('select 1 from file')).toEqual([])
  expect(await all('select kind from job')).toEqual([])
  expect(await keysInBucket()).toEqual([])
}

it('ends what can’t be added to, so that its sender begins anew', async () => {
  const path = await begun({ size: content.length, name: 'gone' }, by())
  await patch(path, 0, content.subarray(0, CUT), by())
  await loseParts()
  expect((await patch(path, CUT, content.subarray(CUT), by())).status).toBe(404)
  await expectNothing(path)
})

it('gives up what can’t be put together', async () => {
  const path = await begun({ size: content.length, name: 'gone' }, by())
  await patch(path, 0, content.subarray(0, CUT), by())
  // Everything is durable then, and the object isn't made.
  await dying(STEPS_TO_COMPLETING, 'after', () => patch(path, CUT, content.subarray(CUT), by()))
  expect((await loseParts())?.state).toBe('completing')
  later(61_000)
  await world.minute()
  await expectNothing(path)
})

it('begins anew where the end of what was received is gone', async () => {
  const path = await begun({ size: content.length, name: 'tail' }, by())
  await patch(path, 0, content.subarray(0, CUT), by())
  for (const at of await keysInBucket()) await world.env.BUCKET.delete(at)
  expect((await patch(path, CUT, content.subarray(CUT), by())).status).toBe(404)
  expect((await ask(path, by())).status).toBe(404)
  expect(await all('select storage from organization')).toEqual([{ storage: 0 }])
})
