import fc from 'fast-check'
import { expect, it } from 'vitest'
import { csv } from '../../src/lib/csv.ts'

it.each([
  ['plain', 'plain'],
  [12, '12'],
  [-12, '-12'],
  [null, ''],
  ['a,b', '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ['two\nlines', '"two\nlines"'],
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
  ['\r=1', `"'\r=1"`],
  ['\n=1', `"'\n=1"`],
  ['＝1+1', "'＝1+1"],
  ['－1', "'－1"],
  ['=HYPERLINK("x","y")', `"'=HYPERLINK(""x"",""y"")"`],
])('%j is %j', (cell, text) => {
  expect(csv([[cell]])).toBe(`${text}\r\n`)
})

it('never begins a cell that somebody wrote with a formula', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(csv([[text]])).not.toMatch(/^"?[=+\-@\t\r](?!\n$)/)
    }),
  )
})
