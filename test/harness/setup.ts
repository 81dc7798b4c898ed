import { applyD1Migrations, reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, expect, vi } from 'vitest'
import { captureLog, suspicious } from './logged.ts'
import { outbound } from './outbound.ts'

beforeEach(async () => {
  await reset()
  await applyD1Migrations(env.DB, env.MIGRATIONS)
  vi.stubGlobal('fetch', outbound)
  captureLog()
})

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  // Whatever a test is about, no secret may have reached the log by the way.
  expect(suspicious()).toEqual([])
})
