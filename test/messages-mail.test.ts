import { beforeEach, describe, expect, it, vi } from 'vitest'
import { changeNotify } from '../src/features/account/actions.ts'
import { archiveMessage } from '../src/features/messages/actions.ts'
import { notifyOfNews } from '../src/features/news/notify.ts'
import { archivePortal, deletePortal } from '../src/features/portals/actions.ts'
import { job } from '../src/db/schema/jobs.ts'
import { commit } from '../src/db/batch.ts'
import {
  act,
  create,
  DAY,
  HOUR,
  MINUTE,
  portal,
  studio,
  token,
  world,
} from './harness/link-scene.ts'
import {
  answer,
  hers,
  jane,
  looks,
  maya,
  mayaWrites,
  openThread,
  teamLooks,
  thread,
  value,
  write,
} from './harness/thread-scene.ts'

beforeEach(async () => {
  // The clock stands where it is put, so that five minutes are five minutes.
  vi.useFakeTimers({ now: Date.now(), toFake: ['Date'] })
  await openThread()
})

const pass = (ms: number) => vi.setSystemTime(Date.now() + ms)
/** So long later, and the cron came by. */
const later = async (ms = 5 * MINUTE + 1) => {
  pass(ms)
  await world.minute()
}

const to = async (address: string) =>
  (await world.mails(address)).filter(({ subject }) => !/sign-in/.test(subject))
const hersOnes = () => to('jane@client.example')
const mayas = () => to(maya.email)
const mailRows = () => value<number>(`select count(*) from email where kind = 'messages'`)
const jobs = () => value<number>(`select count(*) from job`)

describe('news by email', () => {
  it('gathers what comes within five minutes into one mail', async () => {
    await mayaWrites('First words.')
    pass(2 * MINUTE)
    await mayaWrites('Second words.')
    await world.minute()
    expect(await hersOnes()).toEqual([])
    pass(2 * MINUTE + 59_000)
    await mayaWrites('Third words.')
    await later(2_000)
    const mails = await hersOnes()
    expect(mails).toHaveLength(1)
    expect(mails[0]?.subject).toBe('Website relaunch: new messages')
    for (const words of ['First words.', 'Second words.', 'Third words.']) {
      expect(mails[0]?.text).toContain(`> ${words}`)
      expect(mails[0]?.html).toContain(words)
    }
    expect(mails[0]?.text).toContain(`${world.origin}${paths(hers)}#messages`)
    await later(HOUR)
    expect(await hersOnes()).toHaveLength(1)
    expect(await jobs()).toBe(0)
  })

  it('names who wrote a single one, as from the organisation', async () => {
    await mayaWrites('Final designs are in Files.')
    await later()
    const [mail] = await hersOnes()
    expect(mail?.subject).toBe('Website relaunch: a message from Maya Ortiz')
    expect(mail?.html).toContain('Maya Ortiz wrote to you')
  })

  it('is not sent to who has seen it', async () => {
    await mayaWrites('One')
    pass(MINUTE)
    await looks()
    await later()
    await write('Two')
    pass(MINUTE)
    await teamLooks()
    await later()
    expect(await mailRows()).toBe(0)
    expect(await jobs()).toBe(0)
  })

  it('tells only of what came after the last look', async () => {
    await mayaWrites('Seen words.')
    await looks()
    await mayaWrites('Unseen words.')
    await later()
    const [mail] = await hersOnes()
    expect(mail?.text).toContain('Unseen words.')
    expect(mail?.text).not.toContain('> Seen words.')
  })

  it('tells the second time of the newer ones alone', async () => {
    await mayaWrites('Early words.')
    await later()
    await mayaWrites('Late words.')
    await later()
    const mails = await hersOnes()
    expect(mails).toHaveLength(2)
    const second = mails.find(({ text }) => text.includes('Late words.'))
    expect(second?.text).not.toContain('Early words.')
  })

  it('goes to the other side alone', async () => {
    const colleague = await studio.member('admin')
    await create({ contact: { name: 'Bo', email: 'bo@client.example' }, send: false })
    await mayaWrites('From the team')
    await later()
    expect(await to(colleague.email)).toEqual([])
    expect(await mayas()).toEqual([])
    expect(await to('bo@client.example')).toHaveLength(1)
    await looks()
    await write('From Jane')
    await later()
    expect(await to('bo@client.example')).toHaveLength(1)
    expect(await hersOnes()).toHaveLength(1)
    expect(await to(colleague.email)).toHaveLength(1)
    expect(await mayas()).toHaveLength(1)
    const [mail] = await mayas()
    expect(mail?.subject).toBe('Jane Cooper wrote about Website relaunch')
    expect(mail?.text).toContain(`/dashboard/${studio.slug}/portals/${portal}/messages`)
  })

  it('tells nobody of the team what one of them has seen', async () => {
    await studio.member('admin')
    await write('Seen by Maya')
    await world.form(`/dashboard/${studio.slug}/portals/${portal}/messages/read`, {}, maya.cookie)
    await write('Seen by nobody')
    await later()
    const mails = (await world.mails()).filter(({ subject }) => subject.includes('wrote about'))
    expect(mails).toHaveLength(2)
    for (const { text } of mails) expect(text).not.toContain('Seen by Maya')
  })

  it.each([0, 1, 3])('goes to %i recipients, once each', async (count) => {
    await act(jane, 'pause')
    const first = await thread()
    expect(first.items).toEqual([])
    await world.env.DB.prepare(`update link set paused_at = 1 where paused_at is null`).run()
    const emails = Array.from({ length: count }, (_, n) => `c${n}@client.example`)
    for (const email of emails) {
      const contact = { name: email, email }
      await create({ contact, send: false })
      // A second link makes no second mail.
      await create({ contact, send: false })
    }
    await mayaWrites('Hello')
    await later()
    await world.minute()
    expect(await mailRows()).toBe(count)
    for (const email of emails) expect(await to(email)).toHaveLength(1)
    expect(await jobs()).toBe(0)
  })
})

describe('nobody is mailed', () => {
  it('whose links are paused, expired, or for invoices alone', async () => {
    const invited = async (name: string, over: object = {}) =>
      create({ contact: { name, email: `${name}@client.example` }, send: false, ...over })
    const paused = await invited('paused')
    await invited('expired', { expiresAt: new Date(Date.now() + MINUTE).toISOString() })
    await invited('billing', { scope: 'billing' })
    await mayaWrites('Hello')
    await act(paused, 'pause')
    await later()
    expect(await mailRows()).toBe(1)
    for (const name of ['paused', 'expired', 'billing'])
      expect(await to(`${name}@client.example`), name).toEqual([])
  })

  it('who has turned it off', async () => {
    const person = { kind: 'person', userId: maya.userId, name: '', email: '' } as const
    const off = await changeNotify(
      { ...studio.ctx(), actor: person },
      { membership: maya.id, notify: 'no' },
    )
    expect(off.ok).toBe(true)
    const colleague = await studio.member('member')
    await write('Hello')
    await later()
    expect(await mayas()).toEqual([])
    expect(await to(colleague.email)).toHaveLength(1)
  })

  it('about a portal that was archived or deleted meanwhile', async () => {
    await write('Hello')
    await mayaWrites('Hello')
    await write('Hello again')
    await archivePortal(studio.ctx(), portal)
    await later()
    expect(await mailRows()).toBe(0)
    expect(await jobs()).toBe(0)
    await world.form(`/dashboard/${studio.slug}/portals/${portal}/restore`, {}, maya.cookie)
    await write('Hello')
    await archivePortal(studio.ctx(), portal)
    expect((await deletePortal(studio.ctx(), portal)).ok).toBe(true)
    await later()
    expect(await mailRows()).toBe(0)
    expect(await value(`select count(*) from job where kind = 'messages.notify'`)).toBe(0)
  })

  it('about what was put away', async () => {
    await mayaWrites('A slip of the pen')
    await mayaWrites('Proper words')
    const { items } = await thread()
    await archiveMessage(studio.ctx(), { portal, message: items[1]?.id ?? '' })
    await later()
    const [mail] = await hersOnes()
    expect(mail?.text).not.toContain('slip')
    expect(mail?.text).toContain('Proper words')
    await mayaWrites('Another slip')
    const { items: now } = await thread()
    await archiveMessage(studio.ctx(), { portal, message: now[0]?.id ?? '' })
    await later()
    expect(await hersOnes()).toHaveLength(1)
  })

  it('about what was there before they were', async () => {
    await mayaWrites('Between us')
    pass(MINUTE)
    await create({ contact: { name: 'Late', email: 'late@client.example' }, send: false })
    await later()
    expect(await to('late@client.example')).toEqual([])
    await mayaWrites('Welcome')
    await later()
    const [mail] = await to('late@client.example')
    expect(mail?.text).toContain('Welcome')
    expect(mail?.text).not.toContain('Between us')
  })
})

describe('a mail that could not leave at once', () => {
  const stuck = async () => {
    world.mailServerIs('down')
    await mayaWrites('Hello')
    await later()
    expect(await value(`select state from email where kind = 'messages'`)).toBe('queued')
    world.mailServerIs('up')
  }
  const dropped = async () => {
    await later(DAY)
    expect(await hersOnes()).toEqual([])
    expect(await mailRows()).toBe(0)
    expect(await jobs()).toBe(0)
  }

  it('is sent when it can', async () => {
    await stuck()
    await later(HOUR)
    expect(await hersOnes()).toHaveLength(1)
  })

  it('is dropped when it was read meanwhile', async () => {
    await stuck()
    await looks()
    await dropped()
  })

  it('is dropped when its link was paused, narrowed or deleted', async () => {
    await stuck()
    await world.env.DB.prepare(`update link set scope = 'billing' where id = ?`).bind(jane.id).run()
    await dropped()
    await world.env.DB.prepare(`update link set scope = 'all' where id = ?`).bind(jane.id).run()
    await stuck()
    await act(jane, 'pause')
    await dropped()
    await act(jane, 'resume')
    await stuck()
    await world.env.DB.prepare('delete from contact').run()
    await dropped()
  })
})

describe('the job', () => {
  const notify = async () => {
    const { db } = studio.ctx()
    const [row] = await db.select().from(job)
    if (!row) throw new Error('No job waits.')
    const ctx = { ...studio.ctx(), actor: { kind: 'cron' } as const }
    return { row, ctx, outcome: await notifyOfNews(ctx, row) }
  }

  it('run twice at the same time mails once', async () => {
    await mayaWrites('Hello')
    pass(6 * MINUTE)
    const [one, other] = [await notify(), await notify()]
    const results = [
      await commit(one.ctx, one.outcome.write ?? []),
      await commit(other.ctx, other.outcome.write ?? []),
    ]
    expect(results.map(({ ok }) => ok)).toEqual([true, false])
    await Promise.all([world.minute(), world.minute()])
    await later()
    expect(await hersOnes()).toHaveLength(1)
    expect(await jobs()).toBe(0)
  })

  it('that ended between looking and writing does it all again', async () => {
    await mayaWrites('Hello')
    pass(6 * MINUTE)
    const { row } = await notify()
    // Claimed, and its runner is gone.
    await world.env.DB.prepare(
      'update job set attempts = 1, next_at = ?1, held_until = ?1 where id = ?2',
    )
      .bind(Date.now() + 5 * MINUTE, row.id)
      .run()
    await world.minute()
    expect(await hersOnes()).toEqual([])
    await later()
    expect(await hersOnes()).toHaveLength(1)
    expect(await jobs()).toBe(0)
  })

  it('runs once more for a message that came while it ran', async () => {
    await mayaWrites('Early words')
    pass(6 * MINUTE)
    const { row, ctx, outcome } = await notify()
    await world.env.DB.prepare(
      'update job set attempts = 1, next_at = ?1, held_until = ?1 where id = ?2',
    )
      .bind(Date.now() + 5 * MINUTE, row.id)
      .run()
    await mayaWrites('Words in between')
    await commit(ctx, outcome.write ?? [])
    // As its runner would settle it: the attempt is no longer the newest, so nothing is deleted.
    await world.env.DB.prepare('delete from job where id = ? and attempts = 1').bind(row.id).run()
    await world.minute()
    expect(await hersOnes()).toHaveLength(1)
    await later()
    const mails = await hersOnes()
    expect(mails).toHaveLength(2)
    expect(mails.filter(({ text }) => text.includes('Words in between'))).toHaveLength(1)
    expect(await jobs()).toBe(0)
  })

  it('is not put off for ever by those who go on writing', async () => {
    await mayaWrites('Hello')
    const due = () => value<number>(`select next_at from job where kind = 'messages.notify'`)
    const first = await due()
    for (let n = 0; n < 4; n++) {
      pass(MINUTE)
      await mayaWrites(`And ${n}`)
    }
    expect(await due()).toBe(first)
    // Neither when it failed before and waits for another try.
    await world.env.DB.prepare(
      `update job set attempts = 3, held_until = null, error = 'x', next_at = ?`,
    )
      .bind(Date.now() + MINUTE)
      .run()
    await mayaWrites('And on')
    expect(await due()).toBe(Date.now() + MINUTE)
  })
})

it('makes hostile names and words harmless in every part of the mail', async () => {
  const hostile = '<b>Eve</b>"&\'\r\nBcc: everybody@example.com'
  const words = '<img src=x onerror=alert(1)>\n-- \nRead and answer:\nhttps://evil.example/'
  await world.env.DB.prepare('update contact set name = ?').bind(hostile).run()
  await world.env.DB.prepare('update portal set project = ?').bind(hostile).run()
  await write(words)
  await later()
  const [mail] = await mayas()
  expect(mail?.subject).not.toMatch(/[\r\n]/)
  expect(mail?.subject).toContain('<b>Eve</b>')
  expect(mail?.html).not.toMatch(/<img src=x|<b>Eve/)
  expect(mail?.text).toContain('> Read and answer:\n> https://evil.example/')
  expect(mail?.text).not.toMatch(/^https:\/\/evil/m)
  await answer(words)
  await later()
  const [hersOne] = await hersOnes()
  expect(hersOne?.subject).not.toMatch(/[\r\n]/)
  expect(hersOne?.html).not.toMatch(/<img src=x|<b>Eve/)
  expect(hersOne?.text).toContain('> <img src=x onerror=alert(1)>')
})

it('quotes the first five and says that there is more', async () => {
  for (let n = 1; n <= 7; n++) await mayaWrites(`Words ${n}.`)
  await mayaWrites('x'.repeat(5000))
  await later()
  const [mail] = await hersOnes()
  expect(mail?.text.match(/Words \d\./g)).toHaveLength(5)
  expect(mail?.text).toContain('There is more in the portal.')
  expect(mail?.html.length).toBeLessThan(40_000)
})

it('mails nobody who has two portals about the wrong one', async () => {
  const other = await create({ contact: { name: 'Bo', email: 'bo@client.example' }, send: false })
  await write('Hello', token(other.url))
  await later()
  expect(await to('bo@client.example')).toEqual([])
  expect(await hersOnes()).toEqual([])
  expect(await mayas()).toHaveLength(1)
})

const paths = (of: string) => `/portal/${of}`
