import { parseArgs } from 'node:util'
import { deploy } from './deploy/deploy.ts'
import { dryRun } from './deploy/dry-run.ts'
import { ownFolder, realTools } from './deploy/real-tools.ts'
import { Trouble } from './trouble.ts'

function readOptions() {
  try {
    return parseArgs({ options: { 'dry-run': { type: 'boolean', default: false } } }).values
  } catch {
    console.error('npm run deploy knows one option: --dry-run, behind "--".')
    return process.exit(2)
  }
}

const options = readOptions()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  // Through exit, which takes the folder with the secrets away.
  process.on(signal, () => process.exit(130))
}

const folder = ownFolder()
try {
  await (options['dry-run'] ? dryRun(realTools(folder), folder) : deploy(realTools(folder)))
} catch (error) {
  console.error(error instanceof Trouble ? `\n${error.message}` : error)
  process.exitCode = 1
}
