import { connect, createServer } from 'node:net'
import { pipeline } from 'node:stream'
import { parseArgs } from 'node:util'
import { unstable_startWorker } from 'wrangler'
import { configPath } from './configuration.ts'
import { host } from './ports.ts'
import type { Settings } from './settings.ts'
import { statePath } from './state.ts'

// The app, in a process of its own: what `wrangler dev` runs, by wrangler's own API, but without the
// proxy that wrangler puts before it, which may lose an answer of one when another goes away in the
// middle of theirs: see decision 0016.

const { values } = parseArgs({ options: { port: { type: 'string' } } })

/** Wrangler drops what wrangler.toml doesn't name from the file of settings, so that comes this way. */
const undeclared: Settings = JSON.parse(process.env['PORTALS_UNDECLARED'] ?? '{}')

const worker = await unstable_startWorker({
  config: configPath,
  envFiles: [statePath.env],
  bindings: Object.fromEntries(
    Object.entries(undeclared).map(([name, value]) => [
      name,
      { type: 'plain_text' as const, value },
    ]),
  ),
  dev: {
    // Where its proxy listens, whom nobody asks.
    server: { hostname: host, port: 0 },
    inspector: false,
    persist: statePath.state,
    watch: true,
    logLevel: 'info',
    remote: false,
  },
})

worker.raw.on('error', (event: { reason?: unknown; cause?: unknown }) => {
  console.error('[ERROR]', event.reason ?? event)
  process.exit(1)
})

interface Reloaded {
  proxyData: { userWorkerUrl: { hostname: string; port: string } }
}

const placeOf = ({ proxyData }: Reloaded) => proxyData.userWorkerUrl

/** Where the app itself listens: another place each time that its code has changed. */
let app = new Promise<ReturnType<typeof placeOf>>((resolve) => {
  worker.raw.once('reloadComplete', (event: Reloaded) => resolve(placeOf(event)))
})
worker.raw.on('reloadComplete', (event: Reloaded) => {
  app = Promise.resolve(placeOf(event))
})

// Each connection has one of its own to the app: one that breaks is nobody else's.
createServer(async (browser) => {
  browser.on('error', () => browser.destroy())
  const { hostname, port } = await app
  // Whoever asked before it was up may have given up meanwhile.
  if (browser.destroyed) return
  pipeline(browser, connect(Number(port), hostname), browser, () => browser.destroy())
}).listen(Number(values.port), host)
