import { describe, expect, it } from 'vitest'
import { isIdempotencyKey } from '../../src/features/idempotency/rules.ts'
import { isKey, keyState, noteworthy } from '../../src/features/keys/rules.ts'
import { grantable, mayGrant } from '../../src/features/organizations/rules.ts'
import { Recent } from '../../src/lib/recent.ts'

const now = 1_000_000
const open = { revokedAt: null, expiresAt: null }

describe('keyState', () => {
  it.each([
    ['live without an end', open, 'live'],
    ['live until the last instant', { ...open, expiresAt: now + 1 }, 'live'],
    ['expired from that instant on', { ...open, expiresAt: now }, 'expired'],
    ['revoked', { ...open, revokedAt: now }, 'revoked'],
    ['revoked before anything else', { revokedAt: 1, expiresAt: 2 }, 'revoked'],
  ] as const)('is %s', (_, key, state) => {
    expect(keyState(key, now)).toBe(state)
  })
})

it('knows a key by its form alone', () => {
  expect(isKey(`ap_${'a-_9'.repeat(10)}`)).toBe(true)
  for (const wrong of ['', 'ap_', `ap_${'x'.repeat(19)}`, `ap_${'x'.repeat(101)}`, 'x'.repeat(43)])
    expect(isKey(wrong)).toBe(false)
  expect(isKey(`ap_${'x'.repeat(43)}\n`)).toBe(false)
})

it('writes the use of a busy key down once a minute', () => {
  expect(noteworthy({ lastUsedAt: null }, now)).toBe(true)
  expect(noteworthy({ lastUsedAt: now - 59_999 }, now)).toBe(false)
  expect(noteworthy({ lastUsedAt: now - 60_000 }, now)).toBe(true)
})

it('gives and takes roles up to one’s own', () => {
  expect(grantable({ role: 'owner' })).toEqual(['owner', 'admin', 'member'])
  expect(grantable({ role: 'admin' })).toEqual(['admin', 'member'])
  expect(grantable({ role: 'member' })).toEqual([])
  expect(grantable({})).toEqual([])
  expect(mayGrant({ role: 'admin' }, 'owner')).toBe(false)
  expect(mayGrant({ role: 'admin' }, 'admin')).toBe(true)
})

it('takes 1 to 255 visible ASCII characters for an Idempotency-Key', () => {
  for (const fine of ['a', '"8e03978e"', '!', '~', 'x'.repeat(255)])
    expect(isIdempotencyKey(fine)).toBe(true)
  for (const wrong of ['', ' ', 'a b', 'a\n', 'é', '\u007f', 'x'.repeat(256)])
    expect(isIdempotencyKey(wrong)).toBe(false)
})

describe('what an isolate remembers', () => {
  it('holds until its instant', () => {
    const recent = new Recent()
    recent.keep('a', now)
    expect(recent.has('a', now - 1)).toBe(true)
    expect(recent.has('a', now)).toBe(false)
    expect(recent.has('b', 0)).toBe(false)
  })

  it('is the latest thousand', () => {
    const recent = new Recent()
    for (let n = 0; n < 1000; n++) recent.keep(String(n), now)
    recent.keep('0', now)
    recent.keep('new', now)
    expect(['0', '1', '2', 'new'].map((key) => recent.has(key, 0))).toEqual([
      true,
      false,
      true,
      true,
    ])
  })
})
