import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deviceName } from '../../src/features/account/rules.ts'
import {
  ADDRESS_LIMITS,
  tokenParts,
  tokenText,
  waitFor,
} from '../../src/features/invitations/rules.ts'
import {
  allPermissions,
  authorise,
  grantable,
  mayGrant,
  permits,
} from '../../src/features/organizations/rules.ts'

const roles = ['owner', 'admin', 'member'] as const

describe('who may make somebody what', () => {
  it.each([
    ['owner', ['owner', 'admin', 'member']],
    ['admin', ['admin', 'member']],
    ['member', []],
  ] as const)('%s: %j', (role, may) => {
    expect(roles.filter((other) => mayGrant({ role }, other))).toEqual(may)
    expect(grantable({ role })).toEqual(may)
  })

  it('is nobody without a role', () => {
    expect(roles.filter((other) => mayGrant({}, other))).toEqual([])
  })

  it('never lets anybody give more than they may do themselves', () => {
    for (const role of roles) {
      for (const given of grantable({ role })) {
        const may = (one: (typeof roles)[number]) =>
          allPermissions.filter((permission) => permits(one, permission))
        expect(may(role)).toEqual(expect.arrayContaining(may(given)))
      }
    }
  })

  it('is the same table for a person, a key, and the page that shows it', () => {
    for (const role of roles) {
      for (const permission of allPermissions) {
        const told = permits(role, permission)
        expect(authorise({ kind: 'member', role }, permission)).toBe(told)
        expect(authorise({ kind: 'apiKey', role }, permission)).toBe(told)
        expect(authorise({ kind: 'person', role }, permission)).toBe(false)
      }
    }
  })
})

describe('waitFor', () => {
  const MINUTE = 60_000
  const DAY = 1440 * MINUTE
  const now = 10 * DAY

  it.each([
    ['nothing was sent', [], 0],
    ['the last one is ten minutes old', [now - 10 * MINUTE], 0],
    ['the last one is younger', [now - 4 * MINUTE], 6 * MINUTE],
    ['five today', [1, 2, 3, 4, 5].map((n) => now - n * 60 * MINUTE), DAY - 300 * MINUTE],
    ['four today', [1, 2, 3, 4].map((n) => now - n * 60 * MINUTE), 0],
    ['the fifth is of yesterday', [1, 2, 3, 4, 24].map((n) => now - n * 60 * MINUTE), 0],
  ])('%s', (_, sentAt, wait) => {
    expect(waitFor(ADDRESS_LIMITS, sentAt, now)).toBe(wait)
  })

  it('lets one through after exactly as long as it says', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2 * DAY }), { maxLength: 8 }), (ages) => {
        const sentAt = ages.sort((a, b) => a - b).map((age) => now - age)
        const wait = waitFor(ADDRESS_LIMITS, sentAt, now)
        expect(waitFor(ADDRESS_LIMITS, sentAt, now + wait)).toBe(0)
        if (wait > 0) expect(waitFor(ADDRESS_LIMITS, sentAt, now + wait - 1)).toBe(1)
      }),
    )
  })
})

describe('an invitation’s token', () => {
  const id = '01a20383-51d4-730e-bdd6-3c30997306b0'
  const mac = 'a'.repeat(64)

  it('is known by its form alone', () => {
    expect(tokenParts(`${id}.${mac}`)).toEqual({ id, mac })
    for (const wrong of [
      '',
      id,
      `${id}.`,
      `${id}.${mac}a`,
      `${id}.${'A'.repeat(64)}`,
      `${id.toUpperCase()}.${mac}`,
      `${'f'.repeat(36)}.${mac}`,
      `${id}.${mac}\n`,
      ` ${id}.${mac}`,
    ]) {
      expect(tokenParts(wrong)).toBeUndefined()
    }
  })

  it('is derived from another text for each invitation and address', () => {
    const texts = ['x', 'y'].flatMap((id) =>
      ['a@b.example', 'c@d.example'].map((email) => tokenText({ id, email })),
    )
    expect(new Set(texts).size).toBe(texts.length)
  })
})

it.each([
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
    'Chrome on a Mac',
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0',
    'Edge on Windows',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
    'Safari on an iPhone',
  ],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0', 'Firefox on Linux'],
  [
    'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36',
    'Samsung Internet on Android',
  ],
  ['<script>alert(1)</script>', 'A browser'],
  ['', 'A browser'],
  [null, 'A browser'],
])('calls %s %s', (agent, name) => {
  expect(deviceName(agent)).toBe(name)
})
