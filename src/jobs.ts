import type { Ctx } from './ctx.ts'
import { database } from './db/client.ts'
import { settings, type Env } from './env.ts'
import type { Composers } from './features/emails/compose.ts'
import { makeDocument } from './features/documents/make.ts'
import { sendEmail } from './features/emails/send.ts'
import { deleteFileObjects } from './features/files/purge.ts'
import { composeInvitation } from './features/invitations/mails.tsx'
import { composeInvoice, composeReceipt } from './features/invoices/mails.tsx'
import { runDueJobs, type Handlers, type Runner, type Slice } from './features/jobs/run.ts'
import { composeLink, composeLinkRequest } from './features/links/mails.tsx'
import { composeApproval } from './features/milestones/mails.tsx'
import { composeNews } from './features/news/mails.tsx'
import { notifyOfNews } from './features/news/notify.ts'
import { finishLeaving } from './features/payments/leaving.ts'
import { followBalances, makePaymentLink, switchLinkOff } from './features/payments/links.ts'
import { composeAnswer, composeReminder } from './features/reminders/mails.tsx'
import { remindByJob } from './features/reminders/remind.ts'
import { replanReminders } from './features/reminders/replan.ts'
import { deleteObjects } from './features/portals/objects.ts'
import { composeSignIn } from './features/signin/mails.tsx'
import { completeUpload } from './features/uploads/finish.ts'
import { abortUpload } from './features/uploads/jobs.ts'

const composers = (env: Env): Composers => ({
  link: composeLink,
  'link-request': composeLinkRequest,
  messages: composeNews,
  approval: composeApproval,
  reminder: composeReminder,
  'invoice-answer': composeAnswer,
  invoice: composeInvoice,
  receipt: composeReceipt,
  'payment-trouble': async (ctx, mail) =>
    (await import('./features/payments/mails.tsx')).composeTrouble(ctx, mail),
  invitation: composeInvitation,
  'sign-in': composeSignIn(env),
})

const handlers = (env: Env): Handlers => ({
  'email.send': (ctx, job) => sendEmail(ctx, job, composers(env)),
  'messages.notify': notifyOfNews,
  'objects.delete': (ctx, job) => deleteObjects(ctx, job, env.BUCKET),
  'files.delete': (ctx, job) => deleteFileObjects(ctx, job, env.BUCKET),
  'upload.complete': (ctx, job) => completeUpload(ctx, job, env.BUCKET),
  'upload.abort': (ctx, job) => abortUpload(ctx, job, env.BUCKET),
  'link.make': makePaymentLink,
  'link.off': switchLinkOff,
  'links.follow': followBalances,
  'invoice.remind': remindByJob,
  'invoices.replan': replanReminders,
  'stripe.look': async (ctx, job) =>
    (await import('./features/payments/look.ts')).lookAtPayment(ctx, job),
  'stripe.reconcile': async (ctx, job) =>
    (await import('./features/payments/reconcile.ts')).reconcileAccount(ctx, job),
  'stripe.leave': finishLeaving,
  'refund.make': async (ctx, job) =>
    (await import('./features/payments/refund.ts')).makeRefundOf(ctx, job),
  'document.make': (ctx, job) => makeDocument(ctx, job, { bucket: env.BUCKET, assets: env.ASSETS }),
})

/** How many jobs are claimed at once: few enough to end before their lease does. */
const SLICE = 12

/**
 * Runs due jobs as of `from` (ms UTC), slice after slice, until none is due or `most` were run. How
 * many it ran. A request's own jobs come first, and the cron takes the oldest and the newest in turn:
 * behind ten thousand reminders nobody waits for the mail that signs them in.
 */
export async function runJobs(env: Env, from: number, most: number, by: Runner): Promise<number> {
  const started = Date.now()
  const actor = { kind: 'cron' } as const
  let ran = 0
  let end: Slice['from'] = 'cron' in by ? 'oldest' : 'newest'
  while (ran < most) {
    const now = from + (Date.now() - started)
    const ctx: Ctx = { db: database(env.DB), settings: settings(env), now, actor, enqueued: false }
    const slice = { most: Math.min(SLICE, most - ran), from: end }
    const claimed = await runDueJobs(ctx, handlers(env), slice, by)
    if (claimed === 0) break
    ran += claimed
    end = end === 'oldest' ? 'newest' : 'oldest'
  }
  return ran
}
