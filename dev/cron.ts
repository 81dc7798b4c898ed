import { Cron } from 'croner'

export interface CronRun {
  cron: string
  outcome: string
}

/** One scheduled event, by the address that `wrangler dev` keeps for it. Returns when its work is done. */
async function runOne(appUrl: string, cron: string, now: Date): Promise<CronRun> {
  const query = new URLSearchParams({ cron, time: String(now.getTime()) })
  const response = await fetch(`${appUrl}/cdn-cgi/local/scheduled?${query}`)
  return { cron, outcome: await response.text() }
}

export async function runEvery(appUrl: string, crons: string[], now: Date): Promise<CronRun[]> {
  const runs: CronRun[] = []
  for (const cron of crons) runs.push(await runOne(appUrl, cron, now))
  return runs
}

type Report = (problem: string) => void

export async function runAll(
  appUrl: string,
  crons: string[],
  now: Date,
  report: Report,
): Promise<void> {
  try {
    for (const { cron, outcome } of await runEvery(appUrl, crons, now)) {
      if (outcome !== 'ok') report(`The cron "${cron}" ended with: ${outcome}`)
    }
  } catch (error) {
    report(`The crons ${crons.join(', ')} did not reach the app: ${String(error)}`)
  }
}

/** `wrangler dev` fires no cron by itself. Cloudflare reads them in UTC and counts weekdays from 1. */
export function startTicks(appUrl: string, crons: string[], report: Report): () => void {
  const options = { timezone: 'UTC', protect: true, alternativeWeekdays: true }
  const jobs = crons.map(
    (cron) =>
      new Cron(cron, options, (job: Cron) =>
        runAll(appUrl, [cron], job.currentRun() ?? new Date(), report),
      ),
  )
  return () => {
    for (const job of jobs) job.stop()
  }
}
