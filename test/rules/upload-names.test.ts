import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  folderComplaint,
  nameComplaint,
  tidyFolder,
  tidyName,
} from '../../src/features/files/names.ts'

const complaint = (name: string) => nameComplaint(tidyName(name))
const folder = (path: string) => folderComplaint(tidyFolder(path))

describe('a name', () => {
  it.each([
    'brief.pdf',
    'Größe (final) v2.PDF',
    '設計図.png',
    'тз.docx',
    '.gitignore',
    'a..b',
    '👩‍👩‍👧 family.jpg',
    'می‌خواهم.txt',
    'x'.repeat(255),
  ])('may be %s', (name) => expect(complaint(name)).toBeUndefined())

  it.each([
    '',
    ' ',
    '.',
    '..',
    'a.',
    'a/b',
    '../a',
    'a\\b',
    'a\0b',
    'a\nb',
    'a\u007fb',
    'gnp\u202eexe.png',
    'a\u200fb',
    'a\u2066b',
    'a\u200bb',
    'a\u200db',
    'a\u200cb',
    '\ufeffa',
    'a\u00adb',
    'a\u2028b',
    'a\u{e0041}b',
    'a\ud800b',
    'x'.repeat(256),
    'é'.repeat(128),
  ])('may not be %j', (name) => expect(complaint(name)).toBeTruthy())

  it('is one, however it was composed', () => {
    expect(tidyName(' e\u0301.pdf ')).toBe('é.pdf')
  })

  it('is, when it passes, short, visible, of one level, and stays as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (given) => {
        const name = tidyName(given)
        if (nameComplaint(name) !== undefined) return
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255)
        expect(name).not.toMatch(/[/\\\p{Cc}\u202a-\u202e\u2066-\u2069]/u)
        expect(name.isWellFormed()).toBe(true)
        expect(tidyName(name)).toBe(name)
        expect(['', '.', '..']).not.toContain(name)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('a folder', () => {
  it.each(['', 'Drafts', 'Drafts/Round 2', '1/2/3/4/5/6/7/8'])('may be "%s"', (path) =>
    expect(folder(path)).toBeUndefined(),
  )

  it.each([
    '/',
    '/a',
    'a/',
    'a//b',
    '../a',
    'a/..',
    'a/./b',
    'a\\b',
    '1/2/3/4/5/6/7/8/9',
    `${'x'.repeat(250)}/${'y'.repeat(250)}`,
  ])('may not be %j', (path) => expect(folder(path)).toBeTruthy())
})
