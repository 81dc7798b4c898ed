import { sql } from 'drizzle-orm'
import { Hono } from 'hono'
import { database } from '../db/client.ts'
import { settings } from '../env.ts'
import { thrown } from '../lib/thrown.ts'
import { paths } from '../paths.ts'
import type { Base } from './http.ts'

/**
 * Whether this deployment can work: its settings are complete and its database answers. A door of its
 * own, because behind the others nothing answers while a setting is missing.
 */
export const healthz = new Hono<Base>().get(paths.healthz, async (c) => {
  try {
    settings(c.env)
    await database(c.env.DB).run(sql`select 1`)
    return c.json({ status: 'ok' })
  } catch (error) {
    // Names of settings and the database's own words; no value of either.
    console.error(JSON.stringify({ level: 'error', check: 'healthz', error: thrown(error) }))
    return c.json({ status: 'unavailable' }, 503)
  }
})
