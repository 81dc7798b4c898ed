import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-pool-workers'
import { defineConfig } from 'vitest/config'
import { unstable_readConfig } from 'wrangler'

export default defineConfig({
  test: {
    // A workerd for every file at once would starve two cores.
    maxWorkers: 2,
    projects: [
      {
        // Pure rules and facts about the built code: plain Node, milliseconds each.
        test: { name: 'rules', include: ['test/{rules,bundle,deploy,local,papers}/*.test.ts'] },
      },
      {
        plugins: [
          cloudflareTest(async () => ({
            wrangler: { configPath: './wrangler.toml' },
            miniflare: {
              bindings: {
                MIGRATIONS: await readD1Migrations('./migrations'),
                CRONS: unstable_readConfig({ config: './wrangler.toml' }).triggers.crons ?? [],
              },
            },
          })),
        ],
        test: {
          name: 'worker',
          include: ['test/*.test.ts'],
          // Files follow each other in one workerd, which reads the product once; setup.ts gives each test
          // an empty database and bucket, and what the product remembers hangs on a World's env.
          isolate: false,
          setupFiles: ['test/harness/setup.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
