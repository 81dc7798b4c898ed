import { Hono } from 'hono'
import { runJobNow } from '../../features/operator/actions.ts'
import { whatIsStuck } from '../../features/operator/queries.ts'
import { paths } from '../../paths.ts'
import { wordsFor } from '../failures.ts'
import type { Signed } from '../http.ts'
import { problemPage } from '../problems.tsx'
import { StuckPage } from './stuck.tsx'

/** For whoever runs the product; to everybody else there is no such page. */
export const operatorPages = new Hono<Signed>()
  .use(`${paths.operator}/*`, async (c, next) => (c.get('person').operator ? next() : c.notFound()))
  .get(paths.operator, async (c) => {
    const { db, now, settings } = c.get('ctx')
    const stuck = await whatIsStuck(db, now)
    const events =
      settings.sendgridWebhookKeys.length > 0
        ? undefined
        : settings.appUrl + paths.webhooks.sendgrid
    return c.html(<StuckPage person={c.get('person')} stuck={stuck} events={events} now={now} />)
  })
  .post(paths.runJob(':job'), async (c) => {
    const hurried = await runJobNow(c.get('ctx'), { job: c.req.param('job') })
    if (hurried.ok) return c.redirect(paths.operator, 303)
    return problemPage(c, wordsFor(hurried.failure))
  })
