import { v7 } from 'uuid'

/** A UUIDv7 that sorts by `now` (milliseconds UTC). Ids are no secrets: knowing one permits nothing. */
export const newId = (now: number): string => v7({ msecs: now })

/** Version 7 in lower case alone: another one would sort at the wrong end of every list. */
export const isId = (text: string): boolean =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(text)
