import { expect, it } from 'vitest'
import { isId, newId } from '../../src/lib/id.ts'

it('sorts ids by their instant, and by their making within one', () => {
  const now = Date.parse('2026-11-24T12:00:00Z')
  const ids = Array.from({ length: 5_000 }, () => newId(now))
  expect(ids.toSorted()).toEqual(ids)
  expect(new Set(ids).size).toBe(ids.length)
  for (const id of ids.slice(0, 10)) expect(isId(id)).toBe(true)
  const [earlier, later] = [newId(now - 1), newId(now + 1)]
  expect([later, ids[0], earlier].toSorted()).toEqual([earlier, ids[0], later])
})

it('begins anywhere, so that two places that make ids at once make different ones', () => {
  const beginnings = Array.from({ length: 200 }, (_, index) => newId(index).slice(13))
  expect(new Set(beginnings).size).toBe(200)
})
