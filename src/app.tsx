import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { requestId } from 'hono/request-id'
import { database } from './db/client.ts'
import { settings } from './env.ts'
import { runJobs } from './jobs.ts'
import { thrown } from './lib/thrown.ts'
import { paths } from './paths.ts'
import { api } from './routes/api/index.ts'
import { problem } from './routes/api/problem.ts'
import { dashboard } from './routes/dashboard/index.tsx'
import { secureHeaders } from './routes/headers.ts'
import { healthz } from './routes/healthz.ts'
import type { Base } from './routes/http.ts'
import { clientDoor } from './routes/portal/index.tsx'
import { Broken, NotFound, Problem } from './routes/problems.tsx'
import { signIn } from './routes/sign-in.tsx'

const MOST_BODY = 1024 * 1024

/** Jobs that one response may pull along; the cron takes the rest. */
const JOBS_A_RESPONSE = 12

const isApi = (path: string): boolean => path.startsWith('/api/')

const tooLarge = {
  status: 413,
  title: 'That is too large',
  detail: 'At most one megabyte fits into a request like this.',
} as const

/** The whole product as one app; tests call its `fetch` with an environment of their own. */
export function createApp() {
  const app = new Hono<Base>()

  app.use(requestId({ headerName: '' }))
  app.use(secureHeaders)
  app.route('/', healthz)
  app.use(async (c, next) => {
    c.set('ctx', {
      db: database(c.env.DB),
      settings: settings(c.env),
      now: Date.now(),
      actor: { kind: 'stranger' },
      enqueued: false,
    })
    await next()
    const { enqueued, now } = c.get('ctx')
    if (enqueued) c.executionCtx.waitUntil(runJobs(c.env, now, JOBS_A_RESPONSE))
  })
  app.use(
    bodyLimit({
      maxSize: MOST_BODY,
      onError: (c) =>
        isApi(c.req.path) ? problem(c, tooLarge) : c.html(<Problem words={tooLarge} />, 413),
    }),
  )

  app.get(paths.home, (c) => c.redirect(paths.dashboard, 303))
  app.get(paths.robots, (c) => c.text('User-agent: *\nDisallow: /\n'))
  app.route('/', signIn)
  app.route('/', clientDoor)
  app.route('/', dashboard)
  app.route('/', api)

  app.notFound((c) =>
    isApi(c.req.path)
      ? problem(c, { status: 404, title: 'Not found', detail: 'Nothing is at this address.' })
      : c.html(<NotFound />, 404),
  )
  app.onError((error, c) => {
    const id = c.get('requestId')
    console.error(
      JSON.stringify({ level: 'error', requestId: id, method: c.req.method, error: thrown(error) }),
    )
    return isApi(c.req.path)
      ? problem(c, { status: 500, title: 'Something broke', detail: `Request ${id}.` })
      : c.html(<Broken requestId={id} />, 500)
  })
  return app
}
