import type { FileSource, UploadState } from '../../db/schema/files.ts'

/** How long (ms) a writer holds an upload without a sign of life. */
export const LEASE = 10_000

/** How often (ms) it gives one. */
export const RENEWED = 4000

/** How long (ms) the one who received the last byte has before the job looks after the rest. */
export const FINISHES = 60_000

/** Of every part but the last; `offset` counts whole parts and what is behind them. */
export const behindParts = (offset: number, part: number): number => offset % part

export interface Attempted {
  state: UploadState
  offset: number
  size: number
  expiresAt: number
  lockedUntil: number | null
  source: FileSource
  archived: boolean
}

/** Why an upload that is there can't be written to at this offset. */
export type Hindrance = 'over' | 'archived' | 'offset' | 'locked' | 'finished'

export function hindranceOf(upload: Attempted, offset: number, now: number): Hindrance | undefined {
  if (upload.state === 'aborted') return 'over'
  if (upload.state !== 'receiving') return offset === upload.size ? 'finished' : 'offset'
  if (upload.expiresAt <= now) return 'over'
  if (upload.archived) return 'archived'
  if (upload.offset !== offset) return 'offset'
  return upload.lockedUntil !== null && upload.lockedUntil > now ? 'locked' : undefined
}
