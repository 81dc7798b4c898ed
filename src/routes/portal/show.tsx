import type { Context } from 'hono'
import type { Ctx } from '../../ctx.ts'
import { newId } from '../../lib/id.ts'
import { accentStyle } from '../../ui/brand.ts'
import type { FormState } from '../../ui/fields.tsx'
import type { Client } from '../http.ts'
import { PortalPage } from './page.tsx'

/** The page as it is now, with a message or an upload that came back where there is one. */
export async function showPage(
  c: Context<Client>,
  form: FormState,
  status: 200 | 409 | 413 | 422 | 429 = 200,
  upload: FormState = freshForm(c.var.ctx),
) {
  const { ctx, visit, content, billing } = c.var
  c.set('style', accentStyle(visit.organization.accent))
  c.set('pays', billing?.online === 1)
  return c.html(
    <PortalPage
      visit={visit}
      content={content}
      billing={billing}
      now={ctx.now}
      token={c.req.param('token') ?? ''}
      form={form}
      upload={upload}
    />,
    status,
  )
}

/** A form to write in: its id makes one message of a double click. */
export const freshForm = (ctx: Ctx): FormState => ({ values: { id: newId(ctx.now) }, errors: [] })
