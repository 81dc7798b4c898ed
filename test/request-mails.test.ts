import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { changeNotify } from '../src/features/account/actions.ts'
import { archivePortal, restorePortal } from '../src/features/portals/actions.ts'
import { closeRequest, openRequest, reopenRequest } from '../src/features/requests/actions.ts'
import { notifyOfNews } from '../src/features/news/notify.ts'
import { commit } from '../src/db/batch.ts'
import { job } from '../src/db/schema/jobs.ts'
import { atHour } from '../src/lib/day.ts'
import { paths } from '../src/paths.ts'
import { scheduled } from '../src/scheduled.ts'
import { act, create, DAY, HOUR, MINUTE, portal, studio, world } from './harness/link-scene.ts'
import { sentFile } from './harness/sent-file.ts'
import { hers, jane, maya, mayaWrites, openThread, value, write } from './harness/thread-scene.ts'

beforeEach(async () => {
  vi.useFakeTimers({ now: Date.parse('2026-11-24T13:00:00Z'), toFake: ['Date'] })
  await openThread()
})

const pass = (ms: number) => vi.setSystemTime(Date.now() + ms)
/** The clock moves on, and both crons come by. */
const later = async (ms = 5 * MINUTE + 1) => {
  pass(ms)
  await scheduled('*/15 * * * *', Date.now(), world.env)
  await world.minute()
}
const until = (instant: number) => later(instant - Date.now())

const to = async (address: string) =>
  (await world.mails(address)).filter(({ subject }) => !/sign-in/.test(subject))
const hersOnes = () => to('jane@client.example')
const mayas = () => to(maya.email)
const jobs = () => value<number>(`select count(*) from job`)

async function ask(title = 'Logo, vector format', dueOn: string | null = null, note = '') {
  const made = await openRequest(studio.ctx(), { portal, title, note, dueOn })
  if (!made.ok) throw new Error(JSON.stringify(made.failure))
  return made.value
}

describe('a request', () => {
  it('is mailed about at once, with what the client needs to answer it', async () => {
    await ask('Logo, vector format', '2026-12-04', 'As SVG,\nplease.')
    expect(await hersOnes()).toEqual([])
    await later()
    const [mail, ...more] = await hersOnes()
    expect(more).toEqual([])
    expect(mail?.subject).toBe(`${studio.facts.name} is waiting for: Logo, vector format`)
    expect(mail?.text).toContain('> Logo, vector format\n> As SVG,\n> please.')
    expect(mail?.text).toContain('It is due on Fri 4 Dec.')
    expect(mail?.text).toContain(`${world.origin}${paths.portal(hers)}#files`)
    expect(mail?.headers['List-Unsubscribe']).toBeDefined()
    await later(HOUR)
    expect(await hersOnes()).toHaveLength(1)
    expect(await jobs()).toBe(0)
  })

  it('is mailed about again before, on and after the due day, at nine', async () => {
    await ask('Logo', '2026-12-04')
    await later()
    const counts: number[] = []
    for (const day of ['2026-12-02', '2026-12-04', '2026-12-11']) {
      const nine = atHour(day, 9, studio.facts.timeZone)
      await until(nine - MINUTE)
      counts.push((await hersOnes()).length)
      await until(nine)
      counts.push((await hersOnes()).length)
      await later(15 * MINUTE)
      counts.push((await hersOnes()).length)
    }
    expect(counts).toEqual([1, 2, 2, 2, 3, 3, 3, 4, 4])
    await later(90 * DAY)
    expect(await hersOnes()).toHaveLength(4)
    expect((await hersOnes()).some(({ text }) => text.includes('It was due on Fri 4 Dec.'))).toBe(
      true,
    )
  })

  it('keeps to the clock of the organisation over the change of daylight saving', async () => {
    vi.setSystemTime(Date.parse('2027-03-22T13:00:00Z'))
    await ask('Logo', '2027-03-28')
    await later()
    await until(Date.parse('2027-03-26T08:00:00Z'))
    expect(await hersOnes()).toHaveLength(2)
    // Summer time began that night.
    await until(Date.parse('2027-03-28T06:59:00Z'))
    expect(await hersOnes()).toHaveLength(2)
    await until(Date.parse('2027-03-28T07:00:00Z'))
    expect(await hersOnes()).toHaveLength(3)
  })

  it('comes in one mail with everything else that is new', async () => {
    await mayaWrites('Have a look.')
    await ask('Logo')
    await ask('Menu')
    await sentFile(studio, { portal, name: 'home.pdf', source: 'team', by: 'Maya Ortiz' })
    await later()
    const [mail, ...more] = await hersOnes()
    expect(more).toEqual([])
    expect(mail?.subject).toBe(
      'Website relaunch: a new message, a file, and 2 files you are asked for',
    )
    for (const words of ['Have a look.', '> Logo', '> Menu', '> home.pdf (4.1 MB)'])
      expect(mail?.text).toContain(words)
    await later(DAY)
    expect(await hersOnes()).toHaveLength(1)
  })

  it('is not mailed about once it is answered or closed, and again when it is reopened', async () => {
    const one = await ask('Logo')
    const other = await ask('Menu')
    await sentFile(studio, { portal, name: 'logo.svg', request: one.id })
    await closeRequest(studio.ctx(), { portal, request: other.id })
    await later()
    await later(30 * DAY)
    expect(await hersOnes()).toEqual([])
    await reopenRequest(studio.ctx(), { portal, request: other.id })
    await later()
    expect(await hersOnes()).toHaveLength(1)
    await closeRequest(studio.ctx(), { portal, request: other.id })
    await reopenRequest(studio.ctx(), { portal, request: other.id })
    await later()
    expect(await hersOnes()).toHaveLength(2)
  })

  it('is dropped when it is answered while its mail waits', async () => {
    world.mailServerIs('down')
    const { id } = await ask()
    await later()
    expect(await value(`select state from email where kind = 'messages'`)).toBe('queued')
    world.mailServerIs('up')
    await sentFile(studio, { portal, name: 'logo.svg', request: id })
    await later(DAY)
    expect(await hersOnes()).toEqual([])
    expect(await jobs()).toBe(0)
  })

  it('after days without a cron is mailed about once, as the latest step', async () => {
    await ask('Logo', '2026-12-04')
    await later()
    await until(atHour('2026-12-05', 8, studio.facts.timeZone))
    expect(await hersOnes()).toHaveLength(2)
    await later(DAY)
    expect(await hersOnes()).toHaveLength(2)
    await until(atHour('2026-12-11', 9, studio.facts.timeZone))
    expect(await hersOnes()).toHaveLength(3)
  })

  it('is mailed about once by two crons and two runs at the same time', async () => {
    await ask('Logo', '2026-12-04')
    await later()
    pass(atHour('2026-12-02', 9, studio.facts.timeZone) - Date.now())
    const cron = () => scheduled('*/15 * * * *', Date.now(), world.env)
    await Promise.all([cron(), cron()])
    expect(await jobs()).toBe(1)
    const [row] = await studio.ctx().db.select().from(job)
    if (!row) throw new Error('No job waits.')
    const ctx = { ...studio.ctx(), actor: { kind: 'cron' } as const }
    const outcomes = [await notifyOfNews(ctx, row), await notifyOfNews(ctx, row)]
    const results = []
    for (const { write: statements } of outcomes) results.push(await commit(ctx, statements ?? []))
    expect(results.map(({ ok }) => ok)).toEqual([true, false])
    await Promise.all([world.minute(), world.minute()])
    await cron()
    await later()
    expect(await hersOnes()).toHaveLength(2)
    expect(await jobs()).toBe(0)
  })

  it('waits while its portal is archived, and goes on once it is restored', async () => {
    await ask('Logo', '2026-12-04')
    await archivePortal(studio.ctx(), portal)
    await later()
    await later(2 * DAY)
    expect(await hersOnes()).toEqual([])
    await restorePortal(studio.ctx(), portal)
    await later(DAY + HOUR)
    expect(await hersOnes()).toHaveLength(1)
  })
})

describe('nobody is mailed', () => {
  it('whose link is paused, expired or for invoices, or who wants no mail', async () => {
    const invited = async (name: string, over: object = {}) =>
      create({ contact: { name, email: `${name}@client.example` }, send: false, ...over })
    const paused = await invited('paused')
    await invited('expired', { expiresAt: new Date(Date.now() + MINUTE).toISOString() })
    await invited('billing', { scope: 'billing' })
    await act(paused, 'pause')
    await world.env.DB.prepare('update contact set unsubscribed_at = 1 where email = ?')
      .bind('jane@client.example')
      .run()
    await ask()
    await sentFile(studio, { portal, name: 'home.pdf', source: 'team' })
    await later()
    for (const name of ['paused', 'expired', 'billing', 'jane'])
      expect(await to(`${name}@client.example`), name).toEqual([])
    // It is told all the same: whoever comes back is not flooded with what is old.
    await act(paused, 'resume')
    await later(HOUR)
    expect(await to('paused@client.example')).toEqual([])
    expect(await value('select count(*) from file_version where told = 0')).toBe(0)
  })

  it('whose link was paused, or who ended their mails, while theirs waited', async () => {
    world.mailServerIs('down')
    await ask()
    await later()
    world.mailServerIs('up')
    await act(jane, 'pause')
    await later(DAY)
    expect(await hersOnes()).toEqual([])
    expect(await jobs()).toBe(0)
  })

  it('about a file from before they were', async () => {
    await sentFile(studio, { portal, name: 'early.pdf', source: 'team' })
    pass(MINUTE)
    await create({ contact: { name: 'Late', email: 'late@client.example' }, send: false })
    await later()
    expect(await to('late@client.example')).toEqual([])
    expect(await hersOnes()).toHaveLength(1)
  })
})

describe('a client’s file', () => {
  it('is told to the team with who sent it and what it answers, once', async () => {
    const colleague = await studio.member('admin')
    const { id } = await ask('Logo, vector format')
    await sentFile(studio, { portal, name: 'logo.svg', request: id })
    await later()
    for (const address of [maya.email, colleague.email]) {
      const [mail, ...more] = await to(address)
      expect(more).toEqual([])
      expect(mail?.subject).toBe('Website relaunch: Jane Cooper sent logo.svg')
      expect(mail?.text).toContain('> logo.svg (4.1 MB), for “Logo, vector format”')
      expect(mail?.text).toContain(`${world.origin}${paths.files(studio.slug, portal)}`)
    }
    expect(await hersOnes()).toEqual([])
    await write('And the fonts?')
    await later()
    const second = (await mayas()).find(({ subject }) => subject.includes('wrote about'))
    expect(second?.text).not.toContain('logo.svg')
    expect(await mayas()).toHaveLength(2)
  })

  it('is not told to who has turned mails off, nor once it is deleted', async () => {
    const person = { kind: 'person', userId: maya.userId, name: '', email: '' } as const
    const colleague = await studio.member('member')
    await changeNotify({ ...studio.ctx(), actor: person }, { membership: maya.id, notify: 'no' })
    await sentFile(studio, { portal, name: 'logo.svg' })
    await later()
    expect(await mayas()).toEqual([])
    expect(await to(colleague.email)).toHaveLength(1)
    const slip = await sentFile(studio, { portal, name: 'slip.pdf' })
    await world.env.DB.prepare('update file set deleted_at = 1 where id = ?').bind(slip.file).run()
    await later()
    expect(await to(colleague.email)).toHaveLength(1)
    expect(await jobs()).toBe(0)
  })

  it('is one of many: the first are named, the others counted', async () => {
    for (let n = 0; n < 14; n++) await sentFile(studio, { portal, name: `photo-${n}.jpg` })
    await later()
    const [mail] = await mayas()
    expect(mail?.subject).toBe('Website relaunch: 14 files')
    expect(mail?.text.match(/> photo-/g)).toHaveLength(10)
    expect(mail?.text).toContain('And 4 more files.')
  })

  it('with a hostile name is harmless in every part of the mail', async () => {
    const name = '<img src=x onerror=alert(1)>.svg'
    await sentFile(studio, { portal, name, by: '<b>Eve</b>\r\nBcc: all@example.com' })
    await later()
    const [mail] = await mayas()
    expect(mail?.subject).not.toMatch(/[\r\n]/)
    expect(mail?.html).not.toMatch(/<img src=x|<b>Eve/)
    expect(mail?.text).toContain(`> ${name}`)
  })
})

describe('a run that has gathered', () => {
  const gathered = async () => {
    const rows = await studio.ctx().db.select().from(job)
    const row = rows.find(({ kind }) => kind === 'messages.notify')
    if (!row) throw new Error('No job waits.')
    const ctx = { ...studio.ctx(), actor: { kind: 'cron' } as const }
    const { write: statements = [] } = await notifyOfNews(ctx, row)
    return () => commit(ctx, statements)
  }

  it('is rolled back where another has told a part of it', async () => {
    await sentFile(studio, { portal, name: 'one.pdf' })
    const early = await gathered()
    await sentFile(studio, { portal, name: 'two.pdf' })
    const late = await gathered()
    expect((await early()).ok).toBe(true)
    expect((await late()).ok).toBe(false)
    await later()
    const mails = await mayas()
    expect(mails.map(({ text }) => /> (\w+)\.pdf/.exec(text)?.[1]).sort()).toEqual(['one', 'two'])
  })

  it('is rolled back where what it asks for was closed meanwhile', async () => {
    const { id } = await ask('Logo')
    await ask('Menu')
    const settle = await gathered()
    await closeRequest(studio.ctx(), { portal, request: id })
    expect((await settle()).ok).toBe(false)
    await later()
    const [mail, ...more] = await hersOnes()
    expect(more).toEqual([])
    expect(mail?.text).not.toContain('Logo')
  })
})

describe('the cron', () => {
  const fill = (count: number, nudgeAt: number) =>
    world.env.DB.prepare(
      `with recursive n(i) as (select 1 union all select i + 1 from n where i < ?2)
      insert into file_request (id, organization_id, portal_id, title, asked_by, created_at, nudge_at)
      select 'request-' || ?3 || i, organization_id, id, 'File', 'Maya', 1, ?3 from n, portal where id = ?1`,
    )
      .bind(portal, count, nudgeAt)
      .run()

  /** Statements by which the same run looks for uploads that nobody goes on with, and for due invoices. */
  const OTHERS = 6

  const cost = async () => {
    world.trips.length = 0
    await scheduled('*/15 * * * *', Date.now(), world.env)
    const statements = world.trips.flat()
    const due = statements.find(({ sql }) => sql.includes('nudge_at'))
    const { meta } = await env.DB.prepare(due?.sql ?? '')
      .bind(...(due?.params ?? []))
      .all()
    return { statements: statements.length, rows: meta.rows_read }
  }

  it('reads next to nothing while nothing is due, and so many at most when all is', async () => {
    await fill(5_000, Date.now() + DAY)
    expect(await cost()).toEqual({
      statements: 1 + OTHERS,
      rows: expect.toSatisfy((n) => n <= 2),
    })
    await fill(5_000, Date.now() - DAY)
    const { statements, rows } = await cost()
    expect(statements).toBe(3 + OTHERS)
    expect(rows).toBeLessThanOrEqual(1_010)
    expect(await jobs()).toBe(1)
  })
})

it('leaves requests of archived portals out of the way of the others', async () => {
  await ask()
  await archivePortal(studio.ctx(), portal)
  const now = Date.now() + HOUR
  vi.setSystemTime(now)
  await scheduled('*/15 * * * *', now, world.env)
  expect(await value('select nudge_at from file_request')).toBe(now + DAY)
  expect(await value(`select count(*) from job where created_at = ${now}`)).toBe(0)
})
