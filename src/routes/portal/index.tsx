import { Hono, type Context } from 'hono'
import type { Ctx } from '../../ctx.ts'
import { isToken } from '../../features/links/rules.ts'
import { MESSAGES_SHOWN, placeOf } from '../../features/messages/rules.ts'
import { sha256 } from '../../lib/hash.ts'
import { paths } from '../../paths.ts'
import { tooFast } from '../bursts.ts'
import type { Base, Client } from '../http.ts'
import { changesNothing } from '../origin.ts'
import { tooFastAnswer } from '../problems.tsx'
import { shedLinks } from '../shed.ts'
import { DeadLink } from './dead-link.tsx'
import { answers } from './answers.tsx'
import { admit } from './guard.ts'
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
function wantedBy({ req }: Context<Client>, token: string) {
  const reads = changesNothing(req.raw)
  if (!reads || req.path !== paths.clientMessages(token)) return { whole: true }
  return { thread: placeOf(req.query(), MESSAGES_SHOWN) ?? { limit: MESSAGES_SHOWN } }
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
    c.set('billing', admitted.billing)
    c.set('invoices', admitted.invoices)
    return next()
  })
  .get(paths.portal(':token'), (c) => showPage(c, freshForm(c.get('ctx'))))
  .route('/', threadPages)
  .route('/', answers)

export const clientDoor = new Hono<Base>().route('/', ask).route('/', inside)
