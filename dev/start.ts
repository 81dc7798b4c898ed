import { parseArgs } from 'node:util'
import { announce, writeDemoFile } from './announce.ts'
import { logTail, startAppServer, untilHealthy } from './app-server.ts'
import type { AppServer } from './app-server.ts'
import { check, portFrom } from './checks.ts'
import type { Configuration } from './configuration.ts'
import { createControlApp } from './control.ts'
import { runAll, startTicks } from './cron.ts'
import { createMailApp } from './mail/app.ts'
import { diskStore as mailStore } from './mail/disk.ts'
import { migrate } from './migrations.ts'
import { claimState, releaseState } from './pid.ts'
import { choosePort, host, lastPorts, listen, rememberPorts } from './ports.ts'
import { localSecrets, signingKey } from './secrets.ts'
import { mergedSettings, writeEnvFile } from './settings.ts'
import { statePath } from './state.ts'
import { createStripeApp } from './stripe/app.ts'
import { diskStore as stripeStore } from './stripe/disk.ts'
import { Trouble } from './trouble.ts'
import { quietWrangler } from './wrangler.ts'

const known = {
  empty: { type: 'boolean', default: false },
  crowd: { type: 'boolean', default: false },
  'no-ticks': { type: 'boolean', default: false },
} as const

function readOptions() {
  try {
    return parseArgs({ options: known }).values
  } catch {
    console.error('npm start knows these options: --empty, --crowd and --no-ticks, behind "--".')
    return process.exit(2)
  }
}

const options = readOptions()
const wanted = options.empty ? 'nothing' : options.crowd ? 'crowd' : 'demo'

const closers: (() => void | Promise<void>)[] = []
let stopping = false

async function stop(code: number): Promise<never> {
  stopping = true
  for (const close of closers.toReversed()) await close()
  process.exit(code)
}

async function startLocalServers(port: number, configuration: Configuration) {
  const secrets = await localSecrets()
  const last = await lastPorts()
  const ports = {
    mail: await choosePort(last.mail),
    control: await choosePort(last.control),
    stripe: await choosePort(last.stripe),
  }
  await rememberPorts(ports)
  const url = `http://${host}:${port}`
  const mailUrl = `http://${host}:${ports.mail}`
  const stripeUrl = `http://${host}:${ports.stripe}`
  const given = { port, mailUrl, stripeUrl, secrets }
  const settings = await mergedSettings(given, configuration.settings)

  const mailApp = createMailApp({
    apiKey: settings['SENDGRID_API_KEY'] ?? '',
    webhook: { url: `${url}/api/webhooks/sendgrid`, key: await signingKey(secrets) },
    store: await mailStore(statePath.mail),
    settleAfterMs: 800,
  })
  const stripeApp = createStripeApp({ url: stripeUrl, store: await stripeStore(statePath.stripe) })
  closers.push(await listen(mailApp.fetch, ports.mail))
  closers.push(await listen(stripeApp.fetch, ports.stripe))
  closers.push(await listen(createControlApp(url, configuration.crons).fetch, ports.control))
  const addresses = { url, mailUrl, stripeUrl, cronUrl: `http://${host}:${ports.control}/cron` }
  return { settings, addresses }
}

async function start(): Promise<AppServer> {
  const port = portFrom(process.env['PORT'])
  await check(port)
  await claimState()
  closers.push(releaseState)

  quietWrangler()
  const [{ readConfiguration }, { prepareDemo }] = await Promise.all([
    import('./configuration.ts'),
    import('./demo-data.ts'),
  ])
  const configuration = readConfiguration()
  const { settings, addresses } = await startLocalServers(port, configuration)
  await writeEnvFile(settings)
  await migrate()
  const demo = await prepareDemo(settings, wanted, Date.now())

  const app = startAppServer(port, settings, configuration.settings)
  closers.push(app.stop)
  await untilHealthy(app)
  const report = (problem: string) => console.error(problem)
  if (demo.seeded) await runAll(app.url, configuration.crons, new Date(), report)
  if (!options['no-ticks']) closers.push(startTicks(app.url, configuration.crons, report))
  await writeDemoFile(addresses, demo)
  announce(addresses, demo)
  return app
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (!stopping) void stop(0)
  })
}

// npm killed outright passes no signal on.
const parent = process.ppid
if (process.env['npm_lifecycle_event'] !== undefined) {
  setInterval(() => {
    if (process.ppid !== parent && !stopping) void stop(0)
  }, 1000).unref()
}

try {
  const app = await start()
  await app.ended
  if (!stopping) {
    console.error(`${await logTail()}\n\nThe app stopped. Its log: ${statePath.log}`)
    await stop(1)
  }
} catch (error) {
  if (!stopping) {
    console.error(error instanceof Trouble ? `\n${error.message}` : error)
    await stop(1)
  }
}
