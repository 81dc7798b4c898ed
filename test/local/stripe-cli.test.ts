import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { choosePort, host, listen } from '../../dev/ports.ts'
import { createStripeApp } from '../../dev/stripe/app.ts'
import type { StripeApp } from '../../dev/stripe/app.ts'

/*
 * Stripe's own command line, which knows nothing of ours, takes the local Stripe for the real one.
 * Its package has binaries for macOS and Linux on x64 and arm64, and for Windows on x64.
 */

const platform = `${process.platform}-${process.arch}`

function binary(): string | undefined {
  const require = createRequire(import.meta.resolve('@stripe/cli/package.json'))
  try {
    const folder = dirname(require.resolve(`@stripe/cli-${platform}/package.json`))
    return join(folder, 'bin', process.platform === 'win32' ? 'stripe.exe' : 'stripe')
  } catch {
    return undefined
  }
}

const cli = binary()
const where = cli === undefined ? ` (not run: @stripe/cli has no binary for ${platform})` : ''
const key = 'sk_test_command_line_01'

let folder: string
let app: StripeApp
let url: string
let close: () => void

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stripe-cli-'))
  const port = await choosePort(0)
  url = `http://${host}:${port}`
  app = createStripeApp({ url, retryAfterMs: [] })
  close = await listen(app.fetch, port)
})

afterAll(async () => {
  close()
  await rm(folder, { recursive: true })
})

interface Fixture {
  name: string
  path: string
  method: 'get' | 'post'
  params?: object
}

/** Touches nothing of whoever runs it: a home of its own, no telemetry, no way out of this machine. */
async function fixtures(list: Fixture[]): Promise<{ code: number; text: string }> {
  const file = join(folder, 'fixtures.json')
  await writeFile(file, JSON.stringify({ _meta: { template_version: 0 }, fixtures: list }))
  const args = ['fixtures', file, '--api-base', url, '--api-key', key]
  const env = {
    HOME: folder,
    USERPROFILE: folder,
    XDG_CONFIG_HOME: folder,
    STRIPE_CLI_TELEMETRY_OPTOUT: '1',
    HTTPS_PROXY: `http://${host}:9`,
  }
  return new Promise((resolve) => {
    execFile(cli ?? '', args, { env, timeout: 20_000 }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code ?? -1) : 0, text: stdout + stderr }),
    )
  })
}

const get = async (path: string) => {
  const response = await app.request(path, { headers: { authorization: `Bearer ${key}` } })
  return response.json()
}

test.skipIf(cli === undefined)(
  `stripe fixtures makes a link and switches it off${where}`,
  async () => {
    const { code, text } = await fixtures([
      { name: 'product', path: '/v1/products', method: 'post', params: { name: 'INV-2026-014' } },
      {
        name: 'price',
        path: '/v1/prices',
        method: 'post',
        params: { product: '${product:id}', currency: 'eur', unit_amount: 124000 },
      },
      {
        name: 'link',
        path: '/v1/payment_links',
        method: 'post',
        params: {
          line_items: [{ price: '${price:id}', quantity: 1 }],
          restrictions: { completed_sessions: { limit: 1 } },
          metadata: { invoice: 'i1' },
        },
      },
      {
        name: 'off',
        path: '/v1/payment_links/${link:id}',
        method: 'post',
        params: { active: false },
      },
    ])
    expect(text).toContain('Running fixture for: off')
    expect(code).toBe(0)
    expect(await get('/v1/payment_links')).toMatchObject({
      data: [
        {
          active: false,
          currency: 'eur',
          metadata: { invoice: 'i1' },
          restrictions: { completed_sessions: { limit: 1, count: 0 } },
        },
      ],
    })
  },
)

test.skipIf(cli === undefined)(`and is told what is wrong${where}`, async () => {
  const { code, text } = await fixtures([
    {
      name: 'price',
      path: '/v1/prices',
      method: 'post',
      params: { currency: 'isk', unit_amount: 5050, product_data: { name: 'Half a króna' } },
    },
  ])
  expect(code).toBe(1)
  expect(text).toContain('evenly divisible by 100')
})
