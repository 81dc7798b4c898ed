import { and, asc, eq, gt, sql } from 'drizzle-orm'
import type { Ctx, TenantCtx } from '../../ctx.ts'
import type { Statement } from '../../db/batch.ts'
import { invoice, type InvoiceStatus } from '../../db/schema/invoices.ts'
import { organization } from '../../db/schema/organizations.ts'
import { paymentLink } from '../../db/schema/payments.ts'
import { backoff } from '../../lib/backoff.ts'
import { paths } from '../../paths.ts'
import { makeLink, switchOff, type Told } from '../../platform/stripe.ts'
import { enqueue, enqueueUnlessWaiting } from '../jobs/enqueue.ts'
import type { Job, Outcome } from '../jobs/run.ts'
import { organizationFields } from '../organizations/fields.ts'
import { connectionOf, connectionTo, noteSealed, noteTrouble } from './account.ts'
import { followBalance, jobOf, livesIn } from './follow.ts'
import { endedLink, homeNow, noteLeaving } from './leaving.ts'

/** Then somebody has to look. Connecting the account again, or trying to pay, begins anew. */
const MOST_ATTEMPTS = 14

const done = (reason?: string): Outcome => ({ kind: 'done', ...(reason ? { reason } : {}) })

async function linkOf(ctx: Ctx, job: Job) {
  const [row] = await ctx.db
    .select({
      link: paymentLink,
      number: invoice.number,
      repeatable: invoice.repeatable,
      seller: invoice.seller,
    })
    .from(paymentLink)
    .innerJoin(invoice, eq(invoice.id, paymentLink.invoiceId))
    .where(eq(paymentLink.id, job.data['link'] ?? ''))
  return row
}

/** What is left of a call that Stripe didn't do. A key's trouble is shown under Settings as well. */
function notDone(ctx: Ctx, job: Job, told: Exclude<Told<unknown>, { kind: 'done' }>): Outcome {
  const { reason } = told
  const { organizationId } = job
  const write =
    told.kind === 'refused' && told.why !== 'busy' && organizationId !== null
      ? [noteTrouble(ctx.db, organizationId, reason)]
      : []
  const final = told.kind === 'refused' && (told.why === 'request' || told.why === 'gone')
  if (final || job.attempts >= MOST_ATTEMPTS) return { kind: 'done', reason, write }
  const wait = told.kind === 'refused' ? told.retryAfter : undefined
  return { kind: 'later', at: ctx.now + (wait ?? backoff(job.attempts)), reason, write }
}

/**
 * Makes a link for what its row was written for. The job's id is Stripe's idempotency key, so a second
 * run finds the link that the first one made. If the balance has left it behind, it is switched off.
 */
export async function makePaymentLink(ctx: Ctx, job: Job): Promise<Outcome> {
  const found = await linkOf(ctx, job)
  if (!found || found.link.state !== 'making') return done('Superseded.')
  const { link, number, repeatable, seller } = found
  const account = await connectionOf(ctx, link.organizationId)
  if (typeof account === 'string') {
    const write = noteSealed(ctx.db, link.organizationId, account)
    return { ...done('No key of Stripe can be used.'), write }
  }
  const made = await makeLink(
    account.connection,
    {
      // As the invoice has it: the same key with another name would be refused.
      title: `Invoice ${number ?? ''} · ${seller?.name ?? ''}`.slice(0, 250),
      amount: link.amount,
      currency: link.currency,
      once: !repeatable,
      returnTo: ctx.settings.appUrl + paths.paid(link.id),
      whenOff:
        'This invoice has been paid, or asks for another amount by now. Open it once more from your email or your portal.',
      metadata: {
        organization: link.organizationId,
        portal: link.portalId,
        invoice: link.invoiceId,
        link: link.id,
      },
    },
    job.id,
  )
  if (made.kind !== 'done') return notDone(ctx, job, made)
  const row = eq(paymentLink.id, link.id)
  const home = livesIn(account)
  const stays = sql`${paymentLink.state} <> 'off' and ${homeNow(link.organizationId)} is ${home}`
  return {
    kind: 'done',
    write: [
      ctx.db
        .update(paymentLink)
        .set({
          stripeId: made.value.id,
          url: made.value.url,
          accountId: home,
          // The key may have been taken away, or changed for another account's, while it was made.
          state: sql`iif(${stays}, 'active', 'off')`,
          offAt: sql`iif(${stays}, null, coalesce(${paymentLink.offAt}, ${ctx.now}))`,
        })
        .where(row),
      jobOf(ctx, 'link.off', sql`l.id = ${link.id} and l.state = 'off'`),
      // Then the invoice still needs one, in the other account.
      ...followBalance(ctx, link.invoiceId),
    ],
  }
}

/** Switches a link off at Stripe, with what was begun by it. Ours has been off since the batch that asked. */
export async function switchLinkOff(ctx: Ctx, job: Job): Promise<Outcome> {
  const found = await linkOf(ctx, job)
  if (!found?.link.stripeId) return done()
  const { id, organizationId, stripeId, accountId } = found.link
  const home = accountId ?? ''
  const at = await connectionTo(ctx, organizationId, home)
  if (typeof at === 'string') {
    const reason = 'No key of its account can be used: the link stays on there.'
    // Whoever runs the installation has lost what seals the key.
    const lost = at === 'sealed' ? [noteLeaving(ctx.db, organizationId, home, unsealed)] : []
    return { kind: 'done', reason, write: lost }
  }
  const off = await switchOff(at.connection, stripeId)
  if (off.kind === 'done' || (off.kind === 'refused' && off.why === 'gone')) {
    return { kind: 'done', write: [endedLink(ctx.db, ctx.now, id)] }
  }
  const outcome = notDone(ctx, job, off)
  if (!at.left || off.kind !== 'refused' || off.why === 'busy') return outcome
  // Not the trouble of the account that is connected now. A key that was revoked never comes back.
  const forGood = off.why === 'key'
  const reason = forGood
    ? `Stripe no longer takes this key, so it can switch nothing off. It says: ${off.reason}`
    : off.reason
  const write = [noteLeaving(ctx.db, organizationId, home, { reason, forGood })]
  return forGood ? { kind: 'done', reason: off.reason, write } : { ...outcome, write }
}

const unsealed = { reason: 'The key that was kept can’t be opened any more.', forGood: true }

/** So many at once: each takes four statements of a batch, of the thousand that D1 answers. */
const PAGE = 50

const walk = (organizationId: string) => ({
  kind: 'links.follow' as const,
  key: `links.follow:${organizationId}`,
  organizationId,
  data: { status: 'open', after: '' },
})

/** The statement that has every invoice's link looked at: for when an account comes, or another one. */
export function followEveryBalance(ctx: TenantCtx): Statement {
  ctx.enqueued = true
  return enqueueUnlessWaiting(ctx, walk(ctx.organization.id))
}

/** A page of the organisation's invoices; what follows is a job of its own. Paid ones may be retainers. */
export async function followBalances(ctx: Ctx, job: Job): Promise<Outcome> {
  const { status, after = '' } = job.data
  if (job.organizationId === null || (status !== 'open' && status !== 'paid')) return done()
  const [[house], page] = await ctx.db.batch([
    ctx.db
      .select(organizationFields)
      .from(organization)
      .where(eq(organization.id, job.organizationId)),
    pageOf(ctx, job.organizationId, status, after),
  ])
  if (!house) return done()
  const tenant: TenantCtx = { ...ctx, organization: house }
  const last = page.at(-1)?.id
  const next =
    last !== undefined && page.length === PAGE
      ? { status, after: last }
      : status === 'open'
        ? { status: 'paid', after: '' }
        : undefined
  return {
    kind: 'done',
    write: [
      ...page
        .filter(({ repeatable }) => status === 'open' || repeatable)
        .flatMap(({ id }) => followBalance(tenant, id)),
      ...(next
        ? [
            enqueue(tenant, {
              kind: 'links.follow',
              key: `links.follow:${house.id}:${next.status}:${next.after}`,
              organizationId: house.id,
              data: next,
            }),
          ]
        : []),
    ],
  }
}

const pageOf = (ctx: Ctx, organizationId: string, status: InvoiceStatus, after: string) =>
  ctx.db
    .select({ id: invoice.id, repeatable: invoice.repeatable })
    .from(invoice)
    .where(
      and(
        eq(invoice.organizationId, organizationId),
        eq(invoice.status, status),
        gt(invoice.id, after),
      ),
    )
    .orderBy(asc(invoice.id))
    .limit(PAGE)
