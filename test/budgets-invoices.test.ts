import { env } from 'cloudflare:workers'
import { beforeEach, describe, it } from 'vitest'
import { fillPortals } from '../dev/demo/crowd.ts'
import { encodeCursor } from '../src/lib/cursor.ts'
import { paths } from '../src/paths.ts'
import { GLANCE, rows } from './budgets/bounds.ts'
import { keepsTo } from './budgets/measure.ts'
import { byLink, key, member, type Read } from './budgets/read.ts'
import { stage, type Scene, type Staged } from './budgets/scene.ts'
import { DUE_DAYS, fillInvoices } from './harness/invoice-crowd.ts'
import type { Tenant } from './harness/world.ts'

let scene: Scene
let studio: Tenant
let staged: Staged

beforeEach(async () => {
  scene = await stage()
  ;({ studio, staged } = scene)
})

describe('with 100,000 invoices beside another tenant’s as many', () => {
  const PORTALS = 1_000
  const today = new Date().toISOString().slice(0, 10)

  it('reads no more rows than it shows, whatever the status and however deep', async () => {
    const other = await scene.world.organization('other')
    for (const { facts } of [studio, other]) {
      await fillPortals(env.DB, facts.id, PORTALS, Date.now())
      const portal = facts.id === studio.facts.id ? staged.portal : 'none'
      if (portal === 'none') {
        await env.DB.prepare(
          `insert into portal (id, organization_id, project, client, currency, created_at) values ('none', ?, 'P', 'C', 'EUR', 0)`,
        )
          .bind(facts.id)
          .run()
      }
      await fillInvoices(env.DB, facts.id, { count: 100_000, portals: PORTALS, portal, today })
    }
    const at = (status: string, inPortal: boolean, offset: number) =>
      env.DB.prepare(
        `select id, due_on as due, issued_at as issued, number from invoice where organization_id = ?1
        and (?2 = '' or status = ?2) and (?3 = '' or portal_id = ?3)
        order by ${status === 'overdue' ? 'due_on' : 'id desc'} limit 1 offset ?4`,
      )
        .bind(
          studio.facts.id,
          status === 'overdue' ? 'open' : status,
          inPortal ? staged.portal : '',
          offset,
        )
        .first<{ id: string; due: string; issued: number; number: string }>()
    const asked: Read[] = []
    const tables: Read[] = []
    for (const status of ['', 'open', 'overdue', 'paid', 'void', 'draft']) {
      for (const inPortal of [false, true]) {
        const list = inPortal ? paths.api.invoicesOf(staged.portal) : paths.api.invoices
        const query = status === '' ? '' : `status=${status}&`
        asked.push(key(`${list}?${query}`, rows(50, 2)))
        const deep = await at(status, inPortal, 2_000)
        if (!deep) continue
        const cursor = status === 'overdue' ? encodeCursor([deep.due, deep.id]) : deep.id
        asked.push(key(`${list}?${query}cursor=${cursor}`, rows(50, 2)))
        if (!inPortal) tables.push(key(`${list}?${query}cursor=${cursor}&limit=50`, rows(50, 1)))
      }
    }
    // Each found by its number in the full-text table, and read with its ledger.
    const deepest = (await at('', false, 90_000))?.id
    const late = (await at('overdue', false, 3_000))?.id
    for (const narrower of ['', '&status=paid', '&status=overdue', '&status=open&currency=EUR']) {
      for (const q of ['INV', '2026-4', 'INV-2026-9999', 'CN', 'project+client', 'c']) {
        for (const from of ['', `&cursor=${deepest}`, `&cursor=${late}`]) {
          const query = `?q=${q}${narrower}${from}`
          asked.push(key(`${paths.api.invoices}${query}`, rows(50, 4)))
          asked.push(key(`${paths.api.invoicesOf(staged.portal)}${query}`, rows(50, 4)))
        }
      }
    }
    asked.push(key(`${paths.api.invoices}?status=problem`, rows(50, 4)))
    for (const age of ['current', '1-30', '31-60', '61-90', 'over-90']) {
      const query = `?status=open&currency=EUR&age=${age}`
      asked.push(key(`${paths.api.invoices}${query}`, rows(50, 2)))
      asked.push(key(`${paths.api.invoices}${query}&q=inv`, rows(50, 4)))
      asked.push(key(`${paths.api.invoicesOf(staged.portal)}${query}`, rows(50, 2)))
    }
    // The pages: the rows they show, beside what is owed by due day, however many invoices that is of.
    const { slug } = studio
    const month = today.slice(0, 7)
    const list = paths.invoices(slug)
    const home = paths.invoicesOf(slug, staged.portal)
    asked.push(
      member(list, rows(50, 1) + DUE_DAYS),
      member(`${list}?status=overdue&currency=EUR`, rows(50, 1) + DUE_DAYS),
      member(`${list}?q=inv`, rows(50, 3) + DUE_DAYS),
      member(home, rows(50, 1) + DUE_DAYS),
      member(`${home}?status=overdue`, rows(50, 1) + DUE_DAYS),
      member(paths.portalOf(slug, staged.portal), rows(50, 2) + DUE_DAYS),
      member(`${paths.received(slug)}?month=${month}&currency=EUR`, rows(50, 2)),
      // Fifty portals with what each owes by day: every tenth does.
      member(paths.portals(slug), rows(50, 3) + 5 * DUE_DAYS + GLANCE),
    )
    tables.push(key(`${paths.api.invoices}?limit=100`, rows(100, 1)))
    const issued = await at('paid', true, 2_000)
    const place = encodeCursor([issued?.issued ?? 0, issued?.id ?? ''])
    const mine = paths.api.clientInvoices(staged.token)
    asked.push(byLink(mine, rows(50, 0)), byLink(`${mine}?cursor=${place}`, rows(50, 0)))
    // Fifty portals with what each of them owes by day: every tenth does.
    asked.push(key(paths.api.portals, rows(50, 4) + 5 * DUE_DAYS))
    for (const one of asked) await keepsTo(scene, one, { accept: 'application/json' })
    for (const one of tables) await keepsTo(scene, one, { accept: 'text/csv' })
  })
})
