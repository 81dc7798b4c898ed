import { Trouble } from '../trouble.ts'
import { chooseAccount } from './account.ts'
import { nextSteps } from './next-steps.ts'
import { secretsThere, settleSettings } from './settings.ts'
import { needBucket, needDatabase } from './storage.ts'
import { hasKey, valueOf, withValue } from './toml.ts'
import type { How, Ran, Tools } from './tools.ts'

const SECOND = 1000

/** A new address's certificate takes a while. */
const HEALTH_TRIES = 60

/**
 * From an empty account to a live portal, and from one version to the next. Each step looks before it
 * makes anything, so after a failure it is run again and goes on from there.
 */
export async function deploy(tools: Tools): Promise<void> {
  const { config, say } = tools
  const how: How = { account: await chooseAccount(tools, await config.read()) }
  const there = await secretsThere(tools, how)
  say(there === undefined ? 'Worker: not there yet.' : 'Worker: there; this is an upgrade.')
  const wanted = await settleSettings(tools, await config.read(), there)

  await needBucket(tools, await config.read(), how)
  await needDatabase(tools, await config.read(), how)
  if (wanted.appUrl !== undefined) await noteAddress(tools, wanted.appUrl)

  // Before the new code, which may need what they add; the old one goes on without.
  await migrate(tools, how)
  const first = await upload(tools, how, wanted.secrets)
  const appUrl = wanted.appUrl ?? (await learnAddress(tools, how, first))
  await untilHealthy(tools, appUrl)
  say(nextSteps({ appUrl, isNew: there === undefined, secrets: wanted.secrets, there }))
}

async function noteAddress(tools: Tools, appUrl: string): Promise<void> {
  const toml = await tools.config.read()
  if (valueOf(toml, '[vars]', 'APP_URL') === appUrl) return
  await tools.config.write(withValue(toml, '[vars]', 'APP_URL', appUrl))
  tools.say(`APP_URL is ${appUrl} in wrangler.toml now: commit it.`)
}

async function migrate(tools: Tools, how: How): Promise<void> {
  tools.say('Migrating the database ...')
  const ran = await tools.wrangler(['d1', 'migrations', 'apply', 'DB', '--remote'], how)
  if (ran.ok) return
  throw new Trouble(
    `A migration failed. D1 took it back, no code was deployed, and the version that runs goes on as it was. Put it right and run "npm run deploy" again.\n\n${ran.output.trim()}`,
  )
}

/** An address of one's own is put on the Worker as a custom domain, unless wrangler.toml has routes. */
async function domainArgs(tools: Tools): Promise<string[]> {
  const toml = await tools.config.read()
  const { hostname } = new URL(valueOf(toml, '[vars]', 'APP_URL') ?? 'http://127.0.0.1')
  const given = hostname === '127.0.0.1' || hostname.endsWith('.workers.dev')
  return given || hasKey(toml, 'routes?') ? [] : ['--domain', hostname]
}

async function upload(
  tools: Tools,
  how: How,
  secrets: Readonly<Record<string, string>>,
): Promise<Ran> {
  // Vars that somebody set in Cloudflare's dashboard stay.
  const args = ['deploy', '--keep-vars', ...(await domainArgs(tools))]
  const names = Object.keys(secrets)
  tools.say(names.length === 0 ? 'Deploying ...' : `Deploying, and setting ${names.join(', ')} ...`)
  const run = (more: readonly string[]) =>
    tools.wrangler([...args, ...more], { ...how, talks: true })
  const ran =
    names.length === 0
      ? await run([])
      : await tools.withSecretFile(JSON.stringify(secrets), (path) => run(['--secrets-file', path]))
  if (ran.ok) return ran
  throw new Trouble(
    `The deploy failed. The database is migrated, which the version that runs does not mind. Put it right and run "npm run deploy" again: it goes on from here.\n\n${withoutValues(ran.output.trim(), secrets)}`,
  )
}

/** wrangler prints no secret; should a version of it do so, we don't pass it on. */
const withoutValues = (text: string, secrets: Readonly<Record<string, string>>): string =>
  Object.entries(secrets).reduce(
    (clean, [name, value]) => clean.replaceAll(value, `<${name}>`),
    text,
  )

/**
 * Nobody knows the workers.dev address before the first deploy, so that one answers nothing but its
 * health check, and a second one right after it knows where it is.
 */
async function learnAddress(tools: Tools, how: How, first: Ran): Promise<string> {
  const appUrl = first.targets.find((target) => /^https:\/\/[\w.-]+\.workers\.dev$/.test(target))
  if (appUrl === undefined) {
    throw new Trouble(
      'It is deployed, but wrangler named no workers.dev address. Set APP_URL to the address people will open, as in "APP_URL=https://portals.example.com npm run deploy".',
    )
  }
  await noteAddress(tools, appUrl)
  await upload(tools, how, {})
  return appUrl
}

async function untilHealthy(tools: Tools, appUrl: string): Promise<void> {
  tools.say(`Waiting for ${appUrl}/healthz ...`)
  for (let n = 0; n < HEALTH_TRIES; n++) {
    if (await tools.isHealthy(`${appUrl}/healthz`)) return
    await tools.wait(3 * SECOND)
  }
  throw new Trouble(
    `It is deployed, but ${appUrl}/healthz does not answer 200 yet. A new domain may take some minutes. If it stays, "npx wrangler tail" shows what is missing while you open that address.`,
  )
}
