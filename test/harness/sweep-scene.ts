import { env } from 'cloudflare:workers'
import { numberedId as id, numbers } from '../../dev/demo/crowd.ts'
import type { Ctx } from '../../src/ctx.ts'
import { portal } from '../../src/db/schema/portals.ts'
import { newId } from '../../src/lib/id.ts'
import { scheduled } from '../../src/scheduled.ts'
import type { Tenant, World } from './world.ts'

const QUARTER = '*/15 * * * *'

/** An organisation of a zone, with one portal of no contact. */
export async function house(world: World, zone: string, name = 'house') {
  const tenant = await world.organization(`${name}${newId(0).slice(-6)}`)
  tenant.facts.timeZone = zone
  const at = newId(Date.now())
  await env.DB.prepare('update organization set time_zone = ? where id = ?')
    .bind(zone, tenant.facts.id)
    .run()
  const { db } = world.ctx()
  await db.insert(portal).values({
    id: at,
    organizationId: tenant.facts.id,
    project: 'Website',
    client: 'Halcyon Coffee',
    currency: 'EUR',
    createdAt: 0,
    lastActivityAt: 0,
  })
  return { tenant, portal: at }
}

interface Crowd {
  count: number
  /** The due day of invoice n, and the day it is next to be reminded of, in SQL. */
  dueOn: string
  remindOn?: string
}

/** So many open invoices of 10.00, written past the verbs. */
export async function fillOpen(
  tenant: Tenant,
  portalId: string,
  { count, dueOn, remindOn = 'null' }: Crowd,
): Promise<void> {
  await env.DB.prepare(
    `insert into invoice (id, organization_id, portal_id, status, number, currency, lines, taxes, buyer, seller,
      locale, time_zone, due_on, remind_on, issued_on, issued_at, subtotal, total, balance, created_at)
    ${numbers} select ${id('')}, ?1, ?3, 'open', 'INV-2026-' || printf('%03d', n), 'EUR', '[]', '[]',
      '{"name":"C","address":null,"taxId":null}', '{"name":"S","address":null,"taxId":null,"bank":null}', 'en-GB', 'UTC',
      ${dueOn}, ${remindOn}, '2026-01-01', n, 1000, 1000, 1000, n from numbers`,
  )
    .bind(tenant.facts.id, count, portalId)
    .run()
}

/** The cron of every quarter of an hour, as of an instant. */
export const quarter = (world: World, now: number): Promise<void> =>
  scheduled(QUARTER, now, world.env)

export const cronCtx = (world: World, now: number): Ctx => ({
  ...world.ctx(),
  now,
  actor: { kind: 'cron' },
})

export const counted = async (sql: string, ...params: unknown[]): Promise<number> =>
  (await env.DB.prepare(`select count(*) as n from ${sql}`)
    .bind(...params)
    .first<number>('n')) ?? 0
