import { spawn, type StdioOptions } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { stripVTControlCharacters } from 'node:util'
import * as z from 'zod/mini'
import { configPath } from '../configuration.ts'
import { wranglerEntry } from '../wrangler.ts'
import { jsonOf } from './account.ts'
import { askAtTerminal } from './terminal.ts'
import type { Ran, Tools } from './tools.ts'

/** A folder that is gone when this process is, however it ends. */
export function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'portals-deploy-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const deployed = z.object({ type: z.literal('deploy'), targets: z.array(z.string()) })

/** What wrangler writes for programs: a line of JSON for each thing it did. */
async function targetsIn(path: string): Promise<string[]> {
  const text = await readFile(path, 'utf8').catch(() => '')
  return text.split('\n').flatMap((line) => {
    const found = z.safeParse(deployed, jsonOf(line))
    return found.success ? found.data.targets : []
  })
}

/** Our own settings are none of wrangler's business. */
const ours =
  /^(?:AUTH_SECRET|LINK_SECRET|SETTINGS_KEY|STRIPE_URL|SENDGRID_\w+|MAIL_\w+|FIRST_OWNER|SIGN_UP|STORAGE_GB|APP_URL)$/

function environment(more: Record<string, string | undefined>): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !ours.test(name))
  const quiet = { WRANGLER_SEND_METRICS: 'false', WRANGLER_SEND_ERROR_REPORTS: 'false' }
  return { ...Object.fromEntries(inherited), ...quiet, WRANGLER_HIDE_BANNER: 'true', ...more }
}

export function realTools(folder: string): Tools {
  const interactive = process.stdin.isTTY && process.stdout.isTTY && !process.env['CI']
  let runs = 0

  const wrangler: Tools['wrangler'] = (args, { account, talks = false } = {}) => {
    const report = join(folder, `report-${++runs}.ndjson`)
    const atTerminal = talks && interactive
    const env = environment({
      WRANGLER_OUTPUT_FILE_PATH: report,
      ...(account === undefined ? {} : { CLOUDFLARE_ACCOUNT_ID: account }),
      ...(atTerminal ? {} : { CI: '1', NO_COLOR: '1' }),
    })
    const stdio: StdioOptions = atTerminal ? 'inherit' : ['ignore', 'pipe', 'pipe']
    return new Promise<Ran>((resolve, reject) => {
      const child = spawn(process.execPath, [wranglerEntry, ...args], { env, stdio })
      let stdout = ''
      let output = ''
      child.stdout?.on('data', (chunk: Buffer) => {
        stdout += chunk.toString()
        output += chunk.toString()
      })
      child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()))
      child.once('error', reject)
      child.once('close', (code) => {
        void targetsIn(report).then((targets) =>
          resolve({ ok: code === 0, stdout, output: stripVTControlCharacters(output), targets }),
        )
      })
    })
  }

  return {
    wrangler,
    config: {
      read: () => readFile(configPath, 'utf8'),
      write: (text) => writeFile(configPath, text),
    },
    async withSecretFile(text, work) {
      const path = join(folder, 'secrets.json')
      await writeFile(path, text, { mode: 0o600, flag: 'wx' })
      try {
        return await work(path)
      } finally {
        rmSync(path, { force: true })
      }
    },
    ask: interactive ? askAtTerminal : undefined,
    env: process.env,
    say: (line) => console.log(line),
    random: (bytes) => randomBytes(bytes).toString('hex'),
    async isHealthy(url) {
      try {
        return (await fetch(url, { signal: AbortSignal.timeout(10_000) })).status === 200
      } catch {
        return false
      }
    },
    wait: async (ms) => wait(ms),
  }
}
