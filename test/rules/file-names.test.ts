import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { safeName, zipNames } from '../../src/features/files/zip-names.ts'
import { disposition } from '../../src/lib/disposition.ts'

const bytes = (text: string) => new TextEncoder().encode(text).length

describe('a name in a header', () => {
  it.each([
    ['notes.txt', `attachment; filename="notes.txt"; filename*=UTF-8''notes.txt`],
    ['Übersicht.pdf', `attachment; filename="_bersicht.pdf"; filename*=UTF-8''%C3%9Cbersicht.pdf`],
    [
      '見積書 📄.pdf',
      `attachment; filename="___ _.pdf"; filename*=UTF-8''%E8%A6%8B%E7%A9%8D%E6%9B%B8%20%F0%9F%93%84.pdf`,
    ],
    ['a";x="b.pdf', `attachment; filename="a_;x=_b.pdf"; filename*=UTF-8''a%22%3Bx%3D%22b.pdf`],
    ['a\\b', `attachment; filename="a_b"; filename*=UTF-8''a%5Cb`],
    [
      "it's (1)*!.txt",
      `attachment; filename="it's (1)*!.txt"; filename*=UTF-8''it%27s%20%281%29%2A%21.txt`,
    ],
    ['100%41.txt', `attachment; filename="100_41.txt"; filename*=UTF-8''100%2541.txt`],
    [
      'a\r\nSet-Cookie: x=1',
      `attachment; filename="a__Set-Cookie: x=1"; filename*=UTF-8''a%0D%0ASet-Cookie%3A%20x%3D1`,
    ],
    ['half \ud83d', `attachment; filename="half _"; filename*=UTF-8''half%20%EF%BF%BD`],
  ])('%j', (name, expected) => {
    expect(disposition('attachment', name)).toBe(expected)
  })

  it('stays in one header of plain characters, and in its quotes, whatever is in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const text = disposition('inline', name)
        expect(text).toMatch(/^inline; filename="[ !#-~]*"; filename\*=UTF-8''[\w.~%-]*$/)
        const [, encoded = ''] = text.split("UTF-8''")
        expect(decodeURIComponent(encoded)).toBe(name.toWellFormed())
      }),
    )
  })
})

describe('a name inside an archive', () => {
  it.each([
    ['a.pdf', 'a.pdf'],
    ['..', '_'],
    ['.', '_'],
    ['', '_'],
    ['...', '_'],
    ['.gitignore', '.gitignore'],
    ['../../etc/passwd', '.._.._etc_passwd'],
    ['C:\\Windows\\x', 'C__Windows_x'],
    ['con', '_con'],
    ['CON.txt', '_CON.txt'],
    ['Lpt1.pdf', '_Lpt1.pdf'],
    ['COM¹.log', '_COM¹.log'],
    ['console.log', 'console.log'],
    ['trailing. . ', 'trailing'],
    [' leading', 'leading'],
    ['what?*.txt', 'what__.txt'],
    ['a\u202Efdp.exe', 'a_fdp.exe'],
    ['a\u0000b', 'a_b'],
    ['Zu\u0308rich', 'Zürich'],
    ['half\ud83d.txt', 'half_.txt'],
  ])('%j is %j', (name, expected) => {
    expect(safeName(name)).toBe(expected)
  })

  const at = (folder: string, name: string) => ({ folder, name })

  it('is its own, also where case does not count', () => {
    expect(
      zipNames([
        at('', 'a.pdf'),
        at('', 'A.PDF'),
        at('', 'a (2).pdf'),
        at('x', 'a.pdf'),
        at('X', 'A.pdf'),
      ]),
    ).toEqual(['a.pdf', 'A (2).PDF', 'a (2) (2).pdf', 'x/a.pdf', 'X/A (2).pdf'])
    expect(zipNames([at('', 'straße'), at('', 'STRASSE')])).toEqual(['straße', 'STRASSE (2)'])
  })

  it('is not that of a folder', () => {
    expect(
      zipNames([at('', 'Drafts'), at('Drafts/Round 2', 'a.pdf'), at('Drafts', 'round 2')]),
    ).toEqual(['Drafts (2)', 'Drafts/Round 2/a.pdf', 'Drafts/round 2 (2)'])
  })

  it('keeps its extension and its length when it gets a number', () => {
    const long = `${'ü'.repeat(125)}.pdf`
    const [first = '', second = ''] = zipNames([at('', long), at('', long.toUpperCase())])
    expect(first).toBe(long)
    expect(bytes(second)).toBeLessThanOrEqual(255)
    expect(second).toMatch(/ \(2\)\.PDF$/)
  })

  it('is safe and unique, whatever files are called', () => {
    const name = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom('.', '..', 'nul', 'A', 'a', 'a/b', '\\', 'a (2)', 'x'.repeat(300)),
    )
    const folder = fc.array(name, { maxLength: 3 }).map((parts) => parts.join('/'))
    fc.assert(
      fc.property(fc.array(fc.record({ folder, name }), { maxLength: 30 }), (files) => {
        const paths = zipNames(files)
        expect(new Set(paths.map((path) => path.toLowerCase())).size).toBe(files.length)
        for (const part of paths.flatMap((path) => path.split('/'))) {
          expect(part).not.toMatch(/^\.{0,2}$|[\p{Cc}\\:*?"<>|]|[. ]$/u)
          expect(bytes(part)).toBeLessThanOrEqual(255)
        }
      }),
    )
  })
})
