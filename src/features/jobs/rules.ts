/** How long (ms) one runner may hold a job before another takes it over: a crash delays it by this. */
export const LEASE = 5 * 60_000

/** From this many attempts on a job counts as stuck and is shown to the team. */
export const STUCK_AFTER = 5
