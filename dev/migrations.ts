import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readIfThere, statePath, writePrivate } from './state.ts'
import { Trouble } from './trouble.ts'
import { runWrangler } from './wrangler.ts'

const folder = 'migrations'

async function fingerprint(): Promise<string> {
  const hash = createHash('sha256')
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
  for (const name of names) hash.update(name).update(await readFile(join(folder, name)))
  return hash.digest('hex')
}

/** Asking wrangler takes seconds, so it is asked only when the migrations have changed. */
export async function migrate(): Promise<void> {
  const wanted = await fingerprint()
  if ((await readIfThere(statePath.migrations)) === wanted) return
  const where = ['--local', '--persist-to', statePath.state, '--env-file', statePath.env]
  const { ok, output } = await runWrangler(['d1', 'migrations', 'apply', 'DB', ...where])
  if (!ok) {
    throw new Trouble(
      `${output.trim()}\n\nA migration failed on the local database. ` +
        'Correct it, or begin with an empty database: npm run reset, then npm start',
    )
  }
  await writePrivate(statePath.migrations, wanted)
}
