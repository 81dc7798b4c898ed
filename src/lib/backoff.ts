const MINUTE = 60_000

/** 1, 2, 4 ... at most 30 minutes until the next try; `attempts` counts those already made. */
export const backoff = (attempts: number): number =>
  Math.min(30, 2 ** Math.max(0, Math.min(attempts, 6) - 1)) * MINUTE
