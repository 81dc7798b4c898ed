import { Hono, type Context } from 'hono'
import type * as z from 'zod/mini'
import { changeBranding, removeLogo, setLogo } from '../../features/branding/actions.ts'
import { changeBrandingInput } from '../../features/branding/input.ts'
import { changeDefaultsInput, changeOrganizationInput } from '../../features/organizations/input.ts'
import {
  changeDefaults,
  changeOrganization,
  overtaken,
  settingsOf,
  type OrganizationSettings,
} from '../../features/organizations/settings.ts'
import type { TenantCtx } from '../../ctx.ts'
import type { Failure, FieldError } from '../../lib/failure.ts'
import type { Result } from '../../lib/result.ts'
import { paths, withQuery } from '../../paths.ts'
import type { FormState } from '../../ui/fields.tsx'
import type { Inside } from '../http.ts'
import { asBefore, formValues, nested, parse, type Values } from '../input.ts'
import { BrandingPage, samplesStyle } from './branding-page.tsx'
import { frameOf, refuse } from './frame.tsx'
import { DefaultsPage, OrganisationPage } from './settings-forms.tsx'
import { mayChange } from './settings-page.tsx'

type Here = Context<Inside>

const settingsFrame = (c: Here) => ({ ...frameOf(c), saved: c.req.query('saved') !== undefined })

const current = (c: Here) => settingsOf(c.get('ctx').db, c.get('ctx').organization.id)

const blank: FormState = { values: {}, errors: [] }

const valuesOf = (settings: OrganizationSettings): Values =>
  Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [name, value === null ? '' : String(value)]),
  )

/** The settings as a form shows them. */
function formOf(settings: OrganizationSettings): FormState {
  const values = valuesOf(settings)
  return { values: { ...values, ...asBefore(values) }, errors: [] }
}

/** Back to the page, which says that it is saved. */
const saved = (c: Here, path: string) => c.redirect(withQuery(path, { saved: '1' }), 303)

type Status = 200 | 409 | 422

interface BrandingForms {
  form?: FormState
  logoForm?: FormState
}

async function branding(c: Here, { form, logoForm = blank }: BrandingForms, status: Status = 200) {
  const settings = await current(c)
  c.set('style', samplesStyle(settings.accent))
  return c.html(
    <BrandingPage
      {...settingsFrame(c)}
      settings={settings}
      form={form ?? formOf(settings)}
      logoForm={logoForm}
      mailFrom={c.get('ctx').settings.sendgrid.from}
    />,
    status,
  )
}

/** The one file of the form. The door lets no body in that memory would notice. */
async function uploaded(request: Request): Promise<ArrayBuffer> {
  try {
    const file = (await request.formData()).get('logo')
    return file instanceof File ? await file.arrayBuffer() : new ArrayBuffer(0)
  } catch {
    // A body that isn't what its type says: nothing was chosen.
    return new ArrayBuffer(0)
  }
}

/** What a form's verb answered: back to the page, the form once more, or why not. */
async function answer(
  c: Here,
  path: string,
  done: Result<void, Failure>,
  again: (errors: FormState['errors']) => Response | Promise<Response>,
): Promise<Response> {
  if (done.ok) return saved(c, path)
  const { failure } = done
  return failure.kind === 'invalid' ? again(failure.errors) : refuse(c, failure)
}

const organisation = (c: Here, form: FormState, status: Status = 200) =>
  c.html(<OrganisationPage {...settingsFrame(c)} form={form} />, status)

const defaults = (c: Here, form: FormState, status: Status = 200) =>
  c.html(<DefaultsPage {...settingsFrame(c)} form={form} />, status)

const meanwhile = {
  path: '',
  message: 'Somebody else saved some of this while you had it open. Nothing was changed yet.',
}

/** What a field has come to be; sending the form again then writes over it. */
const changed = ([path, now]: [string, unknown]): FieldError => ({
  path,
  message: `${now === null ? 'It was emptied' : `It is now “${String(now)}”`}. Save again to write over it.`,
})

interface SettingsForm<S extends z.core.$ZodType> {
  schema: S
  verb: (ctx: TenantCtx, input: z.output<S>, had?: z.output<S>) => Promise<Result<void, Failure>>
  path: (slug: string) => string
  draw: (c: Here, form: FormState, status: Status) => Response | Promise<Response>
}

/** A form of the settings, held against what stood in it when it was opened. */
const save =
  <S extends z.core.$ZodType<Partial<OrganizationSettings>>>(its: SettingsForm<S>) =>
  async (c: Here) => {
    if (!mayChange(c.get('membership'))) return refuse(c, { kind: 'forbidden' })
    const ctx = c.get('ctx')
    const values = await formValues(c.req.raw)
    const input = parse(its.schema, values)
    if (!input.ok) return its.draw(c, { values, errors: input.errors }, 422)
    const before = parse(its.schema, nested(values)['was'])
    const had = before.ok ? before.value : undefined
    const done = await its.verb(ctx, input.value, had)
    if (done.ok) return saved(c, its.path(ctx.organization.slug))
    if (done.failure.kind !== 'conflict' || had === undefined) return refuse(c, done.failure)
    const now = await current(c)
    const errors = Object.entries(overtaken(now, input.value, had)).map(changed)
    const form = {
      values: { ...values, ...asBefore(valuesOf(now)) },
      errors: [meanwhile, ...errors],
    }
    return its.draw(c, form, 409)
  }

export const settingsPages = new Hono<Inside>()
  .get(paths.settings(':organization'), async (c) => organisation(c, formOf(await current(c))))
  .post(
    paths.settings(':organization'),
    save({
      schema: changeOrganizationInput,
      verb: changeOrganization,
      path: paths.settings,
      draw: organisation,
    }),
  )
  .get(paths.defaults(':organization'), async (c) => defaults(c, formOf(await current(c))))
  .post(
    paths.defaults(':organization'),
    save({
      schema: changeDefaultsInput,
      verb: changeDefaults,
      path: paths.defaults,
      draw: defaults,
    }),
  )
  .get(paths.branding(':organization'), (c) => branding(c, {}))
  .post(
    paths.branding(':organization'),
    save({
      schema: changeBrandingInput,
      verb: changeBranding,
      path: paths.branding,
      draw: (c, form, status) => branding(c, { form }, status),
    }),
  )
  .post(paths.logo(':organization'), async (c) => {
    const ctx = c.get('ctx')
    const again = (errors: FormState['errors']) =>
      branding(c, { logoForm: { values: {}, errors } }, 422)
    const done = await setLogo(ctx, await uploaded(c.req.raw), c.env.BUCKET)
    return answer(c, paths.branding(ctx.organization.slug), done, again)
  })
  .post(paths.removeLogo(':organization'), async (c) => {
    const ctx = c.get('ctx')
    const done = await removeLogo(ctx)
    return answer(c, paths.branding(ctx.organization.slug), done, () => branding(c, {}, 422))
  })
