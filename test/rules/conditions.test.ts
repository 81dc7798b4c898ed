import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rangeIn, verdict, type Stored, type Verdict } from '../../src/lib/conditions.ts'

const stored: Stored = { size: 10, etag: '"abc"', at: Date.parse('2026-11-24T09:00:00.500Z') }
const day = 'Tue, 24 Nov 2026 09:00:00 GMT'
const before = 'Tue, 24 Nov 2026 08:59:59 GMT'
const after = 'Tue, 24 Nov 2026 09:00:01 GMT'

describe('one range', () => {
  it.each([
    ['bytes=0-', { offset: 0, length: 10 }],
    ['bytes=0-0', { offset: 0, length: 1 }],
    ['bytes=9-9', { offset: 9, length: 1 }],
    ['bytes=3-5', { offset: 3, length: 3 }],
    ['bytes=3-99', { offset: 3, length: 7 }],
    ['BYTES= 3-5 ', { offset: 3, length: 3 }],
    ['bytes=-1', { offset: 9, length: 1 }],
    ['bytes=-10', { offset: 0, length: 10 }],
    ['bytes=-99', { offset: 0, length: 10 }],
    [`bytes=0-${'9'.repeat(400)}`, { offset: 0, length: 10 }],
    ['bytes=10-', 'beyond'],
    ['bytes=10-12', 'beyond'],
    [`bytes=${'9'.repeat(400)}-`, 'beyond'],
    ['bytes=-0', 'beyond'],
    // None, or several: everything is sent.
    ['bytes=5-3', undefined],
    ['bytes=-', undefined],
    ['bytes=0-1,3-4', undefined],
    ['bytes=-1,-2', undefined],
    ['lines=0-1', undefined],
    ['bytes=a-b', undefined],
    ['bytes=0x1-2', undefined],
    ['bytes=1.5-2', undefined],
    ['', undefined],
  ] as const)('%s', (header, expected) => {
    expect(rangeIn(header, 10)).toEqual(expected)
  })

  it('of an empty file lies beyond it', () => {
    expect(rangeIn('bytes=0-', 0)).toBe('beyond')
    expect(rangeIn('bytes=-5', 0)).toBe('beyond')
  })

  it('never leaves the file, and never is empty', () => {
    const number = fc.oneof(fc.nat(30), fc.constant(''))
    fc.assert(
      fc.property(number, number, fc.nat(20), (first, last, size) => {
        const span = rangeIn(`bytes=${first}-${last}`, size)
        if (span === undefined || span === 'beyond') return
        expect(span.offset).toBeGreaterThanOrEqual(0)
        expect(span.length).toBeGreaterThan(0)
        expect(span.offset + span.length).toBeLessThanOrEqual(size)
      }),
    )
  })
})

const part: Verdict = { kind: 'part', span: { offset: 2, length: 3 } }

describe('conditions', () => {
  it.each<[string, Record<string, string>, Verdict['kind'] | Verdict]>([
    ['none', {}, 'whole'],
    ['the same tag', { 'if-none-match': '"abc"' }, 'same'],
    ['the same tag, weakly', { 'if-none-match': 'W/"abc"' }, 'same'],
    ['one of several tags', { 'if-none-match': '"x", W/"y" , "abc"' }, 'same'],
    ['any tag', { 'if-none-match': '*' }, 'same'],
    ['another tag', { 'if-none-match': '"abcd"' }, 'whole'],
    ['a tag without quotes', { 'if-none-match': 'abc' }, 'whole'],
    ['not modified since', { 'if-modified-since': day }, 'same'],
    ['modified since', { 'if-modified-since': before }, 'whole'],
    ['a date that is none', { 'if-modified-since': 'yesterday' }, 'whole'],
    ['a tag beats a date', { 'if-none-match': '"x"', 'if-modified-since': after }, 'whole'],
    ['meant by tag', { 'if-match': '"abc"' }, 'whole'],
    ['meant by a weak tag', { 'if-match': 'W/"abc"' }, 'others'],
    ['meant by another tag', { 'if-match': '"x"' }, 'others'],
    ['meant by date', { 'if-unmodified-since': day }, 'whole'],
    ['meant by an older date', { 'if-unmodified-since': before }, 'others'],
    ['a tag beats that date too', { 'if-match': '"abc"', 'if-unmodified-since': before }, 'whole'],
    ['a range', { range: 'bytes=2-4' }, part],
    ['a range, if the tag is the same', { range: 'bytes=2-4', 'if-range': '"abc"' }, part],
    ['all, if the tag is old', { range: 'bytes=2-4', 'if-range': '"old"' }, 'whole'],
    ['all, if the tag is weak', { range: 'bytes=2-4', 'if-range': 'W/"abc"' }, 'whole'],
    ['a range, if the date is the same', { range: 'bytes=2-4', 'if-range': day }, part],
    ['all, if the date is another', { range: 'bytes=2-4', 'if-range': after }, 'whole'],
    ['beyond the end', { range: 'bytes=10-' }, 'beyond'],
    ['all, if the tag is old, even beyond', { range: 'bytes=10-', 'if-range': '"old"' }, 'whole'],
    ['a condition before a range', { range: 'bytes=10-', 'if-none-match': '"abc"' }, 'same'],
  ])('%s', (_, headers, expected) => {
    const found = verdict(new Headers(headers), 'GET', stored)
    expect(typeof expected === 'string' ? found.kind : found).toEqual(expected)
  })

  it('gives a HEAD no range', () => {
    expect(verdict(new Headers({ range: 'bytes=2-4' }), 'HEAD', stored)).toEqual({ kind: 'whole' })
  })
})
