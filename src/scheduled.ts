import type { Ctx } from './ctx.ts'
import { database } from './db/client.ts'
import { settings, type Env } from './env.ts'
import { errorFields, log, type Fields } from './lib/log.ts'

/**
 * Jobs one run may take on; what is left continues a minute later. D1 answers a thousand statements an
 * invocation, and a mail takes eight.
 */
const JOBS_A_RUN = 100

/** Cron expression, as wrangler.toml has it, to verb. Each is bounded, and harmless when run twice or late. */
const verbs: Record<string, (env: Env, now: number) => Promise<Fields | void>> = {
  '* * * * *': async (env, now) => {
    const { runJobs } = await import('./jobs.ts')
    return { jobs: await runJobs(env, now, JOBS_A_RUN, { cron: '* * * * *' }) }
  },
  '*/15 * * * *': async (env, now) => {
    const ctx = cron(env, now)
    const { expireUploads } = await import('./features/uploads/expire.ts')
    const { remindOfRequests } = await import('./features/requests/remind.ts')
    const { sweepInvoices } = await import('./features/reminders/sweep.ts')
    const { draftLateFees } = await import('./features/reminders/late-fees.ts')
    const done = { ...(await expireUploads(ctx)), ...(await remindOfRequests(ctx)) }
    await sweepInvoices(ctx)
    await draftLateFees(ctx)
    return done
  },
  '7 * * * *': async (env, now) => {
    const { reconcile } = await import('./features/payments/reconcile.ts')
    return reconcile(cron(env, now))
  },
  '17 3 * * *': async (env, now) => {
    const { purge } = await import('./features/upkeep/purge.ts')
    const { purgeFiles } = await import('./features/files/purge.ts')
    const ctx = cron(env, now)
    await purge(ctx)
    await purgeFiles(ctx)
  },
}

const cron = (env: Env, now: number): Ctx => ({
  db: database(env.DB),
  settings: settings(env),
  now,
  actor: { kind: 'cron' },
  enqueued: false,
})

/** One line in the log for every run. */
export async function scheduled(cron: string, now: number, env: Env): Promise<void> {
  const verb = verbs[cron]
  if (!verb) throw new Error(`No verb for the cron expression "${cron}".`)
  const began = Date.now()
  const line = (outcome: 'ok' | 'failed') => ({ cron, outcome, ms: Date.now() - began })
  const failure = await verb(env, now).then(
    (did) => log('info', 'cron', { ...line('ok'), ...did }),
    (error: unknown) => {
      const said = errorFields(error)
      log('error', 'cron', { ...line('failed'), ...said })
      return said.error
    },
  )
  // The runtime logs what it catches, and the error itself may hold a statement's parameters.
  if (failure) throw new Error(failure)
}
