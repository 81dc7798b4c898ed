import { Hono } from 'hono'
import { retryEmail } from '../../features/emails/actions.ts'
import { listEmailsInput } from '../../features/emails/input.ts'
import { emailById, listEmails } from '../../features/emails/queries.ts'
import { ok } from '../../lib/result.ts'
import { paths } from '../../paths.ts'
import type { Admin } from '../http.ts'
import { parse } from '../input.ts'
import { noInput, post } from './post.ts'
import { failed } from './problem.ts'
import { emailView } from './views.ts'

export const emails = new Hono<Admin>()
  .get(paths.api.emails, async (c) => {
    const { db, organization } = c.get('ctx')
    const input = parse(listEmailsInput, c.req.query())
    if (!input.ok) return failed(c, { kind: 'invalid', errors: input.errors })
    const { items, next } = await listEmails(db, organization.id, input.value)
    return c.json({ items: items.map(emailView), next })
  })
  .post(
    paths.api.retryEmail(':email'),
    post({
      status: 200,
      input: noInput,
      async act(c) {
        const retried = await retryEmail(c.get('ctx'), { email: c.req.param('email') ?? '' })
        return retried.ok ? ok(emailView(retried.value)) : retried
      },
      async show(c) {
        const { db, organization } = c.get('ctx')
        const failed = await emailById(db, organization.id, c.req.param('email') ?? '')
        const again = await emailById(db, organization.id, failed?.retriedBy ?? '')
        return again && emailView(again)
      },
    }),
  )
