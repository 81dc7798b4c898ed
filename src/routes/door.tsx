import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { requestId } from 'hono/request-id'
import { trimTrailingSlash } from 'hono/trailing-slash'
import type { Ctx } from '../ctx.ts'
import { database } from '../db/client.ts'
import { settings, type Env } from '../env.ts'
import { thrown } from '../lib/thrown.ts'
import { problem } from './api/problem.ts'
import { secureHeaders } from './headers.ts'
import type { Base } from './http.ts'
import { Broken, NotFound, Problem } from './problems.tsx'

const MOST_BODY = 1024 * 1024

/** Jobs that one response may pull along; the cron takes the rest. */
const JOBS_A_RESPONSE = 12

const tooLarge = {
  status: 413,
  title: 'That is too large',
  detail: 'At most one megabyte fits into a request like this.',
} as const

const tooLargeForm = `${tooLarge.detail} A logo may have half of that. Nothing was changed: go back and choose a smaller file.`

const isApi = (path: string): boolean => path.startsWith('/api/')

/**
 * An empty app with what every request needs: an id, headers, a ctx for the verbs, the jobs they
 * enqueue, and answers for what goes wrong. Each door of the product is one of these with routes.
 */
export function door(): Hono<Base> {
  const app = new Hono<Base>()
  app.use(requestId({ headerName: '' }))
  app.use(secureHeaders)
  // Mail programs and people add one; the address without it is the one that answers.
  app.use(trimTrailingSlash())
  app.use(async (c, next) => {
    c.set('ctx', {
      db: database(c.env.DB),
      settings: settings(c.env),
      now: Date.now(),
      actor: { kind: 'stranger' },
      enqueued: false,
    })
    await next()
    const ctx = c.get('ctx')
    const unseen = c.get('unseen')
    if (unseen ?? ctx.enqueued) c.executionCtx.waitUntil(afterwards(c.env, ctx, unseen))
  })
  app.use(
    bodyLimit({
      maxSize: MOST_BODY,
      onError: (c) =>
        isApi(c.req.path)
          ? problem(c, tooLarge)
          : c.html(<Problem words={{ ...tooLarge, detail: tooLargeForm }} />, 413),
    }),
  )
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

async function afterwards(env: Env, ctx: Ctx, unseen: Promise<void> | undefined): Promise<void> {
  try {
    await unseen
    if (!ctx.enqueued) return
    const { runJobs } = await import('../jobs.ts')
    await runJobs(env, ctx.now, JOBS_A_RESPONSE)
  } catch (error) {
    console.error(JSON.stringify({ level: 'error', after: 'response', error: thrown(error) }))
  }
}
