import { env } from 'cloudflare:workers'
import { expect } from 'vitest'
import type { Recorded, Trips } from '../harness/recorder.ts'
import type { Read } from './read.ts'
import type { Scene } from './scene.ts'

/** What one read asked of the database; `headers` go beside the visitor's own. */
export async function read(
  { world, visitors }: Scene,
  { path, as }: Read,
  headers: Record<string, string> = {},
): Promise<{ trips: Trips; response: Response }> {
  world.trips.length = 0
  const own = new Headers(visitors[as].headers)
  const response = await world.request(path, {
    headers: { ...Object.fromEntries(own), ...headers },
  })
  return { response, trips: [...world.trips] }
}

export const run = async ({ sql, params }: Recorded) =>
  env.DB.prepare(sql)
    .bind(...params)
    .all()

export async function rowsRead(trips: Trips): Promise<number> {
  const asked = trips.flat().map(({ sql, params }) => env.DB.prepare(sql).bind(...params))
  const answers = asked.length === 0 ? [] : await env.DB.batch(asked)
  return answers.reduce((sum, { meta }) => sum + meta.rows_read, 0)
}

/** What the planner says against a statement: a scan of a table, or a sort of its own. */
export async function complaints({ sql, params }: Recorded): Promise<string[]> {
  const { results } = await env.DB.prepare(`explain query plan ${sql}`)
    .bind(...params)
    .all<{ detail: string }>()
  // Folders are what a recursive query has found so far. The last two are partial indexes that hold
  // nothing but what is wanted, in the order wanted.
  const harmless =
    /^SCAN (?:\(|CONSTANT ROW|folders$|\S+ VIRTUAL TABLE|\S+ USING INDEX (?:job_failed|email_stuck)$)/
  return results
    .map(({ detail }) => detail)
    .filter(
      (detail) =>
        /TEMP B-TREE/.test(detail) || (detail.startsWith('SCAN ') && !harmless.test(detail)),
    )
}

/** What was already found good: a plan hangs on the statement and the schema, not on what is bound. */
const good = new Set<string>()

/** Scans nothing, and sorts nothing by itself. */
export async function plansWell(trips: Trips): Promise<void> {
  for (const statement of trips.flat()) {
    if (good.has(statement.sql)) continue
    expect(await complaints(statement), statement.sql).toEqual([])
    good.add(statement.sql)
  }
}

/** That a read keeps to its round trips and its rows, by plans without scans and sorts. */
export async function costs(
  scene: Scene,
  one: Read,
  headers: Record<string, string> = {},
): Promise<{ trips: Trips; response: Response }> {
  const { trips, response } = await read(scene, one, headers)
  const about = `${headers['accept'] ?? ''} ${one.path.slice(0, 120)}`
  expect(trips.length, about).toBe(one.trips)
  expect(await rowsRead(trips), about).toBeLessThanOrEqual(one.rows)
  await plansWell(trips)
  return { trips, response }
}

/** The same of a list that has something to show. */
export async function keepsTo(
  ...asked: Parameters<typeof costs>
): Promise<{ trips: Trips; response: Response }> {
  const found = await costs(...asked)
  expect(found.response.status, asked[1].path).toBe(200)
  return found
}
