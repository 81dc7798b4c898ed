import { describe, expect, it } from 'vitest'
import { Pace } from '../../src/browser/uploads/pace.ts'
import { leftWords, nameWords, shareWords, sizeWords } from '../../src/browser/uploads/words.ts'
import { sizeWords as serverSizeWords } from '../../src/lib/size.ts'

const MB = 1024 ** 2

describe('the words of an upload', () => {
  it('write sizes as the server does', () => {
    for (const size of [0, 1, 2, 1023, 1024, 9.9 * MB, 10 * MB, 1023.6 * MB, 4.8 * 1024 * MB])
      expect(sizeWords(size)).toBe(serverSizeWords(size))
  })

  it('count in the unit of the whole, and never all before it is there', () => {
    expect(shareWords(412 * MB, 900 * MB)).toBe('412 of 900 MB')
    expect(shareWords(10, 900 * MB)).toBe('0 of 900 MB')
    expect(shareWords(1.25 * 1024 * MB, 4.8 * 1024 * MB)).toBe('1.2 of 4.8 GB')
    expect(shareWords(4 * MB - 1, 4 * MB)).toBe('3.9 of 4 MB')
    expect(shareWords(4 * MB, 4 * MB)).toBe('4 of 4 MB')
  })

  it('are as rough as what they say is uncertain', () => {
    expect([3, 12, 49, 58, 100, 3000, 90 * 60].map(leftWords)).toEqual([
      'a few seconds left',
      '20 s left',
      '50 s left',
      '1 min left',
      '2 min left',
      '50 min left',
      '2 h left',
    ])
  })

  it('show a name that turns itself round as it is', () => {
    expect(nameWords('photo\u202egnp.exe')).toBe('photo\ufffdgnp.exe')
    expect(nameWords('Größe 👩‍👩‍👧.pdf')).toBe('Größe 👩‍👩‍👧.pdf')
  })
})

describe('the pace of an upload', () => {
  it('says nothing before it can tell', () => {
    const pace = new Pace()
    pace.begin(0, 0)
    expect(pace.secondsFor(MB)).toBeUndefined()
    pace.note(1000, 500)
    expect(pace.secondsFor(MB)).toBeUndefined()
    pace.note(2000, 1000)
    expect(pace.secondsFor(2000)).toBeCloseTo(1)
  })

  it('forgets pauses, and does not jump at one slow moment', () => {
    const pace = new Pace()
    pace.begin(0, 0)
    for (let at = 1; at <= 20; at++) pace.note(at * 1000, at * 1000)
    pace.begin(20_000, 600_000)
    pace.note(21_000, 601_000)
    expect(pace.secondsFor(10_000)).toBeCloseTo(10)
    pace.note(21_100, 602_000)
    expect(pace.secondsFor(10_000)).toBeLessThan(13)
  })
})
