import type { Context } from 'hono'
import { FILES_LISTED, filesPlaceIn, versionNumber } from '../../features/files/rules.ts'
import { MESSAGES_SHOWN, placeOf } from '../../features/messages/rules.ts'
import { isId } from '../../lib/id.ts'
import { entrancePaths as paths } from '../../entrance-paths.ts'
import { newApp } from '../app.ts'
import { bytesAsked } from '../file-asked.ts'
import type { Base, Client } from '../http.ts'
import { changesNothing } from '../origin.ts'
import { shedLinks } from '../shed.ts'
import { admit, type Wanted } from './guard.ts'
import { showPage, freshForm } from './show.tsx'

// Beside the page as it is read, all is loaded when somebody wants it.
const acting = () => import('./acting.ts')
const answers = () => import('./answers.tsx')
const files = () => import('./files.tsx')
const bytes = () => import('./bytes.ts')
const pay = () => import('./pay.tsx')

const ask = newApp<Base>().post(paths.askForLink(':token'), async (c) => {
  const { askByForm } = await import('./ask.tsx')
  return askByForm(c)
})

/** What a request reads as it is let in. A form that is refused comes back on the whole page. */
function wantedBy({ req }: Context<Client>, token: string): Wanted {
  const [, paid] = /\/invoices\/([^/]+)\/pay$/.exec(req.path) ?? []
  if (paid) return { pay: paid }
  if (!changesNothing(req.raw) || req.path === paths.portal(token)) return { whole: true }
  const bytes = bytesAsked(new URL(req.url))
  if (bytes) return bytes
  if (req.path === paths.clientMessages(token)) {
    return { thread: placeOf(req.query(), MESSAGES_SHOWN) ?? { limit: MESSAGES_SHOWN } }
  }
  const all = paths.clientFiles(token)
  if (req.path === all) return { files: filesPlaceIn(req.query(), FILES_LISTED) ?? { limit: 1 } }
  const last = req.path.slice(req.path.lastIndexOf('/') + 1)
  if (isId(last) && req.path === paths.clientInvoice(token, last)) return { invoice: last }
  return isId(last) && req.path === paths.clientFile(token, last)
    ? { file: { file: last, before: versionNumber(req.query('before')) } }
    : {}
}

const inside = newApp<Client>()
  .use('/portal/:token/*', shedLinks)
  .use('/portal/:token/*', async (c, next) => {
    const token = c.req.param('token')
    const admitted = await admit(c.get('ctx'), token, wantedBy(c, token))
    if (!admitted) {
      const { DeadLink } = await import('./dead-link.tsx')
      return c.html(<DeadLink token={token} />, 404)
    }
    c.set('ctx', admitted.ctx)
    c.set('visit', admitted.visit)
    c.set('content', admitted.content)
    c.set('thread', admitted.thread)
    c.set('files', admitted.files)
    c.set('file', admitted.file)
    c.set('stored', admitted.stored)
    c.set('offer', admitted.offer)
    c.set('billing', admitted.billing)
    c.set('invoice', admitted.invoice)
    c.set('pay', admitted.pay)
    return next()
  })
  .get(paths.portal(':token'), (c) => showPage(c, freshForm(c.get('ctx'))))
  .get(paths.clientMessages(':token'), async (c) => {
    const { showThread } = await import('./thread.tsx')
    return showThread(c)
  })
  .get(paths.clientFiles(':token'), async (c) => (await files()).showFiles(c))
  .get(paths.clientFile(':token', ':file'), async (c) => (await files()).showFile(c))
  .get(paths.clientFileAction(':token', ':file', 'content'), async (c) =>
    (await bytes()).sendStored(c),
  )
  .get(paths.clientFileAction(':token', ':file', 'preview'), async (c) =>
    (await bytes()).showStored(c),
  )
  .get(paths.clientInvoice(':token', ':invoice'), async (c) => {
    const { showInvoice } = await import('./invoice.tsx')
    return showInvoice(c)
  })
  .get(paths.clientPay(':token', ':invoice'), async (c) => (await pay()).showPay(c))
  .post(paths.clientPay(':token', ':invoice'), async (c) => (await pay()).retryPay(c))
  .get(paths.clientArchive(':token'), async (c) => {
    const { sendArchive } = await import('./archive.tsx')
    return sendArchive(c)
  })
  .post(paths.clientMessages(':token'), async (c) => (await acting()).sendByForm(c))
  .post(paths.clientNews(':token'), async (c) => (await acting()).subscribeByForm(c))
  .post(paths.clientAnswer(':token', ':milestone', 'approve'), async (c) =>
    (await answers()).answerByForm(c, 'approve'),
  )
  .post(paths.clientAnswer(':token', ':milestone', 'request-changes'), async (c) =>
    (await answers()).answerByForm(c, 'request-changes'),
  )
  .post(paths.clientAnswer(':token', ':milestone', 'approve-and-pay'), async (c) =>
    (await answers()).approveAndPayByForm(c),
  )
  .post(paths.clientFiles(':token'), async (c) => {
    const { sendFilesByForm } = await import('./send-files.ts')
    return sendFilesByForm(c)
  })

export const clientDoor = newApp<Base>().route('/', ask).route('/', inside)
