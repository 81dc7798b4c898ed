import { Hono } from 'hono'
import type { Membership } from '../../features/organizations/queries.ts'
import { permits } from '../../features/organizations/rules.ts'
import { seenTo, type UnmatchedMoney } from '../../features/payments/unmatched.ts'
import { formatInstant } from '../../lib/day.ts'
import { formatMoney } from '../../lib/money.ts'
import { paths } from '../../paths.ts'
import type { Inside } from '../http.ts'
import { refuse } from './frame.tsx'
import { Line } from '../../ui/line.tsx'

interface UnmatchedProps {
  membership: Membership
  rows: readonly UnmatchedMoney[]
}

const why: Record<UnmatchedMoney['reason'], string> = {
  currency: 'in another currency than its invoice asks for',
  gone: 'paid by a link whose invoice is gone',
  early: 'of a payment that nobody has told of yet',
}

const what = { payment: 'Payment', refund: 'Refund', reversal: 'Dispute' } as const

/** Money that came through Stripe and that no invoice can take: somebody has to look. */
export const Unmatched = ({ membership, rows }: UnmatchedProps) => {
  if (rows.length === 0) return null
  const { organization, role } = membership
  return (
    <section class="card part" aria-labelledby="unmatched">
      <div class="card-head">
        <h2 id="unmatched">Money that fits no invoice</h2>
      </div>
      <p class="inset hint">
        It is in your Stripe account. Give it back there, or record it by hand on the invoice it is
        for; then say that it is seen to.
      </p>
      <ul class="links">
        {rows.map(({ stripeId, kind, state, reason, currency, amount, at }) => (
          <Line
            entry
            name={
              <>
                {what[kind]} of{' '}
                <span class="num">{formatMoney(amount, currency, organization.locale)}</span>
              </>
            }
            said={
              <>
                {formatInstant(at, organization)} · {why[reason]}
                {state !== 'succeeded' && ` · ${state}`} · <code>{stripeId}</code>
              </>
            }
          >
            {permits(role, 'payment.record') && (
              <form method="post" action={paths.seenTo(organization.slug, stripeId)}>
                <button class="btn">
                  Seen to
                  <span class="unseen">
                    : {what[kind]} of {formatMoney(amount, currency, organization.locale)}
                  </span>
                </button>
              </form>
            )}
          </Line>
        ))}
      </ul>
    </section>
  )
}

export const unmatchedPages = new Hono<Inside>().post(
  paths.seenTo(':organization', ':money'),
  async (c) => {
    const ctx = c.get('ctx')
    const done = await seenTo(ctx, c.req.param('money'))
    return done.ok
      ? c.redirect(paths.invoices(ctx.organization.slug), 303)
      : refuse(c, done.failure)
  },
)
