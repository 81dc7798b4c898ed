import { v7 } from 'uuid'

/** Where the ids of one millisecond stand among themselves: from a random place on, in order. */
const place = { msecs: -1, seq: 0 }

const start = (): number => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0

/**
 * A UUIDv7 that sorts by `now` (milliseconds UTC), and among those made here for the same instant by
 * when it was made: what one batch records stays in its order. Ids are no secrets: knowing one
 * permits nothing.
 */
export function newId(now: number): string {
  // Half the range is left to count in.
  if (now === place.msecs) place.seq += 1
  else Object.assign(place, { msecs: now, seq: start() >>> 1 })
  return v7({ msecs: now, seq: place.seq })
}

/** Version 7 in lower case alone: another one would sort at the wrong end of every list. */
export const isId = (text: string): boolean =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(text)
