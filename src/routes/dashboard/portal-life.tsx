import { Hono, type Context } from 'hono'
import {
  archivePortal,
  changePortal,
  deletePortal,
  restorePortal,
} from '../../features/portals/actions.ts'
import { authorise } from '../../features/organizations/rules.ts'
import { duplicatePortal } from '../../features/portals/duplicate.ts'
import { duplicatePortalInput, editPortalInput } from '../../features/portals/input.ts'
import { portalById, portalWithContacts, type PortalItem } from '../../features/portals/queries.ts'
import { pausePortalReminders, resumePortalReminders } from '../../features/reminders/pause.ts'
import type { Failure, FieldError } from '../../lib/failure.ts'
import { newId } from '../../lib/id.ts'
import type { Result } from '../../lib/result.ts'
import { paths, type PortalAction } from '../../paths.ts'
import type { FormState } from '../../ui/fields.tsx'
import type { Inside } from '../http.ts'
import { asBefore, formValues, nested, parse, type Values } from '../input.ts'
import { frameOf, refuse } from './frame.tsx'
import { DeletePortalPage } from './portal-delete.tsx'
import { DuplicatePortalPage, takeField } from './portal-duplicate.tsx'
import { EditPortalPage } from './portal-edit.tsx'

type Here = Context<Inside>

const action = (name: PortalAction) => paths.portalAction(':organization', ':portal', name)

const toPortal = (c: Here, id: string) =>
  c.redirect(paths.portalOf(c.get('ctx').organization.slug, id), 303)

const toInvoices = (c: Here, result: Result<PortalItem, Failure>) => {
  const { slug } = c.get('ctx').organization
  return result.ok
    ? c.redirect(paths.invoicesOf(slug, result.value.id), 303)
    : refuse(c, result.failure)
}

const moved = (c: Here, result: Result<PortalItem, Failure>) =>
  result.ok ? toPortal(c, result.value.id) : refuse(c, result.failure)

const valuesOf = ({ project, client, currency }: PortalItem): Values => ({
  project,
  client,
  currency,
})

/** Says what somebody else saved meanwhile; sending the form again then writes over it. */
const changed = ({ project, client, currency }: PortalItem): FieldError => ({
  path: '',
  message: `Somebody changed this portal while you had it open. It is now “${project}” for ${client}, in ${currency}. Save again to write over it with what is below.`,
})

const currencyStays: FieldError = {
  path: 'currency',
  message: 'The portal has been billed already, so its currency stays.',
}

/** A project's name for its duplicate, within what a name may have. */
const copyOf = (project: string): string => `${[...project].slice(0, 150).join('')} (copy)`

/** Everybody's checkbox is set to begin with. */
const everybody = (contacts: readonly { id: string }[]): Values =>
  Object.fromEntries(contacts.map(({ id }) => [takeField(id), 'yes']))

const taken = (values: Values): string[] =>
  Object.keys(values).flatMap((name) => (name.startsWith('take.') ? [name.slice(5)] : []))

export const portalLifePages = new Hono<Inside>()
  .get(paths.editPortal(':organization', ':portal'), async (c) => {
    const { db, organization } = c.get('ctx')
    const portal = await portalById(db, organization.id, c.req.param('portal'))
    if (!portal) return c.notFound()
    const values = valuesOf(portal)
    const form: FormState = { values: { ...values, ...asBefore(values) }, errors: [] }
    return c.html(<EditPortalPage {...frameOf(c)} portal={portal} form={form} />)
  })
  .post(paths.editPortal(':organization', ':portal'), async (c) => {
    const ctx = c.get('ctx')
    const id = c.req.param('portal')
    const values = await formValues(c.req.raw)
    const input = parse(editPortalInput, nested(values))
    let fixed = false
    if (input.ok) {
      const { was, ...wanted } = input.value
      const saved = await changePortal(ctx, id, wanted, was)
      if (saved.ok) return toPortal(c, id)
      if (saved.failure.kind !== 'conflict') return refuse(c, saved.failure)
      fixed = saved.failure.reason === 'currency-fixed'
    }
    const portal = await portalById(ctx.db, ctx.organization.id, id)
    if (!portal) return c.notFound()
    const again = (form: FormState, status: 409 | 422) =>
      c.html(<EditPortalPage {...frameOf(c)} portal={portal} form={form} />, status)
    if (!input.ok) return again({ values, errors: input.errors }, 422)
    if (fixed) return again({ values, errors: [currencyStays] }, 409)
    const knowing = { ...values, ...asBefore(valuesOf(portal)) }
    return again({ values: knowing, errors: [changed(portal)] }, 409)
  })
  .post(action('archive'), async (c) =>
    moved(c, await archivePortal(c.get('ctx'), c.req.param('portal'))),
  )
  .post(action('restore'), async (c) =>
    moved(c, await restorePortal(c.get('ctx'), c.req.param('portal'))),
  )
  .post(action('pause-reminders'), async (c) =>
    toInvoices(c, await pausePortalReminders(c.get('ctx'), c.req.param('portal'))),
  )
  .post(action('resume-reminders'), async (c) =>
    toInvoices(c, await resumePortalReminders(c.get('ctx'), c.req.param('portal'))),
  )
  .get(action('delete'), async (c) => {
    const { actor, db, organization } = c.get('ctx')
    if (!authorise(actor, 'portal.delete')) return refuse(c, { kind: 'forbidden' })
    const portal = await portalById(db, organization.id, c.req.param('portal'))
    if (!portal) return c.notFound()
    if (portal.archivedAt === null)
      return refuse(c, { kind: 'conflict', reason: 'portal-not-archived' })
    return c.html(<DeletePortalPage {...frameOf(c)} portal={portal} />)
  })
  .post(action('delete'), async (c) => {
    const ctx = c.get('ctx')
    const gone = await deletePortal(ctx, c.req.param('portal'))
    return gone.ok ? c.redirect(paths.portals(ctx.organization.slug), 303) : refuse(c, gone.failure)
  })
  .get(action('duplicate'), async (c) => {
    const { db, now, organization } = c.get('ctx')
    const portal = await portalWithContacts(db, organization.id, c.req.param('portal'))
    if (!portal) return c.notFound()
    const { project, client, currency, contacts } = portal
    const values = {
      id: newId(now),
      project: copyOf(project),
      client,
      currency,
      ...everybody(contacts),
    }
    return c.html(
      <DuplicatePortalPage {...frameOf(c)} portal={portal} form={{ values, errors: [] }} />,
    )
  })
  .post(action('duplicate'), async (c) => {
    const ctx = c.get('ctx')
    const from = c.req.param('portal')
    const values = await formValues(c.req.raw)
    const again = async (errors: readonly FieldError[]) => {
      const portal = await portalWithContacts(ctx.db, ctx.organization.id, from)
      if (!portal) return c.notFound()
      const form: FormState = { values, errors }
      return c.html(<DuplicatePortalPage {...frameOf(c)} portal={portal} form={form} />, 422)
    }
    const { take: _, ...facts } = nested(values)
    const wanted = { ...facts, contacts: taken(values), send: values['send'] === 'yes' }
    const input = parse(duplicatePortalInput, wanted)
    if (!input.ok) return again(input.errors)
    const made = await duplicatePortal(ctx, from, input.value)
    if (made.ok) return toPortal(c, made.value.id)
    return made.failure.kind === 'invalid' ? again(made.failure.errors) : refuse(c, made.failure)
  })
