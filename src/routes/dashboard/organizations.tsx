import { Hono } from 'hono'
import type { Context } from 'hono'
import { openFirstOrganization } from '../../features/organizations/actions.ts'
import { createOrganizationInput } from '../../features/organizations/input.ts'
import { mayFound } from '../../features/organizations/rules.ts'
import { currencies, currencyName } from '../../lib/currency.ts'
import { isTimeZone } from '../../lib/day.ts'
import { paths } from '../../paths.ts'
import { Plain } from '../../ui/dashboard.tsx'
import { FormErrors, SelectField, TextField, type FormState } from '../../ui/fields.tsx'
import { wordsFor } from '../failures.ts'
import type { Signed } from '../http.ts'
import { formValues, parse } from '../input.ts'
import { problemPage } from '../problems.tsx'

const locales = [
  'en-GB',
  'en-US',
  'de-DE',
  'es-ES',
  'fr-FR',
  'it-IT',
  'nb-NO',
  'nl-NL',
  'pl-PL',
  'pt-BR',
  'sv-SE',
]

const localeName = (tag: string) =>
  new Intl.DisplayNames('en', { type: 'language', languageDisplay: 'standard' }).of(tag) ?? tag

const NewOrganization = ({ form }: { form: FormState }) => (
  <Plain
    title="Open your organisation"
    lead="Your clients see its name on every page and in every email."
  >
    <form method="post" action={paths.dashboard} class="stack">
      <FormErrors form={form} />
      <TextField
        form={form}
        name="name"
        label="Name of the studio, agency or practice"
        maxlength={80}
        autocomplete="organization"
        required
        autofocus
      />
      <TextField
        form={form}
        name="person"
        label="Your name"
        maxlength={80}
        autocomplete="name"
        required
      />
      <SelectField
        form={form}
        name="timeZone"
        label="Time zone"
        hint="Due days end at midnight here."
        options={Intl.supportedValuesOf('timeZone').map((zone) => ({
          value: zone,
          label: zone.replaceAll('_', ' '),
        }))}
      />
      <SelectField
        form={form}
        name="locale"
        label="Dates and amounts are written as in"
        options={locales.map((tag) => ({ value: tag, label: localeName(tag) }))}
      />
      <SelectField
        form={form}
        name="currency"
        label="Usual currency"
        options={currencies.map((code) => ({
          value: code,
          label: `${code} · ${currencyName(code, 'en')}`,
        }))}
      />
      <button class="btn go">Open it</button>
    </form>
  </Plain>
)

/** What the first form starts with: the zone Cloudflare sees, the language the browser asks for. */
function guess(c: Context<Signed>): Record<string, string> {
  const zone = c.req.raw.cf?.timezone
  const wanted = c.req.header('accept-language')?.split(/[,;]/)[0]?.trim()
  return {
    person: c.get('person').name,
    timeZone: typeof zone === 'string' && isTimeZone(zone) ? zone : 'UTC',
    locale: locales.find((tag) => tag === wanted) ?? 'en-GB',
    currency: 'USD',
  }
}

export const organizationPages = new Hono<Signed>()
  .get(paths.dashboard, (c) => {
    const { memberships, email } = c.get('person')
    const [only, ...more] = memberships
    if (only && more.length === 0) return c.redirect(paths.portals(only.organization.slug), 303)
    if (only) {
      return c.html(
        <Plain title="Where to?">
          <ul class="choices-list">
            {memberships.map(({ organization }) => (
              <li>
                <a href={paths.portals(organization.slug)}>{organization.name}</a>
              </li>
            ))}
          </ul>
        </Plain>,
      )
    }
    if (mayFound(email, c.get('ctx').settings)) {
      return c.html(<NewOrganization form={{ values: guess(c), errors: [] }} />)
    }
    return c.html(
      <Plain
        title="No organisation yet"
        lead={`You are signed in as ${email}, which belongs to no organisation. Ask the people you work with to invite this address.`}
      >
        <form method="post" action={paths.signOut}>
          <button class="btn">Sign out</button>
        </form>
      </Plain>,
    )
  })
  .post(paths.dashboard, async (c) => {
    const values = await formValues(c.req.raw)
    // The second of two clicks: the first one opened it.
    const [already] = c.get('person').memberships
    if (already) return c.redirect(paths.portals(already.organization.slug), 303)
    const input = parse(createOrganizationInput, values)
    if (!input.ok) return c.html(<NewOrganization form={{ values, errors: input.errors }} />, 422)
    const made = await openFirstOrganization(c.get('ctx'), input.value)
    if (made.ok) return c.redirect(paths.portals(made.value.slug), 303)
    return problemPage(c, wordsFor(made.failure))
  })
