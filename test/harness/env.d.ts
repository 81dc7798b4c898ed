import type { D1Migration } from '@cloudflare/vitest-pool-workers'
import type { Env as AppEnv } from '../../src/env.ts'

declare global {
  namespace Cloudflare {
    interface Env extends AppEnv {
      MIGRATIONS: D1Migration[]
      CRONS: string[]
    }
  }

  interface ImportMeta {
    /** Vite's: the modules whose paths match, by path. */
    glob: (pattern: string, options: { eager: true }) => Record<string, Record<string, unknown>>
  }
}
