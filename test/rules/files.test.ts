import { describe, expect, it } from 'vitest'
import {
  filesPage,
  filesPlaceIn,
  folderWords,
  versionNumber,
  VERSIONS_SHOWN,
  versionsPage,
} from '../../src/features/files/rules.ts'
import { previewOf } from '../../src/features/files/types.ts'

const id = '01a20d08-07eb-70c0-bdde-7c4fd161b03f'

describe('a place in a list of files', () => {
  it('is what the query says, or the usual', () => {
    expect(filesPlaceIn({}, 50)).toEqual({ limit: 50, cursor: undefined, folder: undefined })
    expect(filesPlaceIn({ limit: '100', cursor: id, folder: '' }, 50)).toEqual({
      limit: 100,
      cursor: id,
      folder: '',
    })
  })

  it.each([
    { limit: '0' },
    { limit: '101' },
    { limit: '-1' },
    { limit: '1e2' },
    { limit: '' },
    { cursor: '' },
    { cursor: id.toUpperCase() },
    { cursor: `${id}'` },
    { folder: 'x'.repeat(1001) },
  ])('is none for %o', (query) => {
    expect(filesPlaceIn(query, 50)).toBeUndefined()
  })
})

it('goes on behind the last that a page shows, if there is more', () => {
  const rows = ['c', 'b', 'a'].map((latest) => ({ latest }))
  expect(filesPage(rows, 2)).toEqual({ items: rows.slice(0, 2), next: 'b' })
  expect(filesPage(rows, 3)).toEqual({ items: rows, next: null })
  expect(filesPage([], 3)).toEqual({ items: [], next: null })
})

it('goes on before the oldest version that a page shows, if there are older', () => {
  const rows = Array.from({ length: VERSIONS_SHOWN + 1 }, (_, index) => ({ version: 90 - index }))
  expect(versionsPage(rows).older).toBe(91 - VERSIONS_SHOWN)
  expect(versionsPage(rows).versions).toHaveLength(VERSIONS_SHOWN)
  expect(versionsPage(rows.slice(1)).older).toBeNull()
})

it('knows the number of a version by its looks', () => {
  expect(['1', '42', '999999'].map(versionNumber)).toEqual([1, 42, 999_999])
  for (const text of [undefined, '', '0', '01', '-1', '1.5', '1e3', '1000000', 'NaN']) {
    expect(versionNumber(text)).toBeUndefined()
  }
})

it('reads a folder as people do, with nothing hidden in it', () => {
  expect(folderWords('Drafts')).toBe('Drafts')
  expect(folderWords('Drafts/Round 2')).toBe('Drafts / Round 2')
  expect(folderWords('a\u202eb/c')).toBe('a b / c')
})

it('previews nothing that could run, and nothing by an inherited name', () => {
  for (const type of ['text/html', 'image/svg+xml', 'text/xml', 'constructor', '__proto__', '']) {
    expect(previewOf(type)).toBeUndefined()
  }
  expect(previewOf('image/png')).toBe('image')
})
