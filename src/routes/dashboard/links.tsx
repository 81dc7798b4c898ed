import { Hono, type Context } from 'hono'
import type { TenantCtx } from '../../ctx.ts'
import { paths, type LinkAction } from '../../paths.ts'
import {
  changeLink,
  createLink,
  deleteLink,
  pauseLink,
  replaceLink,
  resumeLink,
  revealLink,
  sendLink,
} from '../../features/links/actions.ts'
import { changeLinkInput, createLinkInput, replaceLinkInput } from '../../features/links/input.ts'
import { linkById } from '../../features/links/queries.ts'
import type { LinkPath } from '../../features/links/path.ts'
import { endOfNewLink } from '../../features/links/rules.ts'
import { pageByLink } from '../../features/links/content.ts'
import { portalById } from '../../features/portals/queries.ts'
import type { FieldError } from '../../lib/failure.ts'
import { newId } from '../../lib/id.ts'
import { accentStyle } from '../../ui/brand.ts'
import type { FormState } from '../../ui/fields.tsx'
import type { Inside } from '../http.ts'
import { formValues, nested, parse, type Values } from '../input.ts'
import { byMember } from './file-addresses.ts'
import { PortalPage } from '../portal/page.tsx'
import { ChangeLinkPage, NewLinkPage } from './link-form.tsx'
import { frameOf, refuse } from './frame.tsx'
import { endOfLastDay, lastDayOf } from './last-day.ts'
import { LinkAddress } from './link-address.tsx'

type Here = Context<Inside>

const pathOf = (c: Here): LinkPath => ({
  portal: c.req.param('portal') ?? '',
  link: c.req.param('link') ?? '',
})

const backToPortal = (c: Here) =>
  c.redirect(paths.portalOf(c.get('ctx').organization.slug, pathOf(c).portal), 303)

const access = (ctx: TenantCtx, values: Values): Record<string, unknown> => ({
  ...nested(values),
  expiresAt: endOfLastDay(values['expiresAt'], ctx.organization.timeZone),
})

const action = (name: LinkAction) => paths.linkAction(':organization', ':portal', ':link', name)

export const linkPages = new Hono<Inside>()
  .get(paths.newLink(':organization', ':portal'), async (c) => {
    const ctx = c.get('ctx')
    const { db, now, organization } = ctx
    const portal = await portalById(db, organization.id, c.req.param('portal'))
    if (!portal) return c.notFound()
    if (portal.archivedAt !== null)
      return refuse(c, { kind: 'conflict', reason: 'portal-archived' })
    const expiresAt = lastDayOf(endOfNewLink(organization, now), organization.timeZone)
    const values = { id: newId(now), scope: 'all', send: 'yes', expiresAt }
    const form: FormState = { values, errors: [] }
    return c.html(<NewLinkPage {...frameOf(c)} portal={portal} form={form} />)
  })
  .post(paths.links(':organization', ':portal'), async (c) => {
    const ctx = c.get('ctx')
    const values = await formValues(c.req.raw)
    const id = c.req.param('portal')
    const again = async (errors: readonly FieldError[]) => {
      const portal = await portalById(ctx.db, ctx.organization.id, id)
      if (!portal) return c.notFound()
      return c.html(<NewLinkPage {...frameOf(c)} portal={portal} form={{ values, errors }} />, 422)
    }
    const input = parse(createLinkInput, { ...access(ctx, values), send: values['send'] === 'yes' })
    if (!input.ok) return again(input.errors)
    const made = await createLink(ctx, { ...input.value, portal: id })
    if (made.ok) return backToPortal(c)
    return made.failure.kind === 'invalid' ? again(made.failure.errors) : refuse(c, made.failure)
  })
  .get(paths.link(':organization', ':portal', ':link'), async (c) => {
    const { db, organization } = c.get('ctx')
    const link = await linkById(db, organization.id, pathOf(c))
    if (!link) return c.notFound()
    const values = {
      scope: link.scope,
      expiresAt: lastDayOf(link.expiresAt, organization.timeZone),
    }
    return c.html(<ChangeLinkPage {...frameOf(c)} link={link} form={{ values, errors: [] }} />)
  })
  .post(paths.link(':organization', ':portal', ':link'), async (c) => {
    const ctx = c.get('ctx')
    const values = await formValues(c.req.raw)
    const again = async (errors: readonly FieldError[]) => {
      const link = await linkById(ctx.db, ctx.organization.id, pathOf(c))
      if (!link) return c.notFound()
      return c.html(<ChangeLinkPage {...frameOf(c)} link={link} form={{ values, errors }} />, 422)
    }
    const before = await linkById(ctx.db, ctx.organization.id, pathOf(c))
    const { timeZone } = ctx.organization
    const sameDay = before && lastDayOf(before.expiresAt, timeZone) === values['expiresAt']
    const wanted = { ...access(ctx, values), ...(sameDay ? { expiresAt: undefined } : {}) }
    const input = parse(changeLinkInput, wanted)
    if (!input.ok) return again(input.errors)
    const changed = await changeLink(ctx, pathOf(c), input.value)
    if (changed.ok) return backToPortal(c)
    return changed.failure.kind === 'invalid'
      ? again(changed.failure.errors)
      : refuse(c, changed.failure)
  })
  .post(action('pause'), async (c) => {
    const paused = await pauseLink(c.get('ctx'), pathOf(c))
    return paused.ok ? backToPortal(c) : refuse(c, paused.failure)
  })
  .post(action('resume'), async (c) => {
    const resumed = await resumeLink(c.get('ctx'), pathOf(c))
    return resumed.ok ? backToPortal(c) : refuse(c, resumed.failure)
  })
  .post(action('send'), async (c) => {
    const sent = await sendLink(c.get('ctx'), pathOf(c))
    return sent.ok ? backToPortal(c) : refuse(c, sent.failure)
  })
  .post(action('delete'), async (c) => {
    const gone = await deleteLink(c.get('ctx'), pathOf(c))
    return gone.ok ? backToPortal(c) : refuse(c, gone.failure)
  })
  .post(action('replace'), async (c) => {
    const values = await formValues(c.req.raw)
    const input = parse(replaceLinkInput, {
      version: values['version'] === undefined ? undefined : Number(values['version']),
      send: values['send'] === 'yes',
    })
    if (!input.ok) return refuse(c, { kind: 'invalid', errors: input.errors })
    const replaced = await replaceLink(c.get('ctx'), pathOf(c), input.value)
    if (!replaced.ok) return refuse(c, replaced.failure)
    return c.html(<LinkAddress {...frameOf(c)} link={replaced.value} replaced />)
  })
  // A POST: what gives out an address is kept, and no scanner may cause it.
  .post(action('reveal'), async (c) => {
    const revealed = await revealLink(c.get('ctx'), pathOf(c))
    if (!revealed.ok) return refuse(c, revealed.failure)
    return c.html(<LinkAddress {...frameOf(c)} link={revealed.value} />)
  })
  .get(action('view'), async (c) => {
    const { db, now, organization } = c.get('ctx')
    const visit = await pageByLink(db, organization.id, pathOf(c), now)
    if (!visit) return c.notFound()
    const back = paths.portalOf(organization.slug, visit.portalId)
    c.set('style', accentStyle(organization.accent))
    return c.html(
      <PortalPage
        visit={visit}
        content={visit.content}
        billing={visit.billing}
        now={now}
        token={null}
        form={{ values: {}, errors: [] }}
        preview={{ back, files: byMember(organization.slug, visit.portalId) }}
      />,
    )
  })
