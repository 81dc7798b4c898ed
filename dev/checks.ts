import { existsSync } from 'node:fs'
import { runningPid } from './pid.ts'
import { isFree } from './ports.ts'
import { stateDir } from './state.ts'
import { Trouble } from './trouble.ts'

function needBuild(): void {
  const missing = ['public/assets', 'src/ui/assets.json'].filter((path) => !existsSync(path))
  if (missing.length === 0) return
  throw new Trouble(`${missing.join(' and ')} not found. Make them with: npm run build`)
}

async function needState(): Promise<void> {
  const pid = await runningPid()
  if (pid === null) return
  throw new Trouble(
    `Another start is running on ${stateDir} (process ${pid}). ` +
      'Stop it first, or give this one a folder of its own: DEV_DIR=.dev-2 PORT=8788 npm start',
  )
}

async function needPort(port: number): Promise<void> {
  if (await isFree(port)) return
  throw new Trouble(
    `Port ${port} on 127.0.0.1 is taken by another program. ` +
      `Stop it, or choose another port: PORT=${port + 1} npm start`,
  )
}

export function portFrom(text: string | undefined): number {
  const port = Number(text || 8787)
  if (Number.isInteger(port) && port > 0 && port < 65536) return port
  throw new Trouble(`PORT must be a number from 1 to 65535, not "${text}".`)
}

export async function check(port: number): Promise<void> {
  needBuild()
  await needState()
  await needPort(port)
}
