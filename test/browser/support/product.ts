import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as later } from 'node:timers/promises'
import * as z from 'zod/mini'

const demo = z.object({
  url: z.url(),
  signInUrl: z.url(),
  apiKey: z.nullable(z.string()),
  portalUrl: z.nullable(z.url()),
  mailUrl: z.url(),
  cronUrl: z.url(),
  stripeUrl: z.url(),
})

/** What `npm start` writes for scripts. */
export type Demo = z.infer<typeof demo>

export interface Product {
  demo: Demo
  /** Where it keeps what it knows. */
  folder: string
  stop: () => Promise<void>
}

/** Long enough for a first start on a slow machine. */
const PATIENCE = 180_000

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() =>
        address !== null && typeof address === 'object'
          ? resolve(address.port)
          : reject(new Error('No free port.')),
      )
    })
  })
}

/** What the app wrote, beside what Playwright keeps of a failure. */
async function keepLog(folder: string): Promise<void> {
  const log = join(folder, 'wrangler.log')
  if (!existsSync(log)) return
  await mkdir('test-results', { recursive: true })
  await copyFile(log, join('test-results', `${basename(folder)}.log`))
}

/** Runs the product as a person would, on a free port and a folder of its own. */
export const startProduct = (...options: string[]): Promise<Product> =>
  startProductWith({}, ...options)

/** The same with settings of one's own. */
export async function startProductWith(
  settings: Record<string, string>,
  ...options: string[]
): Promise<Product> {
  const folder = await mkdtemp(join(tmpdir(), 'portals-'))
  const child = spawn('npm', ['start', '--', ...options], {
    // Of its own, so that nothing it started can outlive it.
    detached: true,
    env: { ...process.env, ...settings, DEV_DIR: folder, PORT: String(await freePort()) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said: string[] = []
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const ready = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        said.push(line)
        if (line === 'Ready') resolve()
      })
    }
  })
  const stop = async () => {
    child.kill('SIGTERM')
    await Promise.race([ended, later(15_000)])
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    } catch {
      // All of it has ended.
    }
    await keepLog(folder)
    await rm(folder, { recursive: true, force: true })
  }
  const failed = (why: string) => new Error(`${why}\n${said.join('\n')}`)
  try {
    await Promise.race([
      ready,
      ended.then(() => Promise.reject(failed('npm start ended before it was ready.'))),
      later(PATIENCE, undefined, { ref: false }).then(() =>
        Promise.reject(failed('npm start was not ready in time.')),
      ),
    ])
    const written: unknown = JSON.parse(await readFile(join(folder, 'demo.json'), 'utf8'))
    return { demo: demo.parse(written), folder, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
