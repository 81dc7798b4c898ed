import { env } from 'cloudflare:workers'
import { beforeEach, expect, it } from 'vitest'
import { paths } from '../src/paths.ts'
import { firstView } from './harness/budget.ts'
import { fixedPortal, fixedWords, type FixedPortal } from './harness/fixed-portal.ts'
import { isWrite } from './harness/recorder.ts'
import { openStudio, studio, world } from './harness/studio-scene.ts'

let fixed: FixedPortal

beforeEach(async () => {
  await openStudio()
  fixed = await fixedPortal(studio)
})

const page = async () => (await world.request(paths.portal(fixed.token))).text()

async function zipped(text: string): Promise<number> {
  const stream = new Response(text).body?.pipeThrough(new CompressionStream('gzip'))
  return (await new Response(stream ?? null).arrayBuffer()).byteLength
}

it('is of the size that the budgets are for', async () => {
  for (const words of fixedWords) expect(words.split(' ')).toHaveLength(20)
  const html = await page()
  expect(html.match(/<article/g)).toHaveLength(20)
  expect(html.match(/id="milestone-/g)).toHaveLength(8)
  expect(html.match(/\/content"/g)).toHaveLength(20)
  // Ten in the panel, two ways to answer each of the two that are open, and the one that is news.
  expect(html.match(/\/invoices\//g)).toHaveLength(15)
  expect(html.match(/id="asked-/g)).toHaveLength(3)
  expect(html).toContain('class="since"')
})

it('keeps to its bytes and requests', async () => {
  const html = await page()
  expect(await zipped(html)).toBeLessThanOrEqual(firstView.html)
  const loads = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]*)"/g)]
  expect(loads.length + 1).toBeLessThanOrEqual(firstView.requests)
})

it('costs one round trip, few rows, and writes nothing', async () => {
  for (const path of [paths.portal(fixed.token), paths.api.client(fixed.token)]) {
    world.trips.length = 0
    expect((await world.request(path)).status).toBe(200)
    const [[statement] = [], ...more] = world.trips
    expect(more).toEqual([])
    expect(statement && isWrite(statement)).toBe(false)
    const { meta } = await env.DB.prepare(statement?.sql ?? '')
      .bind(...(statement?.params ?? []))
      .all()
    expect(meta.rows_read).toBeLessThanOrEqual(firstView.rows)
  }
})
