import { Hono } from 'hono'
import { checkHealth } from '../features/upkeep/health.ts'
import { errorFields, log } from '../lib/log.ts'
import { paths } from '../paths.ts'
import type { Base } from './http.ts'

/** A door of its own: behind the others nothing answers while a setting is missing. */
export const healthz = new Hono<Base>().get(paths.healthz, async (c) => {
  try {
    await checkHealth(c.env)
    return c.json({ status: 'ok' })
  } catch (error) {
    // Names of settings and the database's own words; no value of either.
    log('error', 'healthz', errorFields(error))
    return c.json({ status: 'unavailable' }, 503)
  }
})
