import type { ApprovalState } from '../../db/schema/milestones.ts'

/** A plan that people can still read. */
export const MOST_MILESTONES = 100

interface Weighed {
  progress: number
  weight: number
}

/** By weight, rounded down, so that 100 means that all of it is done. The SQL in plan.ts says the same. */
export function overallProgress(plan: readonly Weighed[]): number {
  const weight = plan.reduce((sum, each) => sum + each.weight, 0)
  if (weight === 0) return 0
  return Math.floor(plan.reduce((sum, each) => sum + each.progress * each.weight, 0) / weight)
}

/** The first that isn't done. */
export const nextOf = <T extends { progress: number }>(plan: readonly T[]): T | undefined =>
  plan.find(({ progress }) => progress < 100)

/** What the plan's dot shows. */
export type Stage = 'done' | 'live' | 'ahead'

/** The first one that isn't done is the one under way. */
export function stagesOf(plan: readonly { progress: number }[]): Stage[] {
  const next = plan.findIndex(({ progress }) => progress < 100)
  return plan.map(({ progress }, index) => {
    if (progress === 100) return 'done'
    return index === next ? 'live' : 'ahead'
  })
}

export const isLate = (
  milestone: { dueOn: string | null; progress: number },
  today: string,
): boolean => milestone.dueOn !== null && milestone.progress < 100 && milestone.dueOn < today

/** The team may ask again after changes were asked for, and not while an answer is there or awaited. */
export const mayRequestApproval = (approval: ApprovalState | null): boolean =>
  approval === null || approval === 'changes'

/** The order after one was moved to a place (from 0); a place past the end is the end. */
export function moved(ids: readonly string[], id: string, position: number): string[] {
  const others = ids.filter((each) => each !== id)
  return [...others.slice(0, position), id, ...others.slice(position)]
}
