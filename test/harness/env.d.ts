import type { D1Migration } from '@cloudflare/vitest-pool-workers'
import type { Env as AppEnv } from '../../src/env.ts'

declare global {
  namespace Cloudflare {
    interface Env extends AppEnv {
      MIGRATIONS: D1Migration[]
      CRONS: string[]
    }
  }
}
