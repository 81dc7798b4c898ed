import { env } from 'cloudflare:workers'
import { beforeEach, expect, it, vi } from 'vitest'
import { paths } from '../src/paths.ts'
import {
  act,
  amounting,
  asked,
  draft,
  issued,
  openInvoiceScene,
  pay,
  portal,
  portalIn,
  refund,
  studio,
  world,
} from './harness/invoice-scene.ts'
import { withoutPapers } from './harness/no-jobs.ts'

// Money at a glance: each number leads to a list that comes to it.

let cookie: string

beforeEach(async () => {
  vi.setSystemTime(Date.parse('2026-11-10T12:00:00Z'))
  await openInvoiceScene()
  await withoutPapers(env.DB)
  cookie = (await studio.person('member')).cookie
})

async function page(path: string, as = cookie): Promise<string> {
  const answer = await world.request(path, { headers: { cookie: as } })
  expect(answer.status, path).toBe(200)
  return (await answer.text()).replaceAll('&amp;', '&')
}

const glance = () => page(paths.portals(studio.slug))

/** Where each number of the page leads that goes to a list of money, with what it says. */
const numbers = (html: string) =>
  [...html.matchAll(/<a(?: class="num")? href="([^"]+)"[^>]*>([^<]*\d[.,]\d\d[^<]*)<\/a>/g)].map(
    ([, href = '', text = '']) => ({ href, text }),
  )

const cents = (text: string): number =>
  Number(text.replaceAll(/[^\d-]/g, '')) * (text.includes('−') ? -1 : 1)

/** What the rows of a list come to: balances, or what came in. */
async function sumOf(href: string): Promise<number> {
  const html = await page(href)
  const column = href.includes('/received')
    ? /<td class="fit r num(?: red)?">([^<]+)<\/td>/g
    : /To pay <\/span>([^<]+)</g
  return [...html.matchAll(column)].reduce((sum, [, text = '']) => sum + cents(text), 0)
}

it('leads from every number to a list that comes to it, in each currency', async () => {
  const pounds = await portalIn('GBP')
  for (const [dueOn, amount] of [
    ['2026-11-10', 10_000],
    ['2026-11-09', 2_500],
    ['2026-10-10', 130],
    ['2026-08-12', 3],
    ['2026-08-11', 5],
  ] as const) {
    await issued({ ...amounting(amount), dueOn })
  }
  const part = await issued({ ...amounting(8_000), dueOn: '2026-12-24' })
  const came = await pay(part.id, 3_000, { receivedOn: '2026-11-01' })
  await refund(part.id, came.id, 500)
  const before = await issued({ ...amounting(900), dueOn: '2026-12-24' })
  await pay(before.id, 900, { receivedOn: '2026-10-31' })
  const gone = await issued({ ...amounting(77), dueOn: '2026-01-01' })
  await act(gone.id, 'void')
  const sketch = await draft({ ...amounting(4_000), dueOn: '2026-10-30' }, pounds)
  await asked('POST', paths.api.invoiceAction(pounds, sketch.id, 'issue'))

  const html = await glance()
  const found = numbers(html)
  const said = new Map(found.map(({ href, text }) => [href, cents(text)]))
  const list = paths.invoices(studio.slug)
  const open = `${list}?status=open&currency=`
  expect(said.get(`${open}EUR`)).toBe(18_138)
  expect(said.get(`${list}?status=overdue&currency=EUR`)).toBe(2_638)
  expect(said.get(`${open}EUR&age=current`)).toBe(15_500)
  expect(said.get(`${open}EUR&age=1-30`)).toBe(2_500)
  expect(said.get(`${open}EUR&age=31-60`)).toBe(130)
  expect(said.get(`${open}EUR&age=61-90`)).toBe(3)
  expect(said.get(`${open}EUR&age=over-90`)).toBe(5)
  expect(said.get(`${open}GBP`)).toBe(4_000)
  const received = paths.received(studio.slug)
  expect(said.get(`${received}?month=2026-11&currency=EUR`)).toBe(2_500)
  expect(said.get(`${received}?month=2026-10&currency=EUR`)).toBe(900)
  expect(said.get(`${received}?month=2025-12&currency=GBP`)).toBe(0)
  for (const [href, amount] of said) {
    if (/received.*(?:2026-0|2025-|GBP)/.test(href)) continue
    expect(await sumOf(href), href).toBe(amount)
  }
  // Nothing is ever added up across currencies.
  expect(html).not.toContain('221.38')
  expect(html).toContain('6 invoices, by age')
  expect(html).toContain('4 invoices, oldest 91 days')
})

it('says what needs somebody, each with its way there, and counts no further than a hundred', async () => {
  expect(await glance()).toContain('Nothing waits for you')
  await draft(amounting(1))
  const bad = await issued({ ...amounting(100), dueOn: '2026-12-01' })
  const late = await issued({ ...amounting(100), dueOn: '2026-11-01' })
  await env.DB.batch([
    env.DB.prepare('update invoice set problem_at = 1 where id = ?').bind(bad.id),
    env.DB.prepare('update portal set unread = 2 where id = ?').bind(portal),
    env.DB.prepare('update organization set unread_portals = 1 where id = ?').bind(studio.facts.id),
    env.DB.prepare(
      `insert into milestone (id, organization_id, portal_id, title, position, approval, created_at)
      values ('m', ?, ?, 'Design', 0, 'changes', 1)`,
    ).bind(studio.facts.id, portal),
    ...['early', 'currency'].map((reason) =>
      env.DB.prepare(
        `insert into unmatched (id, organization_id, kind, state, reason, currency, amount, at)
        values (?2, ?1, 'payment', 'succeeded', ?2, 'EUR', 1, 1)`,
      ).bind(studio.facts.id, reason),
    ),
    env.DB.prepare(
      `with recursive n(n) as (select 1 union all select n + 1 from n where n < 150)
      insert into email (id, organization_id, portal_id, kind, key, "to", state, data, state_at, created_at)
      select 'e' || n, ?, ?, 'link', 'k' || n, 'x@y.example', 'bounced', '{}', 1, 1 from n`,
    ).bind(studio.facts.id, portal),
  ])
  const html = (await glance()).replaceAll(/<\/?b[^>]*>/g, '')
  const { slug } = studio
  for (const [href, words] of [
    [`${paths.invoices(slug)}?status=overdue`, '1 overdue invoice'],
    [`${paths.invoices(slug)}?status=problem`, '1 invoice with a problem'],
    [paths.paymentSettings(slug), '1 payment without an invoice'],
    [`${paths.inbox(slug)}?unread=1`, '1 portal with new messages'],
    [paths.milestones(slug, portal), '1 milestone to change'],
    [`${paths.emails(slug)}?attention=1`, '99+ emails not delivered'],
    [`${paths.invoices(slug)}?status=draft`, '1 draft to issue'],
  ] as const) {
    expect(html).toContain(`<a href="${href}">${words}</a>`)
  }
  const problems = await page(`${paths.invoices(slug)}?status=problem`)
  expect(problems).toContain(`${bad.number}`)
  expect(problems).not.toContain(`${late.number}`)
})

it('is the organisation’s alone, on its first page, and empty where nothing was billed', async () => {
  await issued(amounting(123_456))
  const other = await world.organization('other')
  const theirs = await other.person('owner')
  const blank = await page(paths.portals(other.slug), theirs.cookie)
  expect(blank).toContain('Open your first portal')
  expect(blank).not.toContain('at a glance')
  expect(await glance()).toContain('1,234.56')
  for (const query of ['?q=halcyon', '?status=archived']) {
    expect(await page(`${paths.portals(studio.slug)}${query}`)).not.toContain('at a glance')
  }
  const key = await other.key('owner')
  await world.api('POST', paths.api.portals, key, {
    project: 'P',
    client: 'C',
    currency: 'EUR',
    contact: { name: 'X', email: 'x@y.example' },
    send: false,
  })
  const unbilled = await page(paths.portals(other.slug), theirs.cookie)
  expect(unbilled).toContain('Nothing is billed yet')
  expect(unbilled).not.toContain('1,234.56')
  const foreign = `${paths.received(other.slug)}?month=2026-11&currency=EUR`
  expect(await page(foreign, theirs.cookie)).toContain('Nothing came in')
})

it('has the month of the organisation’s zone', async () => {
  vi.setSystemTime(Date.parse('2026-11-30T12:30:00Z'))
  await env.DB.prepare(`update organization set time_zone = 'Pacific/Kiritimati' where id = ?`)
    .bind(studio.facts.id)
    .run()
  // The other one has been away for too long.
  cookie = (await studio.person('member')).cookie
  const { id } = await issued(amounting(700))
  await pay(id, 700, { receivedOn: '2026-12-01' })
  const html = await glance()
  expect(html).toContain(`${paths.received(studio.slug)}?month=2026-12&currency=EUR">€7.00</a>`)
})

it('refuses a month, a cursor or an age that is none', async () => {
  const received = paths.received(studio.slug)
  const cursor = btoa(JSON.stringify(['2026-10-01', portal]))
  for (const path of [
    `${received}?month=2026-13`,
    `${received}?currency=XXX`,
    `${received}?cursor=x&month=2026-11`,
    `${received}?cursor=${cursor}&month=2026-11`,
    `${paths.invoices(studio.slug)}?status=open&age=old`,
    `${paths.invoices(studio.slug)}?age=1-30`,
  ]) {
    expect((await world.request(path, { headers: { cookie } })).status, path).toBe(404)
  }
})
