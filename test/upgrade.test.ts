import { applyD1Migrations, reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, expect, it } from 'vitest'
import { runJobs } from '../src/jobs.ts'
import { sha256 } from '../src/lib/hash.ts'
import { paths } from '../src/paths.ts'
import { layOut } from './harness/schema.ts'
import { quarter } from './harness/sweep-scene.ts'
import { World } from './harness/world.ts'

const [FIRST, ...LATER] = env.MIGRATIONS

const id = (n: number) => `019321aa-0000-7000-8000-${String(n).padStart(12, '0')}`
const token = 'ab'.repeat(32)
const key = `ap_${'k'.repeat(32)}`

/** What the first release left behind. */
async function oldRows(): Promise<void> {
  const insert = (sql: string, ...values: unknown[]) => env.DB.prepare(sql).bind(...values)
  await env.DB.batch([
    insert(
      `insert into organization (id, slug, name, time_zone, locale, currency, created_at)
      values (?, 'studio', 'Studio', 'Europe/Oslo', 'en-GB', 'EUR', 1)`,
      id(1),
    ),
    insert(
      `insert into api_key (id, organization_id, name, role, hash, created_at)
      values (?, ?, 'Key', 'owner', ?, 1)`,
      id(2),
      id(1),
      await sha256(key),
    ),
    ...[
      [10, 'Café relaunch', 'Halcyon', null],
      [20, 'Annual report', 'Second Harbor', 5],
    ].map(([n, project, client, archived]) =>
      insert(
        `insert into portal (id, organization_id, project, client, currency, created_at, archived_at)
        values (?, ?, ?, ?, 'EUR', 2, ?)`,
        id(Number(n)),
        id(1),
        project,
        client,
        archived,
      ),
    ),
    insert(
      `insert into contact (id, organization_id, portal_id, name, email, created_at)
      values (?, ?, ?, 'Jane Cooper', 'jane@halcyon.example', 3)`,
      id(11),
      id(1),
      id(10),
    ),
    insert(
      `insert into link (id, organization_id, portal_id, contact_id, scope, version, "key", created_at)
      values (?, ?, ?, ?, 'all', 1, 'k1', 3)`,
      id(12),
      id(1),
      id(10),
      id(11),
    ),
    insert(
      `insert into link_token (hash, link_id, created_at) values (?, ?, 3)`,
      await sha256(token),
      id(12),
    ),
    insert(
      `insert into activity (id, organization_id, portal_id, actor_kind, actor_name, kind, data, at)
      values (?, ?, ?, 'member', 'Maya', 'portal.created', '{}', 7)`,
      id(13),
      id(1),
      id(10),
    ),
    insert(
      `insert into job (id, organization_id, kind, "key", data, next_at, attempts, error, created_at)
      values (?, ?, 'email.send', 'email:x', '{"email":"x"}', 1, 2, 'No answer', 3)`,
      id(14),
      id(1),
    ),
  ])
}

/** An invoice of the release that had no documents yet, half paid. */
async function oldInvoice(): Promise<void> {
  const of = [id(1), id(10)]
  await env.DB.batch([
    env.DB.prepare(
      `insert into invoice (id, organization_id, portal_id, status, number, currency, lines, taxes,
        buyer, seller, locale, time_zone, due_on, issued_on, issued_at, subtotal, total, paid, balance,
        created_at)
      values (?3, ?1, ?2, 'open', 'INV-2026-001', 'EUR',
        '[{"description":"Work","quantity":"1","unitAmount":900,"taxRate":null,"amount":900}]', '[]',
        '{"name":"Halcyon","address":null,"taxId":null}',
        '{"name":"Studio","address":null,"taxId":null,"bank":null}', 'en-GB', 'Europe/Oslo',
        '2026-02-01', '2026-01-01', 8, 900, 900, 400, 500, 8)`,
    ).bind(...of, id(30)),
    env.DB.prepare(
      `insert into payment (id, organization_id, portal_id, invoice_id, kind, method, currency, amount,
        state, received_on, "by", created_at)
      values (?4, ?1, ?2, ?3, 'payment', 'bank', 'EUR', 400, 'succeeded', '2026-01-05', 'Maya', 9)`,
    ).bind(...of, id(30), id(31)),
  ])
}

/** Invoices of the release that reminded of what it issued, and of nothing else. */
async function unplannedInvoices(): Promise<void> {
  const quiet = id(3)
  const insert = (n: number, organization: string, over: string) =>
    env.DB.prepare(
      `insert into invoice (id, organization_id, portal_id, status, number, currency, lines, taxes, buyer,
        seller, locale, time_zone, due_on, issued_on, issued_at, subtotal, total, balance, created_at)
      select ?1, ?2, portal_id, status, ?3, currency, lines, taxes, buyer, seller, locale,
        time_zone, ${over}, issued_at, subtotal, total, balance, created_at
      from invoice where id = ?4`,
    ).bind(id(n), organization, `INV-2026-0${n}`, id(30))
  await env.DB.batch([
    env.DB.prepare(
      `insert into organization (id, slug, name, time_zone, locale, currency, created_at, reminders)
      values (?, 'quiet', 'Quiet', 'UTC', 'en-GB', 'EUR', 1, '{"on":false,"days":[0],"hour":9}')`,
    ).bind(quiet),
    insert(40, id(1), `'2026-03-20', '2026-03-01'`),
    insert(41, id(1), `'2026-02-10', '2026-01-01'`),
    insert(42, id(1), `'2026-01-02', '2026-02-10'`),
    insert(43, quiet, `'2026-02-01', '2026-01-01'`),
    ...['schedule', 'hand'].map((by) =>
      env.DB.prepare(
        `insert into email (id, organization_id, "key", kind, "to", data, state, state_at, created_at)
        values (?, ?, ?, 'reminder', 'jane@halcyon.example', json_object('by', ?), 'delivered', 9, 9)`,
      ).bind(
        id(by === 'hand' ? 50 : 51),
        id(1),
        by === 'hand' ? `invoice:${id(30)}:reminder:now-9:x` : `invoice:${id(41)}:reminder:14:x`,
        by,
      ),
    ),
  ])
}

const before = (migration: string) =>
  LATER.slice(
    0,
    LATER.findIndex(({ name }) => name.startsWith(migration)),
  )

beforeEach(async () => {
  await reset()
  if (!FIRST) throw new Error('There is no first migration.')
  await applyD1Migrations(env.DB, [FIRST])
  await oldRows()
  await applyD1Migrations(env.DB, [FIRST, ...before('0010')])
  await oldInvoice()
  await applyD1Migrations(env.DB, [FIRST, ...before('0016')])
  await unplannedInvoices()
  await applyD1Migrations(env.DB, [FIRST, ...LATER])
})

const search = async (words: string) => {
  const { results } = await env.DB.prepare(
    `select p.project from portal_search s join portal p on p."key" = s.rowid
    where portal_search match ? order by s.rowid`,
  )
    .bind(words)
    .all<{ project: string }>()
  return results.map(({ project }) => project)
}

it('ends in the schema that every other test begins with', async () => {
  const schema = async () => {
    const { results } = await env.DB.prepare(
      `select type, name, tbl_name as "table", sql from sqlite_schema
      where tbl_name not glob 'sqlite_*' and tbl_name not glob '_cf_*' and tbl_name <> 'd1_migrations'
      order by rowid`,
    ).all()
    return results
  }
  const upgraded = await schema()
  await reset()
  await layOut(env.DB)
  expect(await schema()).toEqual(upgraded)
})

it('keeps what the first release wrote: the client’s link and the team’s key still open it', async () => {
  const world = new World()
  const page = await world.request(paths.portal(token))
  expect(page.status).toBe(200)
  expect(await page.text()).toContain('Café relaunch')
  const list = await world.api('GET', paths.api.links(id(10)), key)
  expect(await list.json()).toMatchObject({ items: [{ contact: { name: 'Jane Cooper' } }] })
})

it('makes the old portals searchable, and tells when each was last active', async () => {
  const tenant = id(1).replaceAll('-', '')
  expect(await search(`organization: ${tenant} AND cafe`)).toEqual(['Café relaunch'])
  expect(await search(`organization: ${tenant} AND contacts: jane*`)).toEqual(['Café relaunch'])
  expect(await search(`organization: ${tenant} AND state: archived`)).toEqual(['Annual report'])
  const { results } = await env.DB.prepare('select last_activity_at from portal order by id').all()
  expect(results).toEqual([{ last_activity_at: 7 }, { last_activity_at: 2 }])
})

it('runs the jobs that were waiting', async () => {
  await new World().minute()
  expect((await env.DB.prepare('select id from job').all()).results).toEqual([])
})

it('has the documents made of what was issued before there were any, and sums what is owed', async () => {
  const world = new World()
  await world.minute()
  const pdf = await world.api('GET', paths.api.invoicePdf(id(10), id(30)), key)
  expect(pdf.headers.get('content-type')).toBe('application/pdf')
  await pdf.body?.cancel()
  const { results } = await env.DB.prepare('select kind from document order by kind').all()
  expect(results.map(({ kind }) => kind)).toEqual(['invoice', 'receipt', 'statement'])
  expect(
    (await env.DB.prepare('select * from owed_day where due_on = ?').bind('2026-02-01').all())
      .results,
  ).toEqual([
    {
      organization_id: id(1),
      currency: 'EUR',
      due_on: '2026-02-01',
      amount: 500,
      invoices: 1,
    },
  ])
})

it('reminds once of what was issued before there were reminders, and of nothing twice', async () => {
  const planned = async () =>
    (
      await env.DB.prepare(
        'select number, remind_on as day from invoice where remind_on is not null order by id',
      ).all()
    ).results
  const { results: counted } = await env.DB.prepare('select invoices from portal order by id').all()
  expect(counted).toEqual([{ invoices: 5 }, { invoices: 0 }])
  expect(await planned()).toEqual([
    { number: 'INV-2026-001', day: '2026-01-29' },
    { number: 'INV-2026-040', day: '2026-03-17' },
  ])
  await env.DB.exec(`delete from job where kind = 'document.make'`)
  const world = new World()
  const noon = Date.parse('2026-03-10T11:00:00Z')
  for (const hours of [0, 1, 24]) {
    await quarter(world, noon + hours * 3_600_000)
    await runJobs(world.env, noon + hours * 3_600_000, 100, { cron: '* * * * *' })
  }
  expect(await planned()).toEqual([{ number: 'INV-2026-040', day: '2026-03-17' }])
  const { results } = await env.DB.prepare(
    `select "key" from email where kind = 'reminder' and created_at > 9`,
  ).all()
  expect(results).toEqual([{ key: `invoice:${id(30)}:reminder:14:${id(11)}` }])
  const [mail] = await world.mails('jane@halcyon.example')
  expect(mail?.subject).toContain('INV-2026-001')
})
