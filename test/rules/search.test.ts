import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { searchMatch } from '../../src/features/portals/rules.ts'
import { searchTerms } from '../../src/lib/search.ts'

const organizationId = '01a20383-51d4-730e-bdd6-3c30997306b0'
const within = { organizationId, status: 'active' } as const

describe('searchTerms', () => {
  it.each([
    ['nothing', '', []],
    ['signs alone', ' "*"(): ^ -- {}', []],
    ['words', 'web  relaunch', ['web', 'relaunch']],
    ['an address', 'jane@halcyon.example', ['jane', 'halcyon', 'example']],
    ['accents, composed or not', 'Café Cafe\u0301', ['Café', 'Cafe\u0301']],
    ['other scripts and numbers', '東京 Łódź ٣٤ 2026', ['東京', 'Łódź', '٣٤', '2026']],
    ['no marks that an emoji leaves behind', 'Launch \u2764\ufe0f party', ['Launch', 'party']],
    ['operators, which are words here', 'a OR b NOT NEAR', ['a', 'OR', 'b', 'NOT', 'NEAR']],
    ['a column and quotes', 'organization:"x"', ['organization', 'x']],
    ['eight words at most', 'a b c d e f g h i j', ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']],
  ])('finds %s', (_, text, terms) => {
    expect(searchTerms(text)).toEqual(terms)
  })
})

describe('searchMatch', () => {
  it('matches the organisation and the state beside what was typed', () => {
    expect(searchMatch('web caf', within)).toBe(
      'organization:"01a2038351d4730ebdd63c30997306b0" AND state:"active" AND {project client contacts}:("web"* AND "caf"*)',
    )
    expect(searchMatch('web', { organizationId, status: undefined })).toBe(
      'organization:"01a2038351d4730ebdd63c30997306b0" AND {project client contacts}:("web"*)',
    )
    expect(searchMatch('*"', within)).toBeUndefined()
  })

  it('is one fixed form around words, whatever is typed', () => {
    const form =
      /^organization:"[0-9a-f]{32}" AND state:"active" AND \{project client contacts\}:\((?:"[\p{L}\p{N}\p{M}\p{Co}]+"\*(?: AND (?!\)))?){1,8}\)$/u
    fc.assert(
      fc.property(hostile, (text) => {
        const match = searchMatch(text, within)
        if (match !== undefined) expect(match).toMatch(form)
        else expect(text).not.toMatch(/[a-z0-9]/i)
      }),
    )
  })
})

/** Text of everything at once: letters, signs that mean something to FTS5, and broken Unicode. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .array(
      fc.oneof(
        fc.constantFrom(
          '"',
          '*',
          '(',
          ')',
          '{',
          '}',
          ':',
          '^',
          '-',
          '+',
          "'",
          '\\',
          '\0',
          '\ud800',
        ),
        fc.constantFrom(
          ' OR ',
          ' AND ',
          ' NOT ',
          'NEAR(',
          ', 10)',
          'organization:',
          'foreign',
          ' ',
        ),
        fc.constant(`organization:"${organizationId}"`),
      ),
      { maxLength: 20 },
    )
    .map((parts) => parts.join('')),
)

describe('against a full-text table', () => {
  let db: DatabaseSync
  const other = 'f'.repeat(32)

  beforeAll(() => {
    db = new DatabaseSync(':memory:')
    db.exec(`create virtual table portal_search using fts5(
      organization, state, project, client, contacts,
      tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3')`)
    const insert = db.prepare('insert into portal_search values (?, ?, ?, ?, ?)')
    const own = organizationId.replaceAll('-', '')
    insert.run(own, 'active', 'Own café and near not or', 'organization state', 'a@b.example')
    insert.run(own, 'archived', 'Archived foreign', 'x', 'x')
    insert.run(other, 'active', 'Foreign words', own, `${organizationId} organization active`)
  })

  const found = (text: string): unknown[] => {
    const match = searchMatch(text, within)
    if (match === undefined) return []
    return db
      .prepare('select rowid from portal_search where portal_search match ?')
      .all(match)
      .map(({ rowid }) => rowid)
  }

  it('finds its own by the beginnings of words, in any case and without accents', () => {
    for (const text of ['own', 'OWN CAF', 'CAFÉ', 'cafe\u0301', 'b.example', 'near not OR'])
      expect(found(text), text).toEqual([1])
    expect(found('foreign')).toEqual([])
  })

  it('never fails and never finds what is foreign or archived, whatever is typed', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        for (const rowid of found(text)) expect(rowid).toBe(1)
      }),
      { numRuns: 2000 },
    )
  })
})
