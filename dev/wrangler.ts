import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { statePath } from './state.ts'

const quiet = {
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_SEND_ERROR_REPORTS: 'false',
  WRANGLER_HIDE_BANNER: 'true',
  WRANGLER_WRITE_LOGS: 'false',
  WRANGLER_REGISTRY_PATH: statePath.registry,
  // Asks a host on the internet for request.cf; the built-in placeholder does.
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
}

/** Also holds for wrangler used as a library in this process. Call it before importing wrangler. */
export function quietWrangler(): void {
  Object.assign(process.env, quiet, { WRANGLER_LOG: process.env['WRANGLER_LOG'] ?? 'error' })
}

export const wranglerEntry = join(
  dirname(createRequire(import.meta.url).resolve('wrangler/package.json')),
  'bin',
  'wrangler.js',
)

/** What a process runs in that has wrangler in it. */
export function quietEnvironment(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const { WRANGLER_LOG: _, ...inherited } = process.env
  return { ...inherited, ...quiet, NO_COLOR: '1', CI: '1', ...more }
}

function spawnWrangler(args: string[]) {
  return spawn(process.execPath, [wranglerEntry, ...args], {
    detached: true,
    env: quietEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** Runs a wrangler command to its end. */
export function runWrangler(args: string[]): Promise<{ ok: boolean; output: string }> {
  return new Promise((resolve) => {
    const child = spawnWrangler(args)
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.once('close', (code) =>
      resolve({ ok: code === 0, output: stripVTControlCharacters(output) }),
    )
  })
}
