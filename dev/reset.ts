import { rm } from 'node:fs/promises'
import { runningPid } from './pid.ts'
import { stateDir, statePath } from './state.ts'

const pid = await runningPid()
if (pid === null) {
  for (const path of [statePath.state, statePath.mail, statePath.stripe, statePath.demo]) {
    await rm(path, { recursive: true, force: true })
  }
  console.log(
    `Emptied ${stateDir}: the local database, files, mails, payments and demo. Its secrets are kept.`,
  )
} else {
  console.error(`The app is running on ${stateDir} (process ${pid}). Stop it first.`)
  process.exitCode = 1
}
