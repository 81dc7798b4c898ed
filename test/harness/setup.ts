import { applyD1Migrations, reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, vi } from 'vitest'
import { outbound } from './outbound.ts'

beforeEach(async () => {
  await reset()
  await applyD1Migrations(env.DB, env.MIGRATIONS)
  vi.stubGlobal('fetch', outbound)
})

afterEach(() => {
  vi.useRealTimers()
})
