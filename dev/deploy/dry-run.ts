import { join } from 'node:path'
import { Trouble } from '../trouble.ts'
import { listOf, valueOf } from './toml.ts'
import type { Tools } from './tools.ts'

/**
 * As much of a deploy as needs no account: the code is bundled as it would be sent, and the same
 * migrations run against a fresh database on this machine.
 */
export async function dryRun(tools: Tools, folder: string): Promise<void> {
  const { wrangler, say } = tools
  const toml = await tools.config.read()

  const bundled = await wrangler(['deploy', '--dry-run', '--outdir', join(folder, 'bundle')])
  if (!bundled.ok) throw new Trouble(`The code can't be deployed.\n\n${bundled.output.trim()}`)
  say('The code bundles:')
  say(bundled.output.trim())

  const fresh = ['--local', '--persist-to', join(folder, 'state')]
  const migrated = await wrangler(['d1', 'migrations', 'apply', 'DB', ...fresh])
  if (!migrated.ok) throw new Trouble(`A migration fails.\n\n${migrated.output.trim()}`)
  const again = await wrangler(['d1', 'migrations', 'apply', 'DB', ...fresh])
  if (!again.ok || !again.output.includes('No migrations to apply')) {
    throw new Trouble(`The migrations are not kept.\n\n${again.output.trim()}`)
  }
  say('\nEvery migration ran against a fresh local database, and none a second time.')

  const database = valueOf(toml, '[[d1_databases]]', 'database_name')
  const bucket = valueOf(toml, '[[r2_buckets]]', 'bucket_name')
  const here = (name: string) => (tools.env[name] ? 'from the environment' : 'asked for')
  const own = (name: string) =>
    /^(?:AUTH_SECRET|LINK_SECRET|SETTINGS_KEY)$/.test(name) ? 'made here' : here(name)
  const names = [...listOf(toml, '[secrets]', 'required'), 'SETTINGS_KEY']
  const secrets = names.map((name) => `${name} (${own(name)})`)
  const steps = [
    'see who you are and which account it is (npx wrangler login, or CLOUDFLARE_API_TOKEN)',
    `of ${secrets.join(', ')}, find those that the Worker does not have yet`,
    `make the bucket ${bucket} and the database ${database} unless they are there, and write the database's id into wrangler.toml`,
    'run the migrations on it, before the new code',
    'deploy, with the new secrets in the same step',
    'wait for /healthz, and say what is left to do in SendGrid',
  ]
  say(
    `\nWith an account, a deploy would:\n${steps.map((step, n) => `  ${n + 1}. ${step}`).join('\n')}`,
  )
}
