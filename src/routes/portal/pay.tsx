import type { Context } from 'hono'
import { hurryLink } from '../../features/payments/retry.ts'
import { payStep } from '../../features/payments/rules.ts'
import { markSeen } from '../../features/links/visitor.ts'
import { paths } from '../../paths.ts'
import { accentStyle, brandOf } from '../../ui/brand.ts'
import { ClientLayout } from '../../ui/client.tsx'
import type { Client } from '../http.ts'
import { rememberReturn } from './coming-back.ts'
import { lookAgain } from './look-again.ts'
import { PayPanel } from './pay-page.tsx'

/** On to the current Payment Link; or a page that says why not. It only reads. */
export async function showPay(c: Context<Client>): Promise<Response> {
  const { ctx, visit, pay } = c.var
  if (!pay) return c.notFound()
  const token = c.req.param('token') ?? ''
  const invoice = paths.clientInvoice(token, pay.id)
  const step = payStep(pay, ctx.now)
  if (step.step === 'go') {
    rememberReturn(c, step.link, invoice)
    return c.redirect(step.url, 303)
  }
  c.set('style', accentStyle(visit.organization.accent))
  c.set('pays', true)
  const here = paths.clientPay(token, pay.id)
  const waiting = step.step === 'moment' && !step.late && lookAgain(c, here)
  return c.html(
    <ClientLayout
      title={`Pay ${pay.number} · ${visit.project}`}
      lang="en"
      brand={brandOf(visit.organization)}
      client={visit.client}
      contact={visit.contactName}
      sheet="invoice.css"
    >
      <div class="hero small">
        <a class="label" href={invoice}>
          ← Invoice {pay.number}
        </a>
      </div>
      <div class="deck one">
        <PayPanel
          pay={pay}
          step={step}
          here={here}
          waiting={waiting}
          team={visit.organization.name}
        />
      </div>
    </ClientLayout>,
  )
}

/** Somebody waits for a link: has it made now. Harmless however often it is sent. */
export async function retryPay(c: Context<Client>): Promise<Response> {
  const { ctx, visit, pay } = c.var
  if (!pay) return c.notFound()
  if (payStep(pay, ctx.now).step === 'moment') await hurryLink(ctx, pay.id)
  c.set('unseen', markSeen(ctx, visit))
  return c.redirect(`${paths.clientPay(c.req.param('token') ?? '', pay.id)}?n=1`, 303)
}
