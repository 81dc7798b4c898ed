/** Who runs the product: the person whose address is the first owner's. */
export const isOperator = (email: string, settings: { firstOwner: string }): boolean =>
  email.toLowerCase() === settings.firstOwner

/** The cron runs what is due every minute: what has waited longer (ms) than this is late. */
export const LATE = 5 * 60_000

interface Waiting {
  nextAt: number
  heldUntil: number | null
}

export const isRunning = (job: Waiting, now: number): boolean =>
  job.heldUntil !== null && job.heldUntil > now

export const isLate = (job: Waiting, now: number): boolean => job.nextAt < now - LATE

/**
 * Since when (ms UTC) nothing has run what is due, as far as the jobs tell; undefined when all is
 * well. Nothing is written for it: a cron that runs leaves no job late.
 */
export function stillSince(jobs: readonly Waiting[], now: number): number | undefined {
  const late = jobs.filter((job) => isLate(job, now)).map(({ nextAt }) => nextAt)
  return late.length === 0 ? undefined : Math.min(...late)
}
