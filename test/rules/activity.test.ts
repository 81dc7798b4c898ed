import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  predicateForClient,
  subjectForClient,
} from '../../src/features/activity/client-sentences.ts'
import { newsOf } from '../../src/features/activity/news.ts'
import { isForClients } from '../../src/features/activity/rules.ts'
import { sentence } from '../../src/features/activity/sentences.ts'
import { topicOf } from '../../src/features/activity/topics.ts'
import { textOf, type Entry } from '../../src/features/activity/words.ts'
import { age, formatDayHeading, formatSince } from '../../src/lib/day.ts'
import { visible } from '../../src/lib/visible.ts'
import { factsOfKind, kinds } from '../harness/kinds.ts'

const entry = (
  kind: string,
  data: Record<string, string> = {},
  over: Partial<Entry> = {},
): Entry => ({
  kind,
  actorKind: 'member',
  actorName: 'Maya Ortiz',
  data,
  ...over,
})

describe('sentences', () => {
  it.each(kinds)('%s has words for what is recorded, and for nothing', (kind) => {
    const data = Object.fromEntries(factsOfKind[kind].map((name) => [name, `<${name}>`]))
    for (const text of [sentence(entry(kind, data)), sentence(entry(kind))]) {
      expect(text).toMatch(/^Maya Ortiz \S.*\S$/)
      expect(text).not.toMatch(/undefined|null|\s\s|“”/)
      // In words, not as the name of a kind.
      expect(text).not.toBe(`Maya Ortiz ${kind.replaceAll(/[.-]/g, ' ')}`)
    }
    expect(topicOf(kind)).toBeTruthy()
  })

  it('names a program by its key, and everybody by a name', () => {
    const by = (actorKind: string, actorName: string) =>
      sentence(entry('portal.archived', {}, { actorKind, actorName }))
    expect(by('apiKey', 'Bookkeeping')).toBe('The key Bookkeeping archived the portal')
    expect(by('contact', 'Jane')).toBe('Jane archived the portal')
    expect(by('stranger', 'Somebody')).toBe('Somebody archived the portal')
    expect(by('sendgrid', 'SendGrid')).toBe('SendGrid archived the portal')
    expect(by('cron', 'AdminStack')).toBe('AdminStack archived the portal')
    expect(by('member', '')).toBe('Somebody archived the portal')
  })

  it('says something of a kind it does not know', () => {
    expect(sentence(entry('file.added', { name: 'x' }))).toBe('Maya Ortiz file added')
    expect(sentence(entry('toString'))).toBe('Maya Ortiz toString')
  })

  it('stays one short line whatever was recorded', () => {
    const nasty = fc.string({ unit: 'binary', maxLength: 2000 })
    const data = fc.dictionary(
      fc.constantFrom(
        'title',
        'from',
        'to',
        'note',
        'name',
        'role',
        'contact',
        '__proto__',
        'fields',
      ),
      nasty,
    )
    fc.assert(
      fc.property(fc.constantFrom(...kinds), data, nasty, (kind, facts, actorName) => {
        const text = sentence(entry(kind, facts, { actorName }))
        expect(text).not.toMatch(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u)
        expect([...text].length).toBeLessThan(700)
      }),
    )
  })

  it('takes numbers of a move for numbers alone', () => {
    const moved = (from: string, to: string) =>
      sentence(entry('milestone.moved', { title: 'Design', from, to }))
    expect(moved('80', '100')).toBe('Maya Ortiz moved Design 80 → 100%')
    expect(moved('80', '1000')).toBe('Maya Ortiz moved Design')
    expect(moved('', '<b>')).toBe('Maya Ortiz moved Design')
  })

  it('speaks to a client as you, and of programs as the team', () => {
    const asked = entry('approval.requested', { title: 'Design' }, { actorKind: 'apiKey' })
    const line = (mine: boolean) =>
      textOf([...subjectForClient(asked, mine), ' ', ...predicateForClient(asked)])
    expect(line(false)).toBe('The team asked for your sign-off of Design')
    expect(line(true)).toBe('You asked for your sign-off of Design')
    expect(textOf(predicateForClient(entry('template.used', { name: 'Secret rate card' })))).toBe(
      'drew up the plan',
    )
  })

  it('tells a client of plan, thread, files and invoices alone', () => {
    expect(new Set(kinds.filter(isForClients).map(topicOf))).toEqual(
      new Set(['milestones', 'messages', 'files', 'invoices']),
    )
    for (const kind of [
      'milestone.changed',
      'template.saved',
      'template.deleted',
      'link.opened',
      'x',
    ]) {
      expect(isForClients(kind)).toBe(false)
    }
  })
})

describe('news', () => {
  const none = { count: 0, more: false }
  const design = { milestone: 'd', title: 'Design' }
  const lines = (
    newestFirst: Entry[],
    messages = none,
    { asked = [], more = false }: { asked?: string[]; more?: boolean } = {},
  ) =>
    newsOf(newestFirst, { messages, asked: new Set(asked), more }).map(({ words }) => textOf(words))

  it('counts files that came and are still there', () => {
    const sent = (file: string) => entry('file.uploaded', { file, name: 'x', version: '1' })
    const gone = entry('file.deleted', { file: 'b', name: 'x' })
    expect(lines([sent('a'), sent('a')])).toEqual(['1 new file'])
    expect(lines([sent('c'), gone, sent('b'), sent('a')])).toEqual(['2 new files'])
    expect(lines([gone, sent('b')])).toEqual([])
    expect(lines([sent('b'), sent('a')], none, { more: true })).toEqual(['2+ new files'])
  })

  it('says what is asked for while it is', () => {
    const about = (request: string, title: string) => ({ request, title })
    const changes = [
      entry('request.reopened', about('c', 'Menu')),
      entry('request.closed', about('b', 'Photos')),
      entry('request.opened', about('b', 'Photos')),
      entry('request.opened', about('a', 'Logo')),
    ]
    expect(lines(changes, none, { asked: ['a', 'c'] })).toEqual([
      'Menu is asked for',
      'Logo is asked for',
    ])
  })

  it('gathers what one slider did', () => {
    const moves = [
      entry('milestone.moved', { ...design, from: '90', to: '100' }),
      entry('milestone.moved', { ...design, from: '80', to: '90' }),
    ]
    expect(lines(moves)).toEqual(['Design 80 → 100%'])
    const back = entry('milestone.moved', { ...design, from: '100', to: '80' })
    expect(lines([back, ...moves])).toEqual([])
  })

  it('calls a milestone by its newest title, and tells each once', () => {
    expect(
      lines([
        entry('approval.requested', { milestone: 'd', title: 'Design 2' }),
        entry('milestone.moved', { milestone: 'c', title: 'Content', from: '0', to: '5' }),
        entry('milestone.moved', { ...design, from: '80', to: '100' }),
      ]),
    ).toEqual(['Design 2 80 → 100%', 'Design 2 waits for your sign-off', 'Content 0 → 5%'])
  })

  it('tells the last word of an approval', () => {
    const asked = entry('approval.requested', design)
    const given = entry('approval.given', design, { actorKind: 'contact', actorName: 'Ruth' })
    expect(lines([given, asked])).toEqual(['Ruth approved Design'])
    expect(lines([entry('milestone.reopened', design), given, asked])).toEqual([
      'Design is open again',
    ])
    const changes = { ...given, kind: 'approval.changes-asked' }
    expect(lines([changes])).toEqual(['Ruth asked for changes to Design'])
  })

  it('says nothing of what came and went', () => {
    const added = entry('milestone.added', design)
    const gone = entry('milestone.deleted', design)
    expect(lines([gone, added])).toEqual([])
    expect(lines([gone])).toEqual(['Design left the plan'])
    expect(lines([added])).toEqual(['Design is new'])
    expect(lines([entry('milestone.moved', { ...design, from: '0', to: '5' }), added])).toEqual([
      'Design is new, at 5%',
    ])
  })

  it('counts messages as far as it can see', () => {
    expect(lines([], { count: 1, more: false })).toEqual(['1 message'])
    expect(lines([], { count: 2, more: false })).toEqual(['2 messages'])
    expect(lines([], { count: 20, more: true })).toEqual(['20+ messages'])
    expect(lines([entry('template.used', { name: 'x' }), entry('file.added')])).toEqual([
      'The plan is there',
    ])
  })

  it('tells of invoices that stand', () => {
    const bill = { invoice: 'i', number: 'INV-2026-007', amount: '€120.00' }
    const came = entry('invoice.issued', bill)
    const gone = entry('invoice.voided', bill)
    const paid = entry('payment.recorded', { ...bill, amount: '€20.00' })
    const less = entry('invoice.credited', { ...bill, amount: '€5.00' })
    expect(lines([paid, less, came])).toEqual([
      '€20.00 arrived for INV-2026-007',
      'INV-2026-007 is €5.00 less',
      'INV-2026-007 is here: €120.00',
    ])
    expect(lines([gone, came])).toEqual([])
    expect(lines([gone])).toEqual(['INV-2026-007 is void'])
    expect(lines([entry('invoice.issued')])).toEqual(['An invoice is here: an amount'])
  })

  it('makes something of every entry there could be', () => {
    const any = fc.record({
      kind: fc.constantFrom(...kinds, 'x.y'),
      actorKind: fc.constantFrom('member', 'contact', 'cron'),
      actorName: fc.string(),
      data: fc.dictionary(
        fc.constantFrom('milestone', 'title', 'from', 'to', 'invoice', 'number', 'amount'),
        fc.string(),
      ),
    })
    fc.assert(
      fc.property(fc.array(any), (entries) => {
        for (const text of lines(entries)) expect(text.trim()).not.toBe('')
      }),
    )
  })
})

describe('when it was', () => {
  const clock = { locale: 'en-GB', timeZone: 'Europe/Oslo' }
  // A Tuesday, 00:30 in Oslo and still Monday in London.
  const now = Date.parse('2026-11-23T23:30:00Z')
  const HOUR = 3_600_000

  it('is said by the organisation’s own calendar', () => {
    expect(formatSince(now - HOUR / 4, now, clock)).toBe('00:15')
    expect(formatSince(now - HOUR, now, clock)).toBe('Monday')
    expect(formatSince(now - 6 * 24 * HOUR, now, clock)).toBe('Wednesday')
    expect(formatSince(now - 7 * 24 * HOUR, now, clock)).toBe('17 Nov 2026')
    expect(formatSince(now - HOUR, now, { ...clock, timeZone: 'UTC' })).toBe('22:30')
    expect(formatDayHeading('2026-11-24', '2026-11-24', 'en-GB')).toBe('Today')
    expect(formatDayHeading('2026-11-23', '2026-11-24', 'en-GB')).toBe('Yesterday')
    expect(formatDayHeading('2026-11-20', '2026-11-24', 'en-GB')).toBe('Fri 20 Nov')
    expect(formatDayHeading('2025-11-20', '2026-11-24', 'en-GB')).toBe('Thu, 20 Nov 2025')
  })

  it('is short where space is', () => {
    expect(age(now, now)).toBe('now')
    expect(age(now + HOUR, now)).toBe('now')
    expect(age(now - 5 * 60_000, now)).toBe('5 min')
    expect(age(now - 2.9 * HOUR, now)).toBe('2 h')
    expect(age(now - 3 * 24 * HOUR, now)).toBe('3 d')
    expect(age(now - 20 * 24 * HOUR, now)).toBe('2 w')
    expect(age(now - 70 * 24 * HOUR, now)).toBe('2 mo')
    expect(age(now - 800 * 24 * HOUR, now)).toBe('2 y')
  })
})

it('makes any text one line that shows what it says', () => {
  expect(visible('a\u202eb\u0000\r\nc')).toBe('a b c')
  expect(visible('😀'.repeat(200), 10)).toBe(`${'😀'.repeat(10)}…`)
})
