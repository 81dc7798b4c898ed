import { Hono } from 'hono'
import { markSeen } from '../../features/links/visitor.ts'
import { paths } from '../../paths.ts'
import type { Client } from '../http.ts'
import { admit } from '../portal/guard.ts'
import { shedLinks } from '../shed.ts'
import { failed } from './problem.ts'
import { sinceView } from './since.ts'
import { clientView } from './views.ts'

/** The client door: the token in the path is the credential, so no origin is asked for. */
export const client = new Hono<Client>()
  .use('/api/portal/:token/*', shedLinks)
  .use('/api/portal/:token/*', async (c, next) => {
    const token = c.req.param('token')
    const whole = c.req.path === paths.api.client(token)
    const admitted = await admit(c.get('ctx'), token, { whole })
    if (!admitted) return failed(c, { kind: 'missing' })
    c.set('ctx', admitted.ctx)
    c.set('visit', admitted.visit)
    c.set('content', admitted.content)
    return next()
  })
  .get(paths.api.client(':token'), (c) =>
    c.json({
      ...clientView(c.get('visit'), c.get('ctx').settings.appUrl),
      ...sinceView(c.get('content'), c.get('visit').contactId),
    }),
  )
  .post(paths.api.seen(':token'), async (c) => {
    await markSeen(c.get('ctx'), c.get('visit'))
    return c.body(null, 204)
  })
