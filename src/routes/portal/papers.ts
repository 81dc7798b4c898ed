import type { Context } from 'hono'
import type { PaperWanted } from '../../features/links/paper.ts'
import { paths } from '../../paths.ts'
import { newApp } from '../app.ts'
import { sendPaper } from '../api/client-paper.ts'
import { beingMadeForClients } from '../being-made.tsx'
import { door } from '../door.tsx'
import type { Client } from '../http.ts'
import { shedLinks } from '../shed.ts'
import { DeadLink } from './dead-link.tsx'
import { admit } from './guard.ts'

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

const param = (c: Here, name: 'invoice' | 'note' | 'payment') => c.req.param(name) ?? ''

/** The PDFs below a portal's address, apart from its page, which needs none of this. */
const inside = newApp<Client>()
  .use('/portal/:token/*', shedLinks)
  .get(
    paths.clientInvoicePdf(':token', ':invoice'),
    sending((c) => ({ kind: 'invoice', invoice: param(c, 'invoice') })),
  )
  .get(
    paths.clientCreditNotePdf(':token', ':invoice', ':note'),
    sending((c) => ({
      kind: 'credit-note',
      invoice: param(c, 'invoice'),
      of: param(c, 'note'),
    })),
  )
  .get(
    paths.clientReceipt(':token', ':invoice', ':payment'),
    sending((c) => ({
      kind: 'receipt',
      invoice: param(c, 'invoice'),
      of: param(c, 'payment'),
    })),
  )
  .get(
    paths.clientStatement(':token'),
    sending(() => ({ kind: 'statement' })),
  )

export const clientPapers = door().route('/', inside)
