import { Hono, type Context } from 'hono'
import { filesPlaceIn } from '../../features/files/rules.ts'
import { placeOf as invoicesAt } from '../../features/invoices/rules.ts'
import { etagOf, placeOf } from '../../features/messages/rules.ts'
import { paths } from '../../paths.ts'
import type { Client } from '../http.ts'
import { door } from '../door.tsx'
import { bytesAsked } from '../file-asked.ts'
import { changesNothing } from '../origin.ts'
import { admit, type Wanted } from '../portal/guard.ts'
import { shedLinks } from '../shed.ts'
import { billingView } from './client-invoice-views.ts'
import { failed } from './problem.ts'
import { unlessKnownToClient } from './unchanged-for-client.ts'
import { sinceView } from './since.ts'
import { todayIn } from './today.ts'
import { clientView, fileView, messageView } from './views.ts'

/** Messages, files or invoices in one answer, unless the caller wants fewer or more. */
const USUAL = 50

const acting = () => import('./client-acting.ts')

/** Of which invoice an address asks the PDF. */
const paperAsked = (path: string) => /\/invoices\/([^/]+)\/pdf$/.exec(path)?.[1]

/** What a request reads as it is let in. */
function wantedBy({ req }: Context<Client>, token: string): Wanted {
  if (req.path === paths.api.client(token)) return { whole: true }
  if (!changesNothing(req.raw)) return {}
  const bytes = bytesAsked(new URL(req.url))
  if (bytes) return bytes
  if (req.path === paths.api.clientFiles(token)) {
    return { files: filesPlaceIn(req.query(), USUAL) ?? { limit: 1 } }
  }
  if (req.path === paths.api.clientInvoices(token)) {
    return { invoices: invoicesAt(req.query(), USUAL) ?? { limit: 1 } }
  }
  const invoice = paperAsked(req.path)
  if (invoice !== undefined) return { paper: { kind: 'invoice', invoice } }
  return req.path === paths.api.clientMessages(token)
    ? { thread: placeOf(req.query(), USUAL) ?? { limit: 1 } }
    : {}
}

/** The client door: the token in the path is the credential, so no origin is asked for. */
const client = new Hono<Client>()
  .use('/api/portal/:token/*', shedLinks)
  .use(paths.api.clientMessages(':token'), unlessKnownToClient)
  .use('/api/portal/:token/*', async (c, next) => {
    const token = c.req.param('token')
    const admitted = await admit(c.get('ctx'), token, wantedBy(c, token))
    if (!admitted) return failed(c, { kind: 'missing' })
    c.set('ctx', admitted.ctx)
    c.set('visit', admitted.visit)
    c.set('content', admitted.content)
    c.set('thread', admitted.thread)
    c.set('files', admitted.files)
    c.set('file', admitted.file)
    c.set('stored', admitted.stored)
    c.set('billing', admitted.billing)
    c.set('invoices', admitted.invoices)
    c.set('paper', admitted.paper)
    return next()
  })
  .get(paths.api.client(':token'), (c) =>
    c.json({
      ...clientView(c.get('visit'), c.get('content'), c.get('ctx').settings.appUrl),
      ...billingView(c.get('billing'), todayIn(c.get('ctx')), {
        appUrl: c.get('ctx').settings.appUrl,
        token: c.req.param('token'),
      }),
      ...sinceView(c.get('content'), c.get('visit').contactId),
    }),
  )
  .get(paths.api.clientInvoices(':token'), async (c) => {
    const { listInvoices } = await import('./client-invoices.ts')
    return listInvoices(c, invoicesAt(c.req.query(), USUAL) !== undefined)
  })
  .get(paths.api.clientInvoicePdf(':token', ':invoice'), async (c) => {
    const { sendClientPaper } = await import('./client-paper.ts')
    return sendClientPaper(c)
  })
  .get(paths.api.clientMessages(':token'), async (c) => {
    const thread = c.get('thread')
    if (!thread) return failed(c, { kind: 'missing' })
    if (!placeOf(c.req.query(), USUAL)) {
      const { complaints } = await acting()
      return failed(c, { kind: 'invalid', errors: complaints(c.req.query()) })
    }
    const { page, readings, version } = thread
    c.header('ETag', etagOf(version))
    return c.json({
      items: page.items.map((message) => messageView(message, readings)),
      next: page.earlier,
    })
  })
  .get(paths.api.clientFiles(':token'), async (c) => {
    const files = c.get('files')
    if (!files) return failed(c, { kind: 'missing' })
    if (!filesPlaceIn(c.req.query(), USUAL)) {
      const { complaintsAboutFiles } = await acting()
      return failed(c, { kind: 'invalid', errors: complaintsAboutFiles(c.req.query()) })
    }
    const { items, next } = files.page
    return c.json({ items: items.map(fileView), next })
  })
  .get(paths.api.clientFile(':token', ':file'), async (c) => {
    const { stored } = c.var
    if (!stored) return failed(c, { kind: 'missing' })
    const [{ sendFile }, { bytesOf }] = await Promise.all([
      import('../file-answer.ts'),
      import('../portal/bytes.ts'),
    ])
    return sendFile(c, stored, bytesOf(c))
  })
  .post(paths.api.clientAnswer(':token', ':milestone', 'approve'), async (c) =>
    (await acting()).answerByApi(c, 'approved'),
  )
  .post(paths.api.clientAnswer(':token', ':milestone', 'request-changes'), async (c) =>
    (await acting()).answerByApi(c, 'changes'),
  )
  .post(paths.api.clientAnswer(':token', ':milestone', 'approve-and-pay'), async (c) =>
    (await acting()).approveAndPayByApi(c),
  )
  .post(paths.api.clientMessages(':token'), async (c) => (await acting()).sendByApi(c))
  .post(paths.api.seen(':token'), async (c) => (await acting()).reportSeen(c))

export const clientApi = door().route('/', client)
