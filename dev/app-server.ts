import { createWriteStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { stripVTControlCharacters } from 'node:util'
import type { Settings } from './settings.ts'
import { host } from './ports.ts'
import { statePath } from './state.ts'
import { Trouble } from './trouble.ts'
import { spawnWrangler } from './wrangler.ts'

export interface AppServer {
  url: string
  /** Settles when it has ended by itself or by `stop`. */
  ended: Promise<void>
  stop: () => Promise<void>
}

const patience = 90_000

/** wrangler.toml's own names come by the file; wrangler drops any other from it, so those are named here. */
function args(port: number, settings: Settings, declared: string[]): string[] {
  const undeclared = Object.entries(settings).filter(([name]) => !declared.includes(name))
  const listening = ['--ip', host, '--port', String(port), '--inspector-port', '0']
  const files = ['--persist-to', statePath.state, '--env-file', statePath.env]
  const variables = undeclared.flatMap(([name, value]) => ['--var', `${name}:${value}`])
  return ['dev', '--show-interactive-dev-session=false', ...listening, ...files, ...variables]
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
  const child = spawnWrangler(args(port, settings, declared))
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
