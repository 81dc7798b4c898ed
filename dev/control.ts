import { Hono } from 'hono'
import { runEvery } from './cron.ts'

/** Time travel for scripts and tests: POST /cron { "now": "<ISO>" }. */
export function createControlApp(appUrl: string, crons: string[]): Hono {
  const app = new Hono()
  app.post('/cron', async (c) => {
    const body: unknown = await c.req.json().catch(() => null)
    const given = typeof body === 'object' && body && 'now' in body ? body.now : null
    const now = new Date(typeof given === 'string' ? given : Number.NaN)
    if (Number.isNaN(now.getTime())) {
      return c.json({ error: 'now must be an instant, as in 2026-11-22T09:00:00Z.' }, 400)
    }
    const runs = await runEvery(appUrl, crons, now)
    const ok = runs.every(({ outcome }) => outcome === 'ok')
    return c.json({ now: now.toISOString(), runs }, ok ? 200 : 500)
  })
  return app
}
