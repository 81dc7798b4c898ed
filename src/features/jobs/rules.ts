/** How long (ms) one runner may hold a job before another takes it over: a crash delays it by this. */
export const LEASE = 5 * 60_000
