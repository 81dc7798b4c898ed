import type { Part } from '../features/activity/words.ts'

/** An invoice's or a credit note's: never broken at its hyphens. */
const isNumber = (name: string) => /^[A-Z]+(-\d+)+$/.test(name)

/** A sentence's parts; each name keeps its direction of writing to itself. */
export const Parts = ({ of }: { of: readonly Part[] }) => (
  <>
    {of.map((part) =>
      typeof part === 'string' ? (
        part
      ) : (
        <bdi class={isNumber(part.name) ? 'nb' : undefined}>{part.name}</bdi>
      ),
    )}
  </>
)
