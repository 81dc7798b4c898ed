import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  beginning,
  etagOf,
  initials,
  isKnown,
  partsOf,
  placeOf,
  seenBy,
  shownWords,
  tagOf,
  threadPage,
  versionIn,
  type Part,
} from '../../src/features/messages/rules.ts'

const textOf = (parts: readonly Part[]): string =>
  parts.map((part) => ('lineBreak' in part ? '\n' : part.text)).join('')
const hrefs = (body: string): string[] =>
  partsOf(body).flatMap((part) => ('href' in part ? [part.href] : []))

/** Text in which addresses, and what looks like one, are likely. */
const bodies = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.webUrl({ withFragments: true, withQueryParameters: true }),
      fc.constantFrom(
        'http://',
        'https://',
        'HTTPS://A.example',
        'javascript:alert(1)',
        'data:text/html,x',
        'vbscript:x',
        'https://javascript:alert(1)',
        '"',
        "'",
        '<',
        '>',
        '&',
        '`',
        '\n',
        '\r',
        ' ',
        '(',
        ')',
        '[',
        ']',
        '.',
        ',',
        '\u202e',
        'שלום',
        'مرحبا',
        'https://شركة.example/ا',
        '\\',
        '@',
        '//evil.example',
        'http:evil.example',
        'java\nscript:x',
        '\t',
        '\u0000',
        '😀',
      ),
    ),
    { maxLength: 30 },
  )
  .map((pieces) => pieces.join(''))

describe('the parts of a message', () => {
  it('are all of it, in its order', () => {
    fc.assert(
      fc.property(bodies, (body) => textOf(partsOf(body)) === body),
      { numRuns: 2000 },
    )
  })

  it('lead to http and https alone, without quotes or brackets in the address', () => {
    fc.assert(
      fc.property(bodies, (body) =>
        hrefs(body).every(
          (href) => /^https?:$/.test(new URL(href).protocol) && !/["'<>`\s]/.test(href),
        ),
      ),
      { numRuns: 2000 },
    )
  })

  it('show the very address that they lead to', () => {
    fc.assert(
      fc.property(bodies, (body) =>
        partsOf(body).every((part) => !('href' in part) || new URL(part.text).href === part.href),
      ),
    )
  })

  it.each([
    ['See https://a.example/x.', ['https://a.example/x']],
    ['(https://a.example/x)', ['https://a.example/x']],
    ['https://en.wiki.example/Foo_(bar)', ['https://en.wiki.example/Foo_(bar)']],
    ['(see https://en.wiki.example/Foo_(bar))', ['https://en.wiki.example/Foo_(bar)']],
    ['https://a.example/?q=1&r=2#top, and', ['https://a.example/?q=1&r=2#top']],
    ['https://a.example and http://b.example', ['https://a.example/', 'http://b.example/']],
    ['javascript:alert(1)', []],
    ['JaVaScRiPt:https', []],
    ['data:text/html,<script>alert(1)</script>', []],
    ['xhttps://a.example', []],
    ['https://', []],
    ['https://...', []],
    ['https://a.example"onmouseover="x', ['https://a.example/']],
    ['https://a.example/<script>', ['https://a.example/']],
  ])('%s', (body, expected) => {
    expect(hrefs(body)).toEqual(expected)
  })

  it('of the longest message are found in no time', () => {
    for (const piece of ['http://', 'https://a', 'https://.', 'https://(', 'https://a)', '(((']) {
      const body = piece.repeat(Math.floor(10_000 / piece.length))
      const began = performance.now()
      partsOf(body)
      expect(performance.now() - began, piece).toBeLessThan(200)
    }
  })
})

describe('the words that are kept', () => {
  it('are the same when they are kept again, and hold nothing invisible', () => {
    fc.assert(
      fc.property(bodies, (body) => {
        const kept = shownWords(body)
        return shownWords(kept) === kept && !/[\u202a-\u202e\u2066-\u2069\0\r]/.test(kept)
      }),
    )
  })

  it('keep what right-to-left text needs', () => {
    expect(shownWords('\u200fשלום\u200e \u202eabc\u202c')).toBe('\u200fשלום\u200e abc')
  })
})

describe('the beginning of a long text', () => {
  it('is a beginning of it, never longer, and cuts no character in two', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.integer({ min: 1, max: 40 }),
        (text, most) => {
          const short = beginning(text, most)
          if (short === text) return [...text].length <= most
          return (
            short.endsWith('…') &&
            text.startsWith(short.slice(0, -1)) &&
            [...short].length <= most + 1 &&
            short.isWellFormed()
          )
        },
      ),
    )
  })
})

describe('who has seen a message', () => {
  const reading = (
    name: string,
    seq: number,
    at: number,
    kind: 'member' | 'contact' = 'member',
  ) => ({
    kind,
    id: name,
    name,
    seq,
    at,
  })
  it('is everybody who read so far, the first to look first, and never its author', () => {
    const message = { authorKind: 'contact', authorId: 'Jane', seq: 5 } as const
    const readings = [
      reading('Maya', 7, 30),
      reading('Tom', 5, 20),
      reading('Late', 4, 10),
      reading('Jane', 9, 1, 'contact'),
      // Of the team, by chance with the same id.
      reading('Jane', 6, 40),
    ]
    expect(seenBy(message, readings).map(({ name }) => name)).toEqual(['Tom', 'Maya', 'Jane'])
  })
})

describe('a page of a thread', () => {
  const rows = (from: number, to: number) =>
    Array.from({ length: Math.abs(to - from) + 1 }, (_, n) => ({
      id: String(from < to ? from + n : from - n),
    }))
  const ids = (page: { items: { id: string }[] }) => page.items.map(({ id }) => Number(id))

  it('at the newest leads back, if there is more', () => {
    const page = threadPage(rows(9, 6), { limit: 3 })
    expect(ids(page)).toEqual([9, 8, 7])
    expect(page).toMatchObject({ earlier: '7', newer: null })
    expect(threadPage(rows(2, 1), { limit: 3 })).toMatchObject({ earlier: null, newer: null })
  })
  it('before a message leads both ways', () => {
    expect(threadPage(rows(6, 3), { limit: 3, cursor: '7' })).toMatchObject({
      earlier: '4',
      newer: '6',
    })
    expect(threadPage([], { limit: 3, cursor: '1' })).toMatchObject({ earlier: null, newer: null })
  })
  it('after a message is turned round, and ends at the newest', () => {
    const page = threadPage(rows(4, 7), { limit: 3, after: '3' })
    expect(ids(page)).toEqual([6, 5, 4])
    expect(page).toMatchObject({ earlier: '4', newer: '6' })
    expect(threadPage(rows(7, 8), { limit: 3, after: '6' })).toMatchObject({ newer: null })
  })
})

describe('the place that an address asks for', () => {
  const id = '01a20d08-07eb-70c0-bdde-7c4fd161b03f'
  it('is the newest, or beside a message', () => {
    expect(placeOf({}, 20)).toEqual({ limit: 20, cursor: undefined, after: undefined })
    expect(placeOf({ cursor: id, limit: '5' }, 20)).toMatchObject({ limit: 5, cursor: id })
    expect(placeOf({ after: id }, 20)).toMatchObject({ after: id })
  })
  it.each([
    { limit: '0' },
    { limit: '101' },
    { limit: '1.5' },
    { limit: '' },
    { limit: '-1' },
    { cursor: 'x' },
    { cursor: '' },
    { cursor: id.toUpperCase() },
    { cursor: id, after: id },
  ])('is none: %o', (query: Record<string, string>) => {
    expect(placeOf(query, 20)).toBeUndefined()
  })
})

describe('the version of a thread', () => {
  it('comes back from its tag', () => {
    for (const version of [0, 7, 999_999_999_999]) {
      expect(versionIn(tagOf(version))).toBe(version)
      expect(versionIn(String(version))).toBe(version)
    }
    for (const text of ['', '-1', '1-', '1-2-3', 'x', '1e9', '9'.repeat(13)])
      expect(versionIn(text)).toBeUndefined()
    expect(versionIn(undefined)).toBeUndefined()
  })
  it('is known by one tag of a list, weak or strong, or by a star', () => {
    expect(isKnown(etagOf(7), 7)).toBe(true)
    expect(isKnown(`"a", W/${etagOf(7)}`, 7)).toBe(true)
    expect(isKnown('*', 7)).toBe(true)
    for (const known of ['', '7', '"7"', '1-7', etagOf(8), etagOf(77)])
      expect(isKnown(known, 7), known).toBe(false)
  })
})

it('has initials of any name', () => {
  expect(['Maya Ortiz', 'Bo', '  ', 'Ana María del Sol', '😀 x', 'ßa'].map(initials)).toEqual([
    'MO',
    'B',
    '',
    'AS',
    '😀X',
    'SS',
  ])
})
