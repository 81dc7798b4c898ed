import { Hono, type Context } from 'hono'
import { markSeen } from '../../features/links/visitor.ts'
import { paths } from '../../paths.ts'
import type { Client } from '../http.ts'
import { admit } from '../portal/guard.ts'
import { shedLinks } from '../shed.ts'
import { failed } from './problem.ts'
import { sinceView } from './since.ts'
import { clientMilestoneView, clientView } from './views.ts'

/** The client's word on a milestone. What reads it is loaded when somebody gives one. */
const answer = (to: 'approved' | 'changes') => async (c: Context<Client>) => {
  const { ctx, visit } = c.var
  const { jsonBody } = await import('./json.ts')
  const { answerInput } = await import('../../features/milestones/input.ts')
  const { answerApproval } = await import('../../features/milestones/approval.ts')
  const input = await jsonBody(c, answerInput)
  if (!input.ok) return input.response
  await markSeen(ctx, visit)
  const given = await answerApproval(ctx, c.req.param('milestone') ?? '', { to, ...input.value })
  return given.ok ? c.json(clientMilestoneView(given.value)) : failed(c, given.failure)
}

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
      ...clientView(c.get('visit'), c.get('content'), c.get('ctx').settings.appUrl),
      ...sinceView(c.get('content'), c.get('visit').contactId),
    }),
  )
  .post(paths.api.seen(':token'), async (c) => {
    await markSeen(c.get('ctx'), c.get('visit'))
    return c.body(null, 204)
  })
  .post(paths.api.clientAnswer(':token', ':milestone', 'approve'), answer('approved'))
  .post(paths.api.clientAnswer(':token', ':milestone', 'request-changes'), answer('changes'))
