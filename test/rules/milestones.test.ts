import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  isLate,
  mayRequestApproval,
  moved,
  nextOf,
  overallProgress,
  stagesOf,
} from '../../src/features/milestones/rules.ts'

const milestone = fc.record({
  progress: fc.integer({ min: 0, max: 100 }),
  weight: fc.integer({ min: 1, max: 100 }),
})
const plan = fc.array(milestone, { minLength: 1, maxLength: 100 })

describe('overall progress', () => {
  it('is a whole number between the least and the most', () => {
    fc.assert(
      fc.property(plan, (all) => {
        const progress = overallProgress(all)
        const each = all.map((one) => one.progress)
        expect(Number.isInteger(progress)).toBe(true)
        expect(progress).toBeGreaterThanOrEqual(Math.min(...each))
        expect(progress).toBeLessThanOrEqual(Math.max(...each))
      }),
    )
  })

  it('is 100 when all of it is done, and never before', () => {
    fc.assert(
      fc.property(plan, (all) => {
        expect(overallProgress(all) === 100).toBe(all.every(({ progress }) => progress === 100))
      }),
    )
    const done = Array.from({ length: 99 }, () => ({ progress: 100, weight: 100 }))
    const almost = [{ progress: 99, weight: 1 }, ...done]
    expect(overallProgress(almost)).toBe(99)
  })

  it('never falls when one is moved on, and counts by weight alone', () => {
    fc.assert(
      fc.property(plan, fc.nat(), fc.integer({ min: 0, max: 100 }), (all, which, further) => {
        const index = which % all.length
        const later = all.map((one, at) =>
          at === index ? { ...one, progress: Math.max(one.progress, further) } : one,
        )
        expect(overallProgress(later)).toBeGreaterThanOrEqual(overallProgress(all))
        const doubled = all.map(({ progress, weight }) => ({ progress, weight: weight * 2 }))
        expect(overallProgress(doubled)).toBe(overallProgress(all))
      }),
    )
  })

  it('is 0 of nothing', () => {
    expect(overallProgress([])).toBe(0)
    const worked = [
      { progress: 100, weight: 2 },
      { progress: 100, weight: 3 },
      { progress: 55, weight: 3 },
      { progress: 15, weight: 1 },
      { progress: 0, weight: 1 },
    ]
    expect(overallProgress(worked)).toBe(68)
  })
})

describe('the order', () => {
  const ids = fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 100 })

  it('loses and doubles nobody, and leaves the others in theirs', () => {
    fc.assert(
      fc.property(ids, fc.nat(), fc.nat(150), (all, which, position) => {
        const id = all[which % all.length] ?? ''
        const order = moved(all, id, position)
        expect(order.toSorted()).toEqual(all.toSorted())
        expect(order.filter((each) => each !== id)).toEqual(all.filter((each) => each !== id))
        expect(order.indexOf(id)).toBe(Math.min(position, all.length - 1))
      }),
    )
  })

  it('stays as it is when one is put where it stands', () => {
    fc.assert(
      fc.property(ids, fc.nat(), (all, which) => {
        const position = which % all.length
        expect(moved(all, all[position] ?? '', position)).toEqual(all)
      }),
    )
  })
})

it('has one milestone under way: the first that is not done, which is the next one', () => {
  fc.assert(
    fc.property(plan, (all) => {
      const stages = stagesOf(all)
      const next = nextOf(all)
      expect(stages.filter((stage) => stage === 'live')).toHaveLength(next ? 1 : 0)
      expect(all[stages.indexOf('live')]).toBe(next)
      expect(stages.every((stage, at) => (stage === 'done') === (all[at]?.progress === 100))).toBe(
        true,
      )
    }),
  )
})

it('calls late what its day is over for, in the organisation’s own calendar', () => {
  const due = { dueOn: '2026-12-04', progress: 99 }
  expect(isLate(due, '2026-12-04')).toBe(false)
  expect(isLate(due, '2026-12-05')).toBe(true)
  expect(isLate({ ...due, progress: 100 }, '2027-01-01')).toBe(false)
  expect(isLate({ ...due, dueOn: null }, '2027-01-01')).toBe(false)
})

it('asks again after changes were asked for, and not while an answer is there or awaited', () => {
  const states = [null, 'requested', 'approved', 'changes'] as const
  expect(states.filter((state) => mayRequestApproval(state))).toEqual([null, 'changes'])
})
