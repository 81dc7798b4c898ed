import * as z from 'zod/mini'
import { Trouble } from '../trouble.ts'
import { jsonOf } from './account.ts'
import { valueOf, withValue } from './toml.ts'
import type { How, Tools } from './tools.ts'

const databases = z.array(z.object({ uuid: z.string(), name: z.string() }))

const again = 'Nothing was deployed. Put it right and run "npm run deploy" again.'

/** The files' bucket, made if it is not there. */
export async function needBucket(tools: Tools, toml: string, how: How): Promise<void> {
  const name = valueOf(toml, '[[r2_buckets]]', 'bucket_name')
  if (!name) throw new Trouble(`wrangler.toml names no bucket_name. ${again}`)
  if ((await tools.wrangler(['r2', 'bucket', 'info', name, '--json'], how)).ok) {
    tools.say(`Bucket ${name}: there.`)
    return
  }
  const made = await tools.wrangler(['r2', 'bucket', 'create', name], how)
  if (!made.ok) {
    throw new Trouble(
      `The bucket ${name} could not be made. If R2 is new to this account, switch it on first: Cloudflare's dashboard, R2. ${again}\n\n${made.output.trim()}`,
    )
  }
  tools.say(`Bucket ${name}: made.`)
}

async function listed(tools: Tools, how: How) {
  const ran = await tools.wrangler(['d1', 'list', '--json'], how)
  const found = z.safeParse(databases, jsonOf(ran.stdout))
  if (ran.ok && found.success) return found.data
  throw new Trouble(`The databases could not be listed. ${again}\n\n${ran.output.trim()}`)
}

/** The database, made if it is not there; its id goes into wrangler.toml. */
export async function needDatabase(tools: Tools, toml: string, how: How): Promise<void> {
  const table = '[[d1_databases]]'
  const name = valueOf(toml, table, 'database_name')
  if (!name) throw new Trouble(`wrangler.toml names no database_name. ${again}`)
  const noted = valueOf(toml, table, 'database_id')
  const there = await listed(tools, how)
  if (noted) {
    if (there.some(({ uuid }) => uuid === noted)) {
      tools.say(`Database ${name}: there.`)
      return
    }
    throw new Trouble(
      `wrangler.toml names the database ${noted}, which this account does not have. Is it another account's? Take the line database_id out to begin with a new database. ${again}`,
    )
  }
  let found = there.find((one) => one.name === name)
  if (found) {
    tools.say(`Database ${name}: there.`)
  } else {
    const made = await tools.wrangler(['d1', 'create', name], how)
    if (!made.ok) {
      throw new Trouble(`The database could not be made. ${again}\n\n${made.output.trim()}`)
    }
    found = (await listed(tools, how)).find((one) => one.name === name)
    tools.say(`Database ${name}: made.`)
  }
  if (!found) throw new Trouble(`The database ${name} was made and is not listed yet. ${again}`)
  await tools.config.write(withValue(toml, table, 'database_id', found.uuid))
  tools.say('Its database_id is in wrangler.toml now: commit it.')
}
