import type { Part } from '../features/activity/words.ts'

/** A sentence's parts; each name keeps its direction of writing to itself. */
export const Parts = ({ of }: { of: readonly Part[] }) => (
  <>{of.map((part) => (typeof part === 'string' ? part : <bdi>{part.name}</bdi>))}</>
)
