import type { Context } from 'hono'
import type { PaperAsked } from '../../features/documents/rules.ts'
import { dayOf } from '../../lib/day.ts'
import { paths } from '../../paths.ts'
import { accentStyle } from '../../ui/brand.ts'
import { newApp } from '../app.ts'
import { beingMadeForClients } from '../being-made.tsx'
import { sendDocument } from '../document-answer.ts'
import { door } from '../door.tsx'
import type { Base } from '../http.ts'
import { DeadLink } from '../portal/dead-link.tsx'
import { noAnswer, type AnswerForm } from '../portal/invoice-answer.tsx'
import { payingOf } from '../portal/look-again.ts'
import { shedLinks } from '../shed.ts'
import { admitToInvoice, admitToPaper } from './guard.ts'
import { HeldInvoicePage } from './page.tsx'

type Here = Context<Base>

const pay = () => import('./pay.tsx')

const tokenOf = (c: Here): string => c.req.param('token') ?? ''

const dead = (c: Here) => c.html(<DeadLink token={tokenOf(c)} />, 404)

interface Shown {
  form?: AnswerForm
  status?: 200 | 409 | 422
}

async function showInvoice(c: Here, { form = noAnswer, status = 200 }: Shown = {}) {
  const token = tokenOf(c)
  const admitted = await admitToInvoice(c.get('ctx'), token)
  if (!admitted?.part) return dead(c)
  const { ctx, holder, part } = admitted
  const { accent, timeZone } = holder.organization
  c.set('style', accentStyle(accent))
  const today = dayOf(ctx.now, timeZone)
  const paying = payingOf(c, part, paths.invoicePage(token))
  return c.html(
    <HeldInvoicePage {...{ holder, invoice: part, token, today, paying, form }} />,
    status,
  )
}

/** What somebody who holds it says about it; the token is the credential. */
async function answerByForm(c: Here) {
  const token = tokenOf(c)
  const admitted = await admitToInvoice(c.get('ctx'), token)
  if (!admitted?.part) return dead(c)
  const { takeInvoiceAnswer } = await import('../portal/take-invoice-answer.ts')
  const taken = await takeInvoiceAnswer(admitted.ctx, admitted.part.id, c.req.raw)
  if (taken.kind === 'taken') return c.redirect(`${paths.invoicePage(token)}#answer`, 303)
  // As it stands now: somebody else may have paid or answered it.
  return taken.kind === 'missing'
    ? c.notFound()
    : showInvoice(c, { form: taken.form, status: taken.status })
}

const sending = (asked: (c: Here) => PaperAsked) => async (c: Here) => {
  const admitted = await admitToPaper(c.get('ctx'), tokenOf(c), asked(c))
  if (!admitted) return dead(c)
  const { holder, part } = admitted
  if (!part) return c.notFound()
  if (!part.made) return beingMadeForClients(c)
  const place = { organizationId: holder.organization.id, portalId: holder.portalId }
  return sendDocument(c, c.env.BUCKET, place, part, beingMadeForClients)
}

/** One invoice, for whoever holds the token of its mail. What it opens is that invoice's, and no more. */
const inside = newApp<Base>()
  .use('/invoice/:token/*', shedLinks)
  .get(paths.invoicePage(':token'), (c) => showInvoice(c))
  .get(paths.invoicePay(':token'), async (c) => (await pay()).showHeldPay(c))
  .post(paths.invoicePay(':token'), async (c) => (await pay()).retryHeldPay(c))
  .post(paths.invoiceAnswer(':token'), (c) => answerByForm(c))
  .get(
    paths.invoicePdf(':token'),
    sending(() => ({ kind: 'invoice' })),
  )
  .get(
    paths.invoiceCreditNotePdf(':token', ':note'),
    sending((c) => ({ kind: 'credit-note', of: c.req.param('note') ?? '' })),
  )
  .get(
    paths.invoiceReceipt(':token', ':payment'),
    sending((c) => ({ kind: 'receipt', of: c.req.param('payment') ?? '' })),
  )

export const invoiceDoor = door().route('/', inside)
