import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { organization, type LateFee } from '../src/db/schema/organizations.ts'
import { reversePayment } from '../src/features/invoices/payments.ts'
import { draftLateFees } from '../src/features/reminders/late-fees.ts'
import { changeSchedule } from '../src/features/reminders/settings.ts'
import { remindNow } from '../src/features/reminders/remind.ts'
import { sweepInvoices } from '../src/features/reminders/sweep.ts'
import { runJobs } from '../src/jobs.ts'
import { addDays, dayOf } from '../src/lib/day.ts'
import { paths } from '../src/paths.ts'
import {
  act,
  amounting,
  draft,
  issued,
  key,
  openInvoiceScene,
  pay,
  portal,
  read,
  refused,
  studio,
  world,
  type InvoiceJson,
} from './harness/invoice-scene.ts'
import { create, token } from './harness/link-scene.ts'
import { counted, cronCtx } from './harness/sweep-scene.ts'

const FIRST = 'first@client.example'
const today = () => dayOf(Date.now(), studio.facts.timeZone)

interface Reminded extends InvoiceJson {
  reminders: { nextOn: string | null; pausedAt: string | null }
  answer: { kind: string; on?: string } | null
  overdueSince: string | null
  lateFee: string | null
}

const shown = async (id: string) => (await read(id)) as Reminded
const due = (days: number, over: object = {}) =>
  issued({ ...amounting(12_000), dueOn: addDays(today(), days), ...over })

/** The cron's run some days from now, at noon there, with the mails that come of it. */
async function later(days: number): Promise<void> {
  const now = Date.parse(`${addDays(today(), days)}T12:00:00Z`)
  await sweepInvoices(cronCtx(world, now))
  await draftLateFees(cronCtx(world, now))
  await env.DB.exec(`delete from job where kind = 'document.make'`)
  await runJobs(world.env, now, 100, { cron: '* * * * *' })
}

/** What is mailed beside reminders has tests of its own. */
const isOther = (subject: string) => /^(?:Invoice|Receipt for) INV-/.test(subject)

const subjects = async (to = FIRST) =>
  (await world.mails(to))
    .map(({ subject }) => subject)
    .filter((subject) => !isOther(subject))
    .toReversed()

let link = ''
let cookie = ''

beforeEach(async () => {
  await openInvoiceScene()
  const made = await create({ contact: { name: 'First', email: FIRST }, send: false })
  link = token(made.url)
  cookie = ''
})

const signedIn = async () => (cookie ||= (await studio.person('owner')).cookie)

const answer = (id: string, body: object, by = link) =>
  world.request(paths.api.clientInvoiceAnswer(by, id), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

describe('a client who answers', () => {
  it('is waited for until the day they said, and reminded the day after', async () => {
    const { id, number } = await due(2)
    const on = addDays(today(), 6)
    expect((await answer(id, { kind: 'will-pay', on })).status).toBe(200)
    expect(await shown(id)).toMatchObject({
      answer: { kind: 'will-pay', on },
      reminders: { nextOn: addDays(on, 1) },
    })
    for (const days of [2, 5, 6]) await later(days)
    expect(await subjects()).toEqual([])
    await later(7)
    expect(await subjects()).toEqual([expect.stringMatching(new RegExp(`^${number} was due on`))])
  })

  it('says it once, however often they click, and the team hears it once', async () => {
    await studio.person('owner')
    const { id } = await due(2)
    const problem = { kind: 'problem', note: 'We agreed on <b>half</b>\nin May' }
    const all = await Promise.all([answer(id, problem), answer(id, problem), answer(id, problem)])
    expect(all.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(await counted(`activity where kind = 'invoice.problem'`)).toBe(1)
    expect(await counted(`email where kind = 'invoice-answer'`)).toBe(1)
    for (const days of [2, 5, 9]) await later(days)
    expect(await subjects()).toEqual([])

    const page = paths.invoice(studio.slug, portal, id)
    const html = await (await world.request(page, { headers: { cookie: await signedIn() } })).text()
    expect(html).toContain('We agreed on &lt;b&gt;half&lt;/b&gt;<br/>in May')
    await act(id, 'clear-answer')
    expect(await shown(id)).toMatchObject({ answer: null })
    await later(9)
    expect(await subjects()).toHaveLength(1)
  })

  it('can’t name a day that is over or far off, and hears so at the field of the form', async () => {
    const { id } = await due(2)
    for (const on of [addDays(today(), -1), addDays(today(), 61), '2026-02-30', '', 'soon']) {
      expect((await answer(id, { kind: 'will-pay', on })).status, on).toBe(422)
    }
    expect((await answer(id, { kind: 'problem', note: ' ' })).status).toBe(422)
    expect((await answer(id, { kind: 'refuse' })).status).toBe(422)
    const form = await world.form(paths.clientInvoiceAnswer(link, id), {
      kind: 'will-pay',
      on: addDays(today(), 61),
    })
    expect(form.status).toBe(422)
    const html = await form.text()
    expect(html).toContain('Choose a day within the next 60 days.')
    expect(html).toContain(`value="${addDays(today(), 61)}"`)
    expect(await shown(id)).toMatchObject({ answer: null })
  })

  it('answers nothing that is paid, a draft, or of another portal', async () => {
    const problem = { kind: 'problem', note: 'No' }
    const paid = await due(2)
    await pay(paid.id, 12_000)
    expect((await answer(paid.id, problem)).status).toBe(409)
    const form = await world.form(paths.clientInvoiceAnswer(link, paid.id), problem)
    expect(form.status).toBe(409)
    expect((await answer((await draft()).id, problem)).status).toBe(404)
    expect(await counted(`activity where kind = 'invoice.problem'`)).toBe(0)
  })

  it('is taken at their word no longer than until money comes', async () => {
    const { id } = await due(2)
    await answer(id, { kind: 'will-pay', on: addDays(today(), 30) })
    await pay(id, 2_000, { receivedOn: today() })
    expect(await shown(id)).toMatchObject({
      answer: null,
      balance: 10_000,
      reminders: { nextOn: addDays(today(), 2) },
    })
    await answer(id, { kind: 'problem', note: 'The rest is wrong' })
    await pay(id, 1_000)
    expect(await shown(id)).toMatchObject({ answer: { kind: 'problem' } })
    await pay(id, 9_000)
    expect(await shown(id)).toMatchObject({ answer: null, reminders: { nextOn: null } })
  })
})

describe('money that came', () => {
  it('some days ago is no reason to be reminded today', async () => {
    const { id } = await due(-8)
    await answer(id, { kind: 'will-pay', on: addDays(today(), 10) })
    await pay(id, 2_000, { receivedOn: addDays(today(), -7) })
    expect((await shown(id)).reminders.nextOn).toBe(addDays(today(), 6))
    await later(0)
    expect(await subjects()).toEqual([])
  })

  it('and went back long after has nobody told that it slipped by', async () => {
    const { id } = await due(4)
    const { id: payment } = await pay(id, 12_000)
    const then = Date.parse(`${addDays(today(), 9)}T10:00:00Z`)
    const path = { portal, invoice: id, payment }
    expect((await reversePayment(studio.ctx('owner', then), path, { note: '' })).ok).toBe(true)
    await later(9)
    expect(await subjects()).toEqual([])
    expect(await shown(id)).toMatchObject({ reminders: { nextOn: addDays(today(), 11) } })
  })
})

describe('a reminder by hand', () => {
  it('goes out once an hour, whoever clicks how often', async () => {
    const { id } = await due(20)
    const path = { portal, invoice: id }
    const now = Date.now()
    const three = await Promise.all(
      [0, 0, 1].map((ms) => remindNow(studio.ctx('member', now + ms), path)),
    )
    expect(three.map(({ ok }) => ok)).toEqual([true, true, true])
    const soon = await remindNow(studio.ctx('member', now + 1_800_000), path)
    expect(soon).toMatchObject({ ok: false, failure: { kind: 'limited', retryAfter: 1800 } })
    expect(await counted(`email where kind = 'reminder'`)).toBe(1)
    expect(await counted(`activity where kind = 'invoice.reminded'`)).toBe(1)
    expect((await remindNow(studio.ctx('member', now + 3_600_002), path)).ok).toBe(true)
    expect(await counted(`email where kind = 'reminder'`)).toBe(2)
  })

  it('says what stands, in plain words, with a way to answer', async () => {
    const { id, number } = await due(20)
    await act(id, 'remind')
    await later(0)
    const [mail] = await world.mails(FIRST)
    expect(mail?.subject).toMatch(new RegExp(`^${number} is due on`))
    expect(mail?.text).toContain('Hello First,')
    expect(mail?.text).toContain('€120.00 for Website relaunch is due on')
    const [, later_] = /Say when you will pay:\n(\S+)/.exec(mail?.text ?? '') ?? []
    const opened = await world.request(new URL(later_ ?? '').pathname)
    expect(opened.status).toBe(200)
    expect(await opened.text()).toContain('I’ll pay on')
    // Whatever opens the address of itself has answered nothing.
    expect(await shown(id)).toMatchObject({ answer: null })
  })

  it('never leaves once it was paid, even when it was written before', async () => {
    const { id } = await due(20)
    world.mailServerIs('down')
    await act(id, 'remind')
    await pay(id, 12_000)
    world.mailServerIs('up')
    await later(1)
    expect(await subjects()).toEqual([])
    expect(await refused('POST', paths.api.invoiceAction(portal, id, 'remind'))).toBe(409)
  })

  it('says when there is nobody to remind', async () => {
    const { id } = await due(20)
    await env.DB.exec('update link set paused_at = 1')
    expect(await refused('POST', paths.api.invoiceAction(portal, id, 'remind'))).toBe(409)
  })
})

describe('one at a time', () => {
  it('leaves out what the schedule says on a day on which somebody sent one', async () => {
    const { id, number } = await due(3)
    const early = studio.ctx('member', Date.parse(`${addDays(today(), 3)}T05:00:00Z`))
    expect((await remindNow(early, { portal, invoice: id })).ok).toBe(true)
    await later(3)
    expect(await subjects()).toEqual([`${number} is due today`])
    await later(6)
    expect(await subjects()).toHaveLength(2)
  })

  it('is mailed after a time in which none could be, and the last of them', async () => {
    await world.ctx().db.update(organization).set({ reminders: daily })
    const { id } = await due(1)
    world.mailServerIs('down')
    for (const days of [1, 2, 3]) await later(days)
    world.mailServerIs('up')
    const evening = Date.parse(`${addDays(today(), 3)}T20:00:00Z`)
    await runJobs(world.env, evening, 100, { cron: '* * * * *' })
    expect(await subjects()).toEqual([expect.stringContaining('was due on')])
    expect((await shown(id)).reminders.nextOn).toBe(addDays(today(), 4))
  })

  it('goes to an address that bounced when somebody sends that one again', async () => {
    const { id } = await due(20)
    await act(id, 'remind')
    const [mail] = await world.mails(FIRST)
    if (mail) await world.report(mail, 'bounce')
    const written = await env.DB.prepare(`select id from email where kind = 'reminder'`).first('id')
    const again = await world.api('POST', paths.api.retryEmail(String(written)), key)
    expect(again.status).toBe(200)
    expect(await subjects()).toHaveLength(2)
  })
})

const daily = { on: true, days: [0, 1, 2, 3], hour: 9 }

describe('the settings', () => {
  const save = async (values: Record<string, string>) =>
    world.form(paths.reminderSettings(studio.slug), values, await signedIn())
  const page = async () => {
    const path = paths.reminderSettings(studio.slug)
    return (await world.request(path, { headers: { cookie: await signedIn() } })).text()
  }
  const texts = (over: Record<string, string> = {}) => ({
    part: 'texts',
    'before.subject': 'Soon: {number}',
    'before.body': 'Dear {contact}\n\n<i>{amount}</i>',
    'due.subject': 'Today: {number}',
    'due.body': 'Today',
    'after.subject': 'Late: {number}',
    'after.body': 'Late by {days}',
    ...over,
  })

  it('have open invoices take up a new schedule, and leave promises alone', async () => {
    const [one, other] = [await due(2), await due(5)]
    await answer(other.id, { kind: 'will-pay', on: addDays(today(), 9) })
    const saved = await save({ part: 'schedule', on: 'yes', days: '10, −1; 1', hour: '6' })
    expect(saved.status).toBe(303)
    await later(0)
    expect((await shown(one.id)).reminders.nextOn).toBe(addDays(today(), 1))
    expect((await shown(other.id)).reminders.nextOn).toBe(addDays(today(), 10))
    await save({ part: 'schedule', days: '10, 1, -1', hour: '6' })
    await later(0)
    expect((await shown(one.id)).reminders.nextOn).toBeNull()
    expect((await due(9)).id && (await counted('invoice where remind_on is not null'))).toBe(0)
  })

  it('come back to what was promised while they were off', async () => {
    const [before, during] = [await due(2), await due(2)]
    const says = (id: string, days: number) =>
      answer(id, { kind: 'will-pay', on: addDays(today(), days) })
    await says(before.id, 6)
    await save({ part: 'schedule', days: '0', hour: '9' })
    await says(during.id, 8)
    await later(0)
    await save({ part: 'schedule', on: 'yes', days: '0', hour: '9' })
    await later(0)
    expect((await shown(before.id)).reminders.nextOn).toBe(addDays(today(), 7))
    expect((await shown(during.id)).reminders.nextOn).toBe(addDays(today(), 9))
  })

  it('changed the morning after leave who did not pay reminded that day', async () => {
    const { id } = await due(2)
    await answer(id, { kind: 'will-pay', on: addDays(today(), 6) })
    // In the small hours, before anybody is reminded.
    const early = Date.parse(`${addDays(today(), 7)}T04:00:00Z`)
    const ctx = studio.ctx('owner', early)
    expect((await changeSchedule(ctx, { on: true, days: [0], hour: 8 })).ok).toBe(true)
    await runJobs(world.env, early, 100, { cron: '* * * * *' })
    expect((await shown(id)).reminders.nextOn).toBe(addDays(today(), 7))
  })

  it.each([
    [{ days: '3 days' }, 'Whole days from the due day'],
    [{ days: '91' }, 'Whole days from the due day'],
    [{ days: '' }, 'Give at least one day'],
    [{ days: '1,2,3,4,5,6,7,8,9,10,11' }, 'At most 10 reminders'],
    [{ hour: '24' }, 'The hour is a whole number'],
  ])('refuse a schedule of %o at its field', async (over, words) => {
    const back = await save({ part: 'schedule', on: 'yes', days: '0', hour: '9', ...over })
    expect(back.status).toBe(422)
    expect(await back.text()).toContain(words)
  })

  it('keep texts that fill what is named, and no pattern of somebody’s words', async () => {
    expect((await save(texts())).status).toBe(303)
    const html = await page()
    expect(html).toContain('&lt;i&gt;€1,240.00&lt;/i&gt;')
    const { id, number } = await due(20)
    await act(id, 'remind')
    await later(0)
    const [mail] = await world.mails(FIRST)
    expect(mail?.subject).toBe(`Soon: ${number}`)
    expect(mail?.html).toContain('&lt;i&gt;€120.00&lt;/i&gt;')
  })

  it('refuse a name that nothing stands for, at its field, and show a preview without keeping it', async () => {
    const back = await save(texts({ 'after.body': 'Pay {amount} {or else}' }))
    expect(back.status).toBe(422)
    const html = await back.text()
    expect(html).toContain('Nothing stands for {or else}.')
    expect(html).toMatch(/id="field-after-body"[^>]*aria-invalid="true"/)
    expect((await save(texts({ preview: 'yes' }))).status).toBe(200)
    const [row] = await world
      .ctx()
      .db.select({ texts: organization.reminderTexts })
      .from(organization)
    expect(row?.texts).toBeNull()
  })

  it('don’t write over what somebody else saved meanwhile', async () => {
    const [, mark = ''] = /name="mark" value="([^"]*)"/.exec(await page()) ?? []
    await save({ part: 'schedule', on: 'yes', days: '5', hour: '9', mark })
    const back = await save({ part: 'schedule', on: 'yes', days: '6', hour: '9', mark })
    expect(back.status).toBe(409)
    expect(await back.text()).toContain('Somebody else saved this')
  })

  it('take a fee as it is typed', async () => {
    const fee = { part: 'fee', percent: '', amount: '', afterDays: '10' }
    expect((await save({ ...fee, kind: 'percent', percent: '101' })).status).toBe(422)
    expect((await save({ ...fee, kind: 'amount', amount: '0' })).status).toBe(422)
    expect((await save({ ...fee, kind: 'amount', amount: '12.50' })).status).toBe(303)
    const [row] = await world.ctx().db.select({ fee: organization.lateFee }).from(organization)
    expect(row?.fee).toEqual({
      afterDays: 10,
      percent: null,
      amounts: { EUR: 1250 },
      since: today(),
    })
    expect((await save({ ...fee, kind: 'none' })).status).toBe(303)
  })
})

describe('a fee for paying late', () => {
  const charge = (lateFee: LateFee) => world.ctx().db.update(organization).set({ lateFee })
  const drafts = async () =>
    (
      await (
        await world.api('GET', `${paths.api.invoices}?status=draft`, key)
      ).json<{
        items: Reminded[]
      }>()
    ).items

  it('is drafted once, by however many runs, and asked of nobody until the team issues it', async () => {
    await charge({ afterDays: 3, percent: '2.5', amounts: null, since: today() })
    const { id, number } = await due(1)
    await later(3)
    expect(await drafts()).toEqual([])
    await Promise.all([later(4), later(4), later(4)])
    const [fee, ...others] = await drafts()
    expect(others).toEqual([])
    expect(fee).toMatchObject({ total: 300, lines: [{ description: `Late fee for ${number}` }] })
    expect(await shown(id)).toMatchObject({ balance: 12_000, lateFee: fee?.id })
    // A fee is asked for no fee, and one that was not wanted does not come back.
    await act(fee?.id ?? '', 'issue')
    await later(60)
    expect(await drafts()).toEqual([])
    expect(await counted(`activity where kind = 'invoice.late-fee'`)).toBe(1)
  })

  it('is drafted of no invoice from before it was set, nor while the client has a word', async () => {
    await charge({ afterDays: 1, percent: null, amounts: { EUR: 500 }, since: today() })
    await due(-5)
    const { id } = await due(1)
    await answer(id, { kind: 'problem', note: 'No' })
    await later(8)
    expect(await drafts()).toEqual([])
    await act(id, 'clear-answer')
    await later(8)
    expect(await drafts()).toMatchObject([{ total: 500 }])
  })
})

it('waits while an invoice or its portal is paused', async () => {
  const { id } = await due(4)
  await act(id, 'pause-reminders')
  await later(1)
  await act(id, 'resume-reminders')
  const of = (action: 'pause-reminders' | 'resume-reminders') =>
    world.api('POST', paths.api.portalAction(portal, action), key)
  await of('pause-reminders')
  await later(4)
  expect(await subjects()).toEqual([])
  await of('resume-reminders')
  await later(7)
  expect(await subjects()).toHaveLength(1)
})
