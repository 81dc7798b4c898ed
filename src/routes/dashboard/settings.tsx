import { Hono, type Context } from 'hono'
import { changeBranding, removeLogo, setLogo } from '../../features/branding/actions.ts'
import { changeBrandingInput } from '../../features/branding/input.ts'
import { changeDefaultsInput, changeOrganizationInput } from '../../features/organizations/input.ts'
import {
  changeDefaults,
  changeOrganization,
  settingsOf,
  type OrganizationSettings,
} from '../../features/organizations/settings.ts'
import type { Failure } from '../../lib/failure.ts'
import type { Result } from '../../lib/result.ts'
import { paths, withQuery } from '../../paths.ts'
import type { FormState } from '../../ui/fields.tsx'
import type { Inside } from '../http.ts'
import { formValues, parse, type Values } from '../input.ts'
import { BrandingPage, samplesStyle } from './branding-page.tsx'
import { frameOf, refuse } from './frame.tsx'
import { DefaultsPage, OrganisationPage } from './settings-forms.tsx'
import { mayChange } from './settings-page.tsx'

type Here = Context<Inside>

const settingsFrame = (c: Here) => ({ ...frameOf(c), saved: c.req.query('saved') !== undefined })

const current = (c: Here) => settingsOf(c.get('ctx').db, c.get('ctx').organization.id)

const blank: FormState = { values: {}, errors: [] }

/** The settings as a form shows them. */
const formOf = (settings: OrganizationSettings): FormState => ({
  values: Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [name, value === null ? '' : String(value)]),
  ),
  errors: [],
})

/** Back to the page, which says that it is saved. */
const saved = (c: Here, path: string) => c.redirect(withQuery(path, { saved: '1' }), 303)

interface BrandingForms {
  form?: FormState
  logoForm?: FormState
}

async function branding(c: Here, { form, logoForm = blank }: BrandingForms, status: 200 | 422) {
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

export const settingsPages = new Hono<Inside>()
  .get(paths.settings(':organization'), async (c) =>
    c.html(<OrganisationPage {...settingsFrame(c)} form={formOf(await current(c))} />),
  )
  .post(paths.settings(':organization'), async (c) => {
    if (!mayChange(c.get('membership'))) return refuse(c, { kind: 'forbidden' })
    const ctx = c.get('ctx')
    const values: Values = await formValues(c.req.raw)
    const again = (errors: FormState['errors']) =>
      c.html(<OrganisationPage {...settingsFrame(c)} form={{ values, errors }} />, 422)
    const input = parse(changeOrganizationInput, values)
    if (!input.ok) return again(input.errors)
    const done = await changeOrganization(ctx, input.value)
    return answer(c, paths.settings(ctx.organization.slug), done, again)
  })
  .get(paths.defaults(':organization'), async (c) =>
    c.html(<DefaultsPage {...settingsFrame(c)} form={formOf(await current(c))} />),
  )
  .post(paths.defaults(':organization'), async (c) => {
    if (!mayChange(c.get('membership'))) return refuse(c, { kind: 'forbidden' })
    const ctx = c.get('ctx')
    const values: Values = await formValues(c.req.raw)
    const again = (errors: FormState['errors']) =>
      c.html(<DefaultsPage {...settingsFrame(c)} form={{ values, errors }} />, 422)
    const input = parse(changeDefaultsInput, values)
    if (!input.ok) return again(input.errors)
    const done = await changeDefaults(ctx, input.value)
    return answer(c, paths.defaults(ctx.organization.slug), done, again)
  })
  .get(paths.branding(':organization'), (c) => branding(c, {}, 200))
  .post(paths.branding(':organization'), async (c) => {
    if (!mayChange(c.get('membership'))) return refuse(c, { kind: 'forbidden' })
    const ctx = c.get('ctx')
    const values: Values = await formValues(c.req.raw)
    const again = (errors: FormState['errors']) => branding(c, { form: { values, errors } }, 422)
    const input = parse(changeBrandingInput, values)
    if (!input.ok) return again(input.errors)
    const done = await changeBranding(ctx, input.value)
    return answer(c, paths.branding(ctx.organization.slug), done, again)
  })
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
