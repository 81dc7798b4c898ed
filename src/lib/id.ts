import { v7, validate, version } from 'uuid'

/** A UUIDv7 that sorts by `now` (milliseconds UTC). Ids are no secrets: knowing one permits nothing. */
export const newId = (now: number): string => v7({ msecs: now })

/** Version 7 in lower case alone: another one would sort at the wrong end of every list. */
export const isId = (text: string): boolean =>
  validate(text) && version(text) === 7 && text === text.toLowerCase()
