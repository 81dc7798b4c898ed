import { applyD1Migrations } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeAll, vi } from 'vitest'
import { outbound } from './outbound.ts'

beforeAll(async () => {
  await applyD1Migrations(env.DB, env.MIGRATIONS)
  vi.stubGlobal('fetch', outbound)
})

afterEach(() => {
  vi.useRealTimers()
})
