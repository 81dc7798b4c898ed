import { Hono, type Context } from 'hono'
import type { Ctx } from '../../ctx.ts'
import { askForLink } from '../../features/links/visitor.ts'
import { isToken } from '../../features/links/rules.ts'
import { sha256 } from '../../lib/hash.ts'
import { newId } from '../../lib/id.ts'
import { paths } from '../../paths.ts'
import type { FormState } from '../../ui/fields.tsx'
import { accentStyle } from '../../ui/brand.ts'
import { tooFast } from '../bursts.ts'
import type { Base, Client } from '../http.ts'
import { tooFastAnswer } from '../problems.tsx'
import { shedLinks } from '../shed.ts'
import { DeadLink } from './dead-link.tsx'
import { answers } from './answers.tsx'
import { admit } from './guard.ts'
import { PortalPage } from './page.tsx'

/** Open to dead links: it is what they are for. */
const ask = new Hono<Base>().post(paths.askForLink(':token'), async (c) => {
  const token = c.req.param('token')
  if (await tooFast(c.req.raw, c.env)) return tooFastAnswer(c)
  if (isToken(token)) c.set('unseen', askForLink(c.get('ctx'), await sha256(token)))
  return c.html(<DeadLink token={token} asked />)
})

/** The page as it is now, with a message that came back unsent where there is one. */
async function page(c: Context<Client>, form: FormState, status: 200 | 409 | 422 | 429 = 200) {
  const { ctx, visit, content } = c.var
  c.set('style', accentStyle(visit.organization.accent))
  return c.html(
    <PortalPage
      visit={visit}
      content={content}
      now={ctx.now}
      token={c.req.param('token') ?? ''}
      form={form}
    />,
    status,
  )
}

const inside = new Hono<Client>()
  .use('/portal/:token/*', shedLinks)
  .use('/portal/:token/*', async (c, next) => {
    const token = c.req.param('token')
    // A form that is refused comes back on the whole page, so every request reads it.
    const admitted = await admit(c.get('ctx'), token, { whole: true })
    if (!admitted) return c.html(<DeadLink token={token} />, 404)
    c.set('ctx', admitted.ctx)
    c.set('visit', admitted.visit)
    c.set('content', admitted.content)
    return next()
  })
  .get(paths.portal(':token'), (c) => page(c, fresh(c.get('ctx'))))
  .route('/', answers)

/** A form to write in: its id makes one message of a double click. */
const fresh = (ctx: Ctx): FormState => ({ values: { id: newId(ctx.now) }, errors: [] })

export const clientDoor = new Hono<Base>().route('/', ask).route('/', inside)
