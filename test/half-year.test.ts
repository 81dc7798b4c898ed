import { env } from 'cloudflare:workers'
import { and, eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import type { TenantCtx } from '../src/ctx.ts'
import { payment } from '../src/db/schema/invoices.ts'
import { contact as contacts, link } from '../src/db/schema/links.ts'
import { organization, type ReminderSchedule } from '../src/db/schema/organizations.ts'
import { createDraft } from '../src/features/invoices/draft.ts'
import { issueInvoice } from '../src/features/invoices/issue.ts'
import { recordPayment } from '../src/features/invoices/payments.ts'
import { settle } from '../src/features/invoices/settle.ts'
import { voidInvoice } from '../src/features/invoices/void.ts'
import { createLink } from '../src/features/links/actions.ts'
import { createPortal } from '../src/features/portals/actions.ts'
import { answerInvoice, clearAnswer } from '../src/features/reminders/answer.ts'
import type { AnswerInvoice } from '../src/features/reminders/input.ts'
import { pauseReminders, resumeReminders } from '../src/features/reminders/pause.ts'
import { runJobs } from '../src/jobs.ts'
import { addDays, dayOf } from '../src/lib/day.ts'
import { newId } from '../src/lib/id.ts'
import { run } from './harness/history.ts'
import { quarter } from './harness/sweep-scene.ts'
import { World } from './harness/world.ts'

/** Every mail of half a year about invoices: when by the organisation's clock, to whom, and its subject. */
const expected = `
Oslo      2026-07-12 09:00  bill   INV-2026-001 is due on 15 Jul 2026
Oslo      2026-07-15 09:00  bill   INV-2026-001 is due today
Kathmandu 2026-08-07 09:00  dead   INV-2026-001 is due on 10 Aug 2026
Kathmandu 2026-08-13 09:00  maya   INV-2026-001 was due on 10 Aug 2026
Oslo      2026-08-14 09:00  bill   INV-2026-002 is due on 17 Aug 2026
Oslo      2026-08-16 12:00  owner  Bill will pay INV-2026-002 on 25 Aug 2026 · Website
Kathmandu 2026-08-17 09:00  maya   INV-2026-001 was due on 10 Aug 2026
Kathmandu 2026-08-24 09:00  maya   INV-2026-001 was due on 10 Aug 2026
Oslo      2026-08-26 09:00  bill   INV-2026-002 was due on 17 Aug 2026
Oslo      2026-08-31 09:00  bill   INV-2026-002 was due on 17 Aug 2026
New_York  2026-09-01 08:00  ann    INV-2026-001 is due today
New_York  2026-09-06 08:00  ann    INV-2026-001 was due on 1 Sept 2026
Kathmandu 2026-09-17 09:00  maya   INV-2026-002 is due on 20 Sept 2026
Kathmandu 2026-09-23 09:00  maya   INV-2026-002 was due on 20 Sept 2026
Oslo      2026-10-16 09:00  bill   INV-2026-003 is due on 19 Oct 2026
Oslo      2026-10-19 09:00  bill   INV-2026-003 is due today
Oslo      2026-10-20 12:00  owner  Bill says there is a problem with INV-2026-003 · Website
Oslo      2026-10-26 09:00  bill   INV-2026-003 was due on 19 Oct 2026
Oslo      2026-11-02 09:00  bill   INV-2026-003 was due on 19 Oct 2026
New_York  2026-11-03 08:00  ann    INV-2026-002 is due today
New_York  2026-11-10 13:00  ann    INV-2026-002 was due on 3 Nov 2026
Oslo      2026-12-07 09:00  bill   INV-2026-004 was due on 4 Dec 2026
Oslo      2026-12-11 09:00  bill   INV-2026-004 was due on 4 Dec 2026
`

const FIRST = '2026-07-01'
const LAST = '2026-12-31'
/** When the cron runs, of all its quarters of an hour: around each hour that matters somewhere. */
const ticks = ['03:00', '03:15', '06:45', '07:00', '08:00', '12:00', '13:00', '18:00']
/** It stood still from here to there. */
const still = ['2026-11-07T00:00Z', '2026-11-10T18:00Z'] as const

const at = (day: string, time = '10:00') => Date.parse(`${day}T${time}Z`)

/** An organisation in a zone with one portal, and what happens there. */
async function studio(world: World, zone: string, schedule: ReminderSchedule | null = null) {
  const tenant = await world.organization(zone.toLowerCase().replace(/^.*\//, ''))
  tenant.facts.timeZone = zone
  const { db } = world.ctx()
  const set = { timeZone: zone, reminders: schedule }
  await db.update(organization).set(set).where(eq(organization.id, tenant.facts.id))
  const ctx = (now: number) => tenant.ctx('owner', now)
  const owner = await tenant.member('owner')
  let portal = ''
  const known = new Map<string, TenantCtx['actor']>()

  /** Somebody who gets a link, by their first name. */
  async function invited(name: string, scope: 'all' | 'billing', now: number) {
    const contact = { name, email: `${name.toLowerCase()}@client.example` }
    if (portal === '') {
      const facts = { project: 'Website', client: 'Halcyon Coffee', currency: 'EUR' }
      const opened = await createPortal(ctx(now), { ...facts, contact, send: false })
      if (!opened.ok) throw new Error('No portal was opened.')
      portal = opened.value.portal.id
    } else {
      const more = { expiresAt: null, send: false }
      await createLink(ctx(now), { portal, contact, scope, ...more })
    }
    const [made] = await db
      .select({ linkId: link.id, id: contacts.id })
      .from(link)
      .innerJoin(contacts, eq(contacts.id, link.contactId))
      .where(and(eq(link.portalId, portal), eq(contacts.email, contact.email)))
    if (!made) throw new Error(`${name} has no link.`)
    known.set(name, { kind: 'contact', ...made, portalId: portal, name, scope })
  }

  async function issued(dueOn: string, now: number) {
    const lines = [{ description: 'Work', quantity: '1', unitAmount: 10_000, taxRate: null }]
    const draft = await createDraft(ctx(now), { portal, lines, dueOn })
    if (!draft.ok) throw new Error('Nothing was drafted.')
    const path = { portal, invoice: draft.value.id }
    const done = await issueInvoice(ctx(now), path)
    if (!done.ok) throw new Error('Nothing was issued.')
    return path
  }

  const paid = (path: { portal: string; invoice: string }, amount: number, now: number) =>
    recordPayment(ctx(now), path, {
      amount,
      method: 'bank',
      receivedOn: dayOf(now, zone),
      note: '',
    })

  const says = (name: string, invoice: string, answer: AnswerInvoice, now: number) => {
    const actor = known.get(name)
    if (!actor) throw new Error(`${name} is nobody.`)
    return answerInvoice({ ...ctx(now), actor }, invoice, answer)
  }

  return { tenant, zone, owner, ctx, invited, issued, paid, says }
}

it('mails what a list written by hand says, day by day for half a year in three zones', async () => {
  const world = new World()
  const oslo = await studio(world, 'Europe/Oslo')
  const york = await studio(world, 'America/New_York', { on: true, days: [0, 5], hour: 8 })
  const kathmandu = await studio(world, 'Asia/Kathmandu')
  const start = at(FIRST, '01:00')
  await oslo.invited('Jane', 'all', start)
  await oslo.invited('Bill', 'billing', start)
  await york.invited('Ann', 'all', start)
  await kathmandu.invited('Dead', 'all', start)

  let path = { portal: '', invoice: '' }
  let flying = { portal: '', invoice: '' }
  const debit = newId(start)
  const events: [number, (now: number) => Promise<unknown>][] = [
    // Paid the day after it was due.
    [at(FIRST), async (now) => (path = await oslo.issued('2026-07-15', now))],
    [at('2026-07-16'), (now) => oslo.paid(path, 10_000, now)],
    // A promise that is broken, and kept late.
    [at('2026-08-03'), async (now) => (path = await oslo.issued('2026-08-17', now))],
    [
      at('2026-08-16'),
      (now) => oslo.says('Bill', path.invoice, { kind: 'will-pay', on: '2026-08-25' }, now),
    ],
    [at('2026-09-10'), (now) => oslo.paid(path, 10_000, now)],
    // A problem that is seen to; then the invoice is void.
    [at('2026-10-05'), async (now) => (path = await oslo.issued('2026-10-19', now))],
    [
      at('2026-10-20'),
      (now) => oslo.says('Bill', path.invoice, { kind: 'problem', note: 'Too much' }, now),
    ],
    [at('2026-10-24'), (now) => clearAnswer(oslo.ctx(now), path)],
    [at('2026-11-05'), (now) => voidInvoice(oslo.ctx(now), path, { reason: 'Agreed' })],
    // Paused and resumed; paid in two parts.
    [at('2026-11-20'), async (now) => (path = await oslo.issued('2026-12-04', now))],
    [at('2026-11-25'), (now) => pauseReminders(oslo.ctx(now), path)],
    [at('2026-12-05'), (now) => resumeReminders(oslo.ctx(now), path)],
    [at('2026-12-08'), (now) => oslo.paid(path, 4_000, now)],
    [at('2026-12-12'), (now) => oslo.paid(path, 6_000, now)],

    // Never paid; and one whose reminder fell into the days without a cron.
    [at('2026-08-10', '11:00'), (now) => york.issued('2026-09-01', now)],
    [at('2026-10-06', '11:00'), (now) => york.issued('2026-11-03', now)],

    // The address bounces, so nobody is reminded until somebody else is invited.
    [at('2026-07-20'), (now) => kathmandu.issued('2026-08-10', now)],
    [
      at('2026-08-07', '04:00'),
      async () => {
        const [mail] = await world.mails('dead@client.example')
        if (mail) await world.report(mail, 'bounce')
      },
    ],
    [at('2026-08-12'), (now) => kathmandu.invited('Maya', 'all', now)],
    // A debit that is on its way when it falls due, and fails.
    [at('2026-09-01'), async (now) => (flying = await kathmandu.issued('2026-09-20', now))],
    [
      at('2026-09-19'),
      async (now) => {
        await world.ctx().db.insert(payment).values({
          id: debit,
          organizationId: kathmandu.tenant.facts.id,
          portalId: flying.portal,
          invoiceId: flying.invoice,
          kind: 'payment',
          method: 'stripe',
          currency: 'EUR',
          amount: 10_000,
          state: 'pending',
          receivedOn: '2026-09-19',
          by: '',
          createdAt: now,
        })
        await run(settle(flying.invoice))
      },
    ],
    [
      at('2026-09-22'),
      async () => {
        await env.DB.prepare(`update payment set state = 'failed' where id = ?`).bind(debit).run()
        await run(settle(flying.invoice))
      },
    ],
    [at('2026-09-25'), (now) => kathmandu.paid(flying, 10_000, now)],
  ]

  const steps: [number, ((now: number) => Promise<unknown>) | undefined][] = [...events]
  for (let day = FIRST; day <= LAST; day = addDays(day, 1)) {
    for (const time of ticks) {
      const now = at(day, time)
      const ran = now < Date.parse(still[0]) || now >= Date.parse(still[1])
      if (ran) steps.push([now, undefined])
    }
  }
  // What happens at an instant comes before the cron of it.
  steps.sort(([one, first], [other]) => one - other || (first ? -1 : 1))

  const said: string[] = []
  const seen = new Set<string>()
  const named = (to: string) =>
    to.endsWith('@client.example') ? to.slice(0, to.indexOf('@')) : 'owner'
  for (const [now, event] of steps) {
    if (event) await event(now)
    else await quarter(world, now)
    // Papers have tests of their own, and are slow to make.
    if (event) await env.DB.exec(`delete from job where kind = 'document.make'`)
    if ((await runJobs(world.env, now, 100, { cron: '* * * * *' })) === 0) continue
    for (const mail of (await world.mails()).toReversed()) {
      if (seen.has(mail.id)) continue
      seen.add(mail.id)
      // What is mailed beside them has tests of its own.
      if (/^(?:Invoice|Receipt for) INV-/.test(mail.subject)) continue
      const where =
        [oslo, york, kathmandu].find(
          ({ owner, tenant }) => owner.email === mail.to || mail.fromName === tenant.facts.name,
        ) ?? oslo
      const local = new Intl.DateTimeFormat('sv-SE', {
        timeZone: where.zone,
        dateStyle: 'short',
        timeStyle: 'short',
      }).format(now)
      const zone = where.zone.replace(/^.*\//, '')
      said.push(`${zone.padEnd(9)} ${local}  ${named(mail.to).padEnd(6)} ${mail.subject}`)
    }
  }
  expect(said.join('\n')).toBe(expected.trim())
}, 60_000)
