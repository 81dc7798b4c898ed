import { rm } from 'node:fs/promises'
import { readIfThere, statePath, writePrivate } from './state.ts'

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** The process that runs on this state, if one does. */
export async function runningPid(): Promise<number | null> {
  const pid = Number(await readIfThere(statePath.pid))
  return pid > 0 && pid !== process.pid && isAlive(pid) ? pid : null
}

export async function claimState(): Promise<void> {
  await writePrivate(statePath.pid, String(process.pid))
}

export async function releaseState(): Promise<void> {
  await rm(statePath.pid, { force: true })
}
