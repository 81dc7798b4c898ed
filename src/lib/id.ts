import { v7, validate } from 'uuid'

/** A UUIDv7 that sorts by `now` (milliseconds UTC). Ids are no secrets: knowing one permits nothing. */
export const newId = (now: number): string => v7({ msecs: now })

export const isId = (text: string): boolean => validate(text)
