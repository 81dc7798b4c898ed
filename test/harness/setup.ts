import { reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, expect, vi } from 'vitest'
import { captureLog, suspicious } from './logged.ts'
import { outbound } from './outbound.ts'
import { layOut } from './schema.ts'

async function somethingIsLeft(): Promise<boolean> {
  const [table, { objects }] = await Promise.all([
    env.DB.prepare("select name from sqlite_schema where name = 'organization'").first(),
    env.BUCKET.list({ limit: 1 }),
  ])
  return table !== null || objects.length > 0
}

/** `reset` passes over what has been idle for a while and was put to sleep; looking wakes it. */
async function emptyEverything(): Promise<void> {
  do await reset()
  while (await somethingIsLeft())
}

beforeEach(async () => {
  await emptyEverything()
  await layOut(env.DB)
  vi.stubGlobal('fetch', outbound)
  captureLog()
})

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  // Whatever a test is about, no secret may have reached the log by the way.
  expect(suspicious()).toEqual([])
})
