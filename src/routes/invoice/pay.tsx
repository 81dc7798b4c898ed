import type { Context } from 'hono'
import { hurryLink } from '../../features/payments/retry.ts'
import { payStep } from '../../features/payments/rules.ts'
import { paths } from '../../paths.ts'
import { accentStyle } from '../../ui/brand.ts'
import type { Base } from '../http.ts'
import { rememberReturn } from '../portal/coming-back.ts'
import { DeadLink } from '../portal/dead-link.tsx'
import { lookAgain } from '../portal/look-again.ts'
import { PayPanel } from '../portal/pay-page.tsx'
import { admitToPay } from './guard.ts'
import { HeldLayout } from './page.tsx'

type Here = Context<Base>

const tokenOf = (c: Here): string => c.req.param('token') ?? ''

const dead = (c: Here) => c.html(<DeadLink token={tokenOf(c)} />, 404)

/** The same as portal/pay.tsx, for whoever holds the token of an invoice's mail. */
export async function showHeldPay(c: Here): Promise<Response> {
  const token = tokenOf(c)
  const admitted = await admitToPay(c.get('ctx'), token)
  if (!admitted?.part) return dead(c)
  const { ctx, holder, part } = admitted
  const step = payStep(part, ctx.now)
  if (step.step === 'go') {
    rememberReturn(c, step.link, paths.invoicePage(token))
    return c.redirect(step.url, 303)
  }
  const { accent, name } = holder.organization
  c.set('style', accentStyle(accent))
  c.set('pays', true)
  const here = paths.invoicePay(token)
  const waiting = step.step === 'moment' && !step.late && lookAgain(c, here)
  return c.html(
    <HeldLayout holder={holder} number={part.number}>
      <div class="hero small">
        <a class="label" href={paths.invoicePage(token)}>
          ← Invoice {part.number}
        </a>
      </div>
      <div class="deck one">
        <PayPanel pay={part} step={step} here={here} waiting={waiting} team={name} />
      </div>
    </HeldLayout>,
  )
}

export async function retryHeldPay(c: Here): Promise<Response> {
  const token = tokenOf(c)
  const admitted = await admitToPay(c.get('ctx'), token)
  if (!admitted?.part) return dead(c)
  const { ctx, part } = admitted
  if (payStep(part, ctx.now).step === 'moment') await hurryLink(ctx, part.id)
  return c.redirect(`${paths.invoicePay(token)}?n=1`, 303)
}
