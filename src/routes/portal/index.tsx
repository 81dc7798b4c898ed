import { Hono } from 'hono'
import { askForLink } from '../../features/links/visitor.ts'
import { isToken } from '../../features/links/rules.ts'
import { sha256 } from '../../lib/hash.ts'
import { paths } from '../../paths.ts'
import { accentStyle } from '../../ui/brand.ts'
import { tooFast } from '../bursts.ts'
import type { Base, Client } from '../http.ts'
import { tooFastAnswer } from '../problems.tsx'
import { shedLinks } from '../shed.ts'
import { DeadLink } from './dead-link.tsx'
import { admit } from './guard.ts'
import { PortalPage } from './page.tsx'

/** Open to dead links: it is what they are for. */
const ask = new Hono<Base>().post(paths.askForLink(':token'), async (c) => {
  const token = c.req.param('token')
  if (await tooFast(c.req.raw, c.env)) return tooFastAnswer(c)
  if (isToken(token)) c.set('unseen', askForLink(c.get('ctx'), await sha256(token)))
  return c.html(<DeadLink token={token} asked />)
})

const inside = new Hono<Client>()
  .use('/portal/:token/*', shedLinks)
  .use('/portal/:token/*', async (c, next) => {
    const token = c.req.param('token')
    const admitted = await admit(c.get('ctx'), token)
    if (!admitted) return c.html(<DeadLink token={token} />, 404)
    c.set('ctx', admitted.ctx)
    c.set('visit', admitted.visit)
    return next()
  })
  .get(paths.portal(':token'), (c) => {
    const visit = c.get('visit')
    c.set('style', accentStyle(visit.organization.accent))
    return c.html(<PortalPage visit={visit} />)
  })

export const clientDoor = new Hono<Base>().route('/', ask).route('/', inside)
