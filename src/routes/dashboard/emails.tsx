import { Hono } from 'hono'
import { retryEmail } from '../../features/emails/actions.ts'
import { listEmailsInput } from '../../features/emails/input.ts'
import { listEmails } from '../../features/emails/queries.ts'
import { paths } from '../../paths.ts'
import type { Inside } from '../http.ts'
import { parse } from '../input.ts'
import { EmailList } from './email-list.tsx'
import { frameOf, refuse } from './frame.tsx'

export const emailPages = new Hono<Inside>()
  .get(paths.emails(':organization'), async (c) => {
    const { db, now, organization } = c.get('ctx')
    const input = parse(listEmailsInput, c.req.query())
    if (!input.ok) return c.notFound()
    const list = await listEmails(db, organization.id, input.value)
    return c.html(<EmailList {...frameOf(c)} list={list} input={input.value} now={now} />)
  })
  .post(paths.retryEmail(':organization', ':email'), async (c) => {
    const ctx = c.get('ctx')
    const retried = await retryEmail(ctx, { email: c.req.param('email') })
    if (retried.ok) return c.redirect(paths.emails(ctx.organization.slug), 303)
    return refuse(c, retried.failure)
  })
