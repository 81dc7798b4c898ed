export interface Milestone {
  title: string
  progress: number
  version: number
  approval: { state: string; by: string } | null
}

/** What became of one attempt to save. */
export type Outcome =
  | { kind: 'saved'; now: Milestone }
  /** Refused, for how it is by now; `by` moved it last. */
  | { kind: 'conflict'; now: Milestone; by: string | null; words: string }
  | { kind: 'signed-out' }
  | { kind: 'refused'; words: string }
  /** Nobody knows whether it arrived. To be tried again, not before `after` ms. */
  | { kind: 'failed'; after: number }

/** Longer than this (ms), no answer is waited for. */
const PATIENCE = 15_000

interface Problem {
  detail?: string
  current?: Milestone
  moved?: { by: string } | null
}

/**
 * Changes the milestone of a row. `version` is the one the change was made on: the server refuses it
 * once there is a newer one.
 */
export async function saveMilestone(
  row: HTMLElement,
  change: { version: number; progress?: number; position?: number; reopen?: boolean },
): Promise<Outcome> {
  const organization = row.closest<HTMLElement>('[data-plan]')?.dataset['plan'] ?? ''
  try {
    const answer = await fetch(row.dataset['url'] ?? '', {
      method: 'PATCH',
      headers: { 'content-type': 'application/json', 'x-organization': organization },
      body: JSON.stringify(change),
      // A page that is left takes the save along.
      keepalive: true,
      signal: AbortSignal.timeout(PATIENCE),
    })
    if (answer.ok) return { kind: 'saved', now: await answer.json() }
    if (answer.status === 401) return { kind: 'signed-out' }
    if (answer.status === 429) return { kind: 'failed', after: secondsIn(answer) * 1000 }
    if (answer.status >= 500) return { kind: 'failed', after: 0 }
    const { detail: words = 'It was not saved.', current, moved }: Problem = await answer.json()
    return current
      ? { kind: 'conflict', now: current, by: moved?.by ?? null, words }
      : { kind: 'refused', words }
  } catch {
    return { kind: 'failed', after: 0 }
  }
}

const secondsIn = (answer: Response): number => Number(answer.headers.get('retry-after')) || 0

/** The version of a row, which its slider and its place in the order share. */
export const versionOf = (row: HTMLElement): number => Number(row.dataset['version'])

/** Keeps the version of the latest answer, for the row's forms too. */
export function keepVersion(row: HTMLElement, { version }: Milestone): void {
  if (version <= versionOf(row)) return
  row.dataset['version'] = String(version)
  for (const field of row.querySelectorAll<HTMLInputElement>('input[name=version]')) {
    field.value = String(version)
  }
}
