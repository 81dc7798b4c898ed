import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'

/** Everything local mode keeps. DEV_DIR moves it, so that a test run can have a fresh one. */
export const stateDir = resolve(process.env['DEV_DIR'] ?? '.dev')

export const statePath = {
  /** What wrangler calls --persist-to; D1 and R2 live in v3 below it. */
  state: join(stateDir, 'state'),
  platform: join(stateDir, 'state', 'v3'),
  migrations: join(stateDir, 'state', 'migrations.sha256'),
  mail: join(stateDir, 'mail.jsonl'),
  stripe: join(stateDir, 'stripe.jsonl'),
  demo: join(stateDir, 'demo.json'),
  demoModule: join(stateDir, 'demo.mjs'),
  secrets: join(stateDir, 'secrets.json'),
  env: join(stateDir, 'env'),
  ports: join(stateDir, 'ports.json'),
  pid: join(stateDir, 'pid'),
  log: join(stateDir, 'wrangler.log'),
  registry: join(stateDir, 'registry'),
} as const

/** Readable by this user alone; never half written. */
export async function writePrivate(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const draft = `${path}.${process.pid}`
  await writeFile(draft, text, { mode: 0o600 })
  await rename(draft, path)
}

export async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch {
    return null
  }
}
