import { Hono, type Context } from 'hono'
import type { Ctx } from '../../ctx.ts'
import { FILES_LISTED, filesPlaceIn, versionNumber } from '../../features/files/rules.ts'
import { isToken } from '../../features/links/rules.ts'
import { MESSAGES_SHOWN, placeOf } from '../../features/messages/rules.ts'
import { sha256 } from '../../lib/hash.ts'
import { isId } from '../../lib/id.ts'
import { paths } from '../../paths.ts'
import { tooFast } from '../bursts.ts'
import type { Base, Client } from '../http.ts'
import { changesNothing } from '../origin.ts'
import { tooFastAnswer } from '../problems.tsx'
import { shedLinks } from '../shed.ts'
import { DeadLink } from './dead-link.tsx'
import { answers } from './answers.tsx'
import { filePages } from './files.tsx'
import { admit, type Wanted } from './guard.ts'
import { showPage, freshForm } from './show.tsx'
import { threadPages } from './thread.tsx'

/** The verb comes when somebody asks: the page that is only read needs none. */
async function askForLink(ctx: Ctx, token: string): Promise<void> {
  const visitor = await import('../../features/links/visitor.ts')
  await visitor.askForLink(ctx, await sha256(token))
}

/** Open to dead links: it is what they are for. */
const ask = new Hono<Base>().post(paths.askForLink(':token'), async (c) => {
  const token = c.req.param('token')
  if (await tooFast(c.req.raw, c.env)) return tooFastAnswer(c)
  if (isToken(token)) c.set('unseen', askForLink(c.get('ctx'), token))
  return c.html(<DeadLink token={token} asked />)
})

/** What a request reads as it is let in. A form that is refused comes back on the whole page. */
function wantedBy({ req }: Context<Client>, token: string): Wanted {
  if (!changesNothing(req.raw) || req.path === paths.portal(token)) return { whole: true }
  if (req.path === paths.clientMessages(token)) {
    return { thread: placeOf(req.query(), MESSAGES_SHOWN) ?? { limit: MESSAGES_SHOWN } }
  }
  const files = paths.clientFiles(token)
  if (req.path === files) return { files: filesPlaceIn(req.query(), FILES_LISTED) ?? { limit: 1 } }
  const file = req.path.slice(files.length + 1)
  return isId(file) && req.path === paths.clientFile(token, file)
    ? { file: { file, before: versionNumber(req.query('before')) } }
    : {}
}

const inside = new Hono<Client>()
  .use('/portal/:token/*', shedLinks)
  .use('/portal/:token/*', async (c, next) => {
    const token = c.req.param('token')
    const admitted = await admit(c.get('ctx'), token, wantedBy(c, token))
    if (!admitted) return c.html(<DeadLink token={token} />, 404)
    c.set('ctx', admitted.ctx)
    c.set('visit', admitted.visit)
    c.set('content', admitted.content)
    c.set('thread', admitted.thread)
    c.set('files', admitted.files)
    c.set('file', admitted.file)
    return next()
  })
  .get(paths.portal(':token'), (c) => showPage(c, freshForm(c.get('ctx'))))
  .route('/', threadPages)
  .route('/', filePages)
  .route('/', answers)

export const clientDoor = new Hono<Base>().route('/', ask).route('/', inside)
