import { Hono, type Context } from 'hono'
import { createKey, revokeKey } from '../../features/keys/actions.ts'
import { createKeyInput } from '../../features/keys/input.ts'
import { listKeys } from '../../features/keys/queries.ts'
import { authorise } from '../../features/organizations/rules.ts'
import type { FieldError } from '../../lib/failure.ts'
import { newId } from '../../lib/id.ts'
import { pageInput } from '../../lib/page.ts'
import { paths } from '../../paths.ts'
import type { Inside } from '../http.ts'
import { formValues, parse, type Values } from '../input.ts'
import { frameOf, refuse } from './frame.tsx'
import { NewKeyPage } from './key-form.tsx'
import { KeyList } from './key-list.tsx'
import { KeySecret } from './key-secret.tsx'
import { endOfLastDay } from './last-day.ts'

type Here = Context<Inside>

/** Even the names of keys are for those alone who answer for them. */
const maySee = (c: Here) => authorise(c.get('ctx').actor, 'key.create')

const form = (c: Here, values: Values, errors: readonly FieldError[] = []) =>
  c.html(<NewKeyPage {...frameOf(c)} form={{ values, errors }} />, errors.length > 0 ? 422 : 200)

export const keyPages = new Hono<Inside>()
  .get(paths.keys(':organization'), async (c) => {
    const { db, now, organization } = c.get('ctx')
    if (!maySee(c)) return refuse(c, { kind: 'forbidden' })
    const page = parse(pageInput, c.req.query())
    if (!page.ok) return c.notFound()
    const list = await listKeys(db, organization.id, page.value)
    const first = page.value.cursor === undefined
    return c.html(<KeyList {...frameOf(c)} list={list} first={first} now={now} />)
  })
  .get(paths.newKey(':organization'), (c) => {
    if (!maySee(c)) return refuse(c, { kind: 'forbidden' })
    return form(c, { id: newId(c.get('ctx').now), role: 'member' })
  })
  .post(paths.keys(':organization'), async (c) => {
    const ctx = c.get('ctx')
    if (!maySee(c)) return refuse(c, { kind: 'forbidden' })
    const values = await formValues(c.req.raw)
    const expiresAt = endOfLastDay(values['expiresAt'], ctx.organization.timeZone)
    const input = parse(createKeyInput, { ...values, expiresAt })
    if (!input.ok) return form(c, values, input.errors)
    const made = await createKey(ctx, input.value)
    if (made.ok) return c.html(<KeySecret {...frameOf(c)} made={made.value} />)
    if (made.failure.kind === 'invalid') return form(c, values, made.failure.errors)
    return refuse(c, made.failure)
  })
  .post(paths.revokeKey(':organization', ':key'), async (c) => {
    const ctx = c.get('ctx')
    const revoked = await revokeKey(ctx, c.req.param('key'))
    if (revoked.ok) return c.redirect(paths.keys(ctx.organization.slug), 303)
    return refuse(c, revoked.failure)
  })
