import type { Context } from 'hono'
import type { PaperWanted } from '../../features/documents/rules.ts'
import { paths } from '../../paths.ts'
import { newApp } from '../app.ts'
import { sendPaper } from '../api/client-paper.ts'
import { beingMadeForClients } from '../being-made.tsx'
import { door } from '../door.tsx'
import type { Client } from '../http.ts'
import { theCreditNote, theInvoice, theReceipt, theStatement } from '../paper-wanted.ts'
import { shedLinks } from '../shed.ts'
import { DeadLink } from './dead-link.tsx'
import { admit } from './guard.ts'
import { answerInvoiceByForm } from './invoice.tsx'

type Here = Context<Client>

/** Lets the holder of a link in with the PDF that the address names, and sends it. */
const sending = (wanted: (c: Here) => PaperWanted) => async (c: Here) => {
  const token = c.req.param('token') ?? ''
  const admitted = await admit(c.get('ctx'), token, { paper: wanted(c) })
  if (!admitted) return c.html(DeadLink({ token }), 404)
  c.set('ctx', admitted.ctx)
  c.set('visit', admitted.visit)
  c.set('paper', admitted.paper)
  return sendPaper(c, beingMadeForClients)
}

/** The PDFs below a portal's address and the answers to its invoices, apart from its page, which needs none of this. */
const inside = newApp<Client>()
  .use('/portal/:token/*', shedLinks)
  .post(paths.clientInvoiceAnswer(':token', ':invoice'), async (c) => {
    const token = c.req.param('token')
    const admitted = await admit(c.get('ctx'), token)
    if (!admitted) return c.html(DeadLink({ token }), 404)
    c.set('ctx', admitted.ctx)
    c.set('visit', admitted.visit)
    return answerInvoiceByForm(c)
  })
  .get(paths.clientInvoicePdf(':token', ':invoice'), sending(theInvoice))
  .get(paths.clientCreditNotePdf(':token', ':invoice', ':note'), sending(theCreditNote))
  .get(paths.clientReceipt(':token', ':invoice', ':payment'), sending(theReceipt))
  .get(paths.clientStatement(':token'), sending(theStatement))

export const clientPapers = door().route('/', inside)
