import { parseArgs } from 'node:util'
import { unstable_startWorker } from 'wrangler'
import { configPath } from './configuration.ts'
import { host } from './ports.ts'
import type { Settings } from './settings.ts'
import { statePath } from './state.ts'

// The app, in a process of its own: what `wrangler dev` runs, by wrangler's own API. The command takes
// it for the end of everything when a browser goes away in the middle of an answer: see decision 0016.

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
    server: { hostname: host, port: Number(values.port) },
    inspector: false,
    persist: statePath.state,
    watch: true,
    logLevel: 'info',
    remote: false,
  },
})

/** What went wrong inside the proxy concerns one request, and whoever made it knows. */
worker.raw.on('error', (event: { reason?: unknown; cause?: unknown }) => {
  if (event.reason === 'Error inside ProxyWorker') return
  console.error('[ERROR]', event.reason ?? event)
  process.exit(1)
})
