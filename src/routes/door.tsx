import type { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { requestId } from 'hono/request-id'
import { trimTrailingSlash } from 'hono/trailing-slash'
import type { Ctx } from '../ctx.ts'
import { database } from '../db/client.ts'
import { settings, type Env } from '../env.ts'
import { errorFields, log } from '../lib/log.ts'
import { newApp } from './app.ts'
import { secureHeaders } from './headers.ts'
import { rightHost } from './host.ts'
import type { Base } from './http.ts'
import { takesLarge } from './large-bodies.ts'
import { requestLog } from './request-log.ts'

const MOST_BODY = 1024 * 1024

/** Jobs that one response may pull along; the cron takes the rest. */
const JOBS_A_RESPONSE = 12

/** Loaded when something goes wrong: no page that is there needs them. */
const problems = () => import('./problems.tsx')

const methods = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'] as const

/** The methods that this address takes. */
function allowedAt(app: Hono<Base>, path: string): string[] {
  const taken = methods.filter((method) =>
    app.router.match(method, path)[0].some(([[, route]]) => route.method === method),
  )
  return taken.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
}

/**
 * An empty app with what every request needs: an id, a line in the log, headers, a ctx for the verbs,
 * the jobs they enqueue, and answers for what goes wrong. Each door of the product is one of these
 * with routes.
 */
export function door(): Hono<Base> {
  const app = newApp<Base>()
  app.use(requestId({ headerName: '' }))
  app.use(requestLog)
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
    if (unseen ?? ctx.enqueued) {
      c.executionCtx.waitUntil(afterwards(c.env, ctx, unseen, c.get('requestId')))
    }
  })
  app.use(rightHost)
  const limit = bodyLimit({
    maxSize: MOST_BODY,
    onError: async (c) => (await problems()).tooLarge(c),
  })
  app.use((c, next) => (takesLarge(c.req.raw, c.req.path) ? next() : limit(c, next)))
  app.notFound(async (c) => {
    const allowed = allowedAt(app, c.req.path)
    const { notFound, wrongMethod } = await problems()
    return allowed.length === 0 || allowed.includes(c.req.raw.method)
      ? notFound(c)
      : wrongMethod(c, allowed)
  })
  app.onError(async (_, c) => (await problems()).broken(c))
  return app
}

async function afterwards(
  env: Env,
  ctx: Ctx,
  unseen: Promise<void> | undefined,
  request: string,
): Promise<void> {
  try {
    await unseen
    if (!ctx.enqueued) return
    const { runJobs } = await import('../jobs.ts')
    await runJobs(env, ctx.now, JOBS_A_RESPONSE, { requestId: request })
  } catch (error) {
    log('error', 'after-response', { requestId: request, ...errorFields(error) })
  }
}
