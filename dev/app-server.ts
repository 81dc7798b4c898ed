import { spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { stripVTControlCharacters } from 'node:util'
import type { Settings } from './settings.ts'
import { host } from './ports.ts'
import { statePath } from './state.ts'
import { Trouble } from './trouble.ts'
import { quietEnvironment } from './wrangler.ts'

export interface AppServer {
  url: string
  /** Settles when it has ended by itself or by `stop`. */
  ended: Promise<void>
  stop: () => Promise<void>
}

const patience = 90_000

const entry = join(import.meta.dirname, 'serve.ts')

/** A process group of its own, so that stopping it takes workerd along. */
function spawnApp(port: number, settings: Settings, declared: string[]) {
  const undeclared = Object.entries(settings).filter(([name]) => !declared.includes(name))
  return spawn(process.execPath, [entry, '--port', String(port)], {
    detached: true,
    env: quietEnvironment({ PORTALS_UNDECLARED: JSON.stringify(Object.fromEntries(undeclared)) }),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

function keepLog(stdout: Readable, stderr: Readable): void {
  const log = createWriteStream(statePath.log, { mode: 0o600 })
  stdout.pipe(log, { end: false })
  stderr.pipe(log, { end: false })
  createInterface({ input: stderr }).on('line', (line) => {
    const plain = stripVTControlCharacters(line)
    if (/\[ERROR\]|^\s+at /.test(plain)) console.error(plain)
  })
}

export async function logTail(lines = 30): Promise<string> {
  const text = await readFile(statePath.log, 'utf8').catch(() => '')
  return stripVTControlCharacters(text).trimEnd().split('\n').slice(-lines).join('\n')
}

export function startAppServer(port: number, settings: Settings, declared: string[]): AppServer {
  const child = spawnApp(port, settings, declared)
  keepLog(child.stdout, child.stderr)
  const { promise: ended, resolve } = Promise.withResolvers<void>()
  child.once('close', () => resolve())
  child.once('error', () => resolve())
  const signal = (name: NodeJS.Signals) => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, name)
    } catch {
      // The group is gone already.
    }
  }
  return {
    url: `http://${host}:${port}`,
    ended,
    async stop() {
      signal('SIGTERM')
      await Promise.race([ended, sleep(4000)])
      signal('SIGKILL')
    },
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(5000) })).ok
  } catch {
    return false
  }
}

export async function untilHealthy(app: AppServer): Promise<void> {
  let over = false
  void app.ended.then(() => (over = true))
  const deadline = Date.now() + patience
  while (!(await answers(`${app.url}/healthz`))) {
    if (over)
      throw new Trouble(
        `${await logTail()}\n\nThe app stopped before it was ready. Its log: ${statePath.log}`,
      )
    if (Date.now() > deadline) {
      throw new Trouble(`${await logTail()}\n\nThe app does not answer at ${app.url}/healthz.`)
    }
    await sleep(100)
  }
}
