import { describe, expect, it } from 'vitest'
import { helpFor, isToken, linkState, mayOpen, tokenText } from '../../src/features/links/rules.ts'

const now = 1_000_000
const open = { pausedAt: null, expiresAt: null }

describe('linkState', () => {
  it.each([
    ['live without an end', open, 'live'],
    ['live until the last instant', { ...open, expiresAt: now + 1 }, 'live'],
    ['expired from that instant on', { ...open, expiresAt: now }, 'expired'],
    ['paused', { ...open, pausedAt: 5 }, 'paused'],
    ['expired even while paused', { pausedAt: 5, expiresAt: now - 1 }, 'expired'],
  ] as const)('is %s', (_, link, state) => {
    expect(linkState(link, now)).toBe(state)
  })
})

describe('helpFor', () => {
  it.each([
    ['a replaced link mails its contact', { ...open, replaced: true }, 'mail-contact'],
    ['an expired one asks the team', { ...open, expiresAt: 1, replaced: false }, 'ask-team'],
    ['a replaced one that expired too', { ...open, expiresAt: 1, replaced: true }, 'ask-team'],
    ['a paused one stays silent', { ...open, pausedAt: 1, replaced: false }, 'nobody'],
    ['a replaced one that is paused', { ...open, pausedAt: 1, replaced: true }, 'nobody'],
    ['a live one needs no help', { ...open, replaced: false }, 'nobody'],
  ] as const)('%s', (_, link, help) => {
    expect(helpFor(link, now)).toBe(help)
  })
})

it('knows a token by its form alone', () => {
  expect(isToken('a'.repeat(64))).toBe(true)
  for (const wrong of ['', 'a'.repeat(63), 'a'.repeat(65), 'A'.repeat(64), `${'a'.repeat(63)}g`]) {
    expect(isToken(wrong)).toBe(false)
  }
  expect(isToken(`${'a'.repeat(64)}\n`)).toBe(false)
})

it('derives each version of each link under each key from another text', () => {
  const texts = ['k1', 'k2'].flatMap((key) =>
    ['x', 'y'].flatMap((id) => [1, 2].map((version) => tokenText({ id, key, version }))),
  )
  expect(new Set(texts).size).toBe(texts.length)
})

it('opens billing links to invoices alone', () => {
  const sections = ['milestones', 'messages', 'files', 'invoices'] as const
  expect(sections.filter((section) => mayOpen('billing', section))).toEqual(['invoices'])
  expect(sections.filter((section) => mayOpen('all', section))).toEqual(sections)
})
