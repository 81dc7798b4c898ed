import { Hono } from 'hono'
import type { Context } from 'hono'
import { invitationsTo } from '../../features/invitations/queries.ts'
import { createOrganization } from '../../features/organizations/actions.ts'
import {
  createOrganizationInput,
  furtherOrganizationInput,
  type CreateOrganization,
} from '../../features/organizations/input.ts'
import { isTimeZone } from '../../lib/zone.ts'
import { newId } from '../../lib/id.ts'
import { locales } from '../../lib/locale.ts'
import { paths } from '../../paths.ts'
import { Plain } from '../../ui/dashboard.tsx'
import { FormErrors, TextField, type FormState } from '../../ui/fields.tsx'
import { CurrencyField, LocaleField, ZoneField } from '../../ui/region-fields.tsx'
import { wordsFor } from '../failures.ts'
import type { Signed } from '../http.ts'
import { formValues, parse, type Values } from '../input.ts'
import { problemPage } from '../problems.tsx'
import { Choose, WaysOut } from './choose.tsx'

/** The first one asks for the person's name too; a further one leads back where they came from. */
const NewOrganization = ({ form, first }: { form: FormState; first: boolean }) => (
  <Plain
    title={first ? 'Open your organisation' : 'Open another organisation'}
    lead="Your clients see its name on every page and in every email."
  >
    <form method="post" action={first ? paths.dashboard : paths.newOrganization} class="stack">
      <FormErrors form={form} />
      <input type="hidden" name="id" value={form.values['id'] ?? ''} />
      <TextField
        form={form}
        name="name"
        label="Name of the studio, agency or practice"
        maxlength={80}
        autocomplete="organization"
        required
        autofocus
      />
      {first && (
        <TextField
          form={form}
          name="person"
          label="Your name"
          maxlength={80}
          autocomplete="name"
          required
        />
      )}
      <ZoneField form={form} />
      <LocaleField form={form} />
      <CurrencyField form={form} label="Usual currency" />
      <div class="actions">
        <button class="btn go">Open it</button>
        {!first && (
          <a class="btn" href={paths.dashboard}>
            Cancel
          </a>
        )}
      </div>
    </form>
  </Plain>
)

/** What the first form starts with: the zone Cloudflare sees, the language the browser asks for. */
function guess(c: Context<Signed>): Record<string, string> {
  const zone = c.req.raw.cf?.timezone
  const wanted = c.req.header('accept-language')?.split(/[,;]/)[0]?.trim()
  return {
    id: newId(c.get('ctx').now),
    person: c.get('person').name,
    timeZone: typeof zone === 'string' && isTimeZone(zone) ? zone : 'UTC',
    locale: locales.find((tag) => tag === wanted) ?? 'en-GB',
    currency: 'USD',
  }
}

const mayNot = {
  status: 403,
  title: 'Only owners open organisations',
  detail: 'Ask an owner of one of yours to open it, and to invite you.',
} as const

export const organizationPages = new Hono<Signed>()
  .get(paths.dashboard, async (c) => {
    const { db, now } = c.get('ctx')
    const person = c.get('person')
    const { memberships, email } = person
    const invitations = await invitationsTo(db, email, now)
    const [only, ...more] = memberships
    if (only && more.length === 0 && invitations.length === 0)
      return c.redirect(paths.portals(only.organization.slug), 303)
    if (only || invitations.length > 0)
      return c.html(<Choose person={person} invitations={invitations} />)
    if (person.mayFound)
      return c.html(<NewOrganization first form={{ values: guess(c), errors: [] }} />)
    return c.html(
      <Plain
        title="No organisation yet"
        lead={`You are signed in as ${email}, which belongs to no organisation. Ask the people you work with to invite this address.`}
      >
        <WaysOut person={person} />
      </Plain>,
    )
  })
  .post(paths.dashboard, async (c) => {
    const values = await formValues(c.req.raw)
    // The second of two clicks: the first one opened it.
    const [already] = c.get('person').memberships
    if (already) return c.redirect(paths.portals(already.organization.slug), 303)
    const input = parse(createOrganizationInput, withoutBlankId(values))
    if (!input.ok)
      return c.html(<NewOrganization first form={{ values, errors: input.errors }} />, 422)
    return opened(c, input.value)
  })
  .get(paths.newOrganization, (c) => {
    if (!c.get('person').mayFound) return problemPage(c, mayNot)
    const form = { values: guess(c), errors: [] }
    return c.html(<NewOrganization first={isFirst(c)} form={form} />)
  })
  .post(paths.newOrganization, async (c) => {
    const values = await formValues(c.req.raw)
    if (!c.get('person').mayFound) return problemPage(c, mayNot)
    const input = parse(furtherOrganizationInput, withoutBlankId(values))
    if (!input.ok) {
      const form = { values, errors: input.errors }
      return c.html(<NewOrganization first={false} form={form} />, 422)
    }
    return opened(c, input.value)
  })

/** Whoever belongs nowhere yet is asked for their name as well. */
const isFirst = (c: Context<Signed>): boolean => c.get('person').memberships.length === 0

/** A form made by hand may leave the id out. */
const withoutBlankId = ({ id, ...values }: Values): Values => (id ? { ...values, id } : values)

async function opened(c: Context<Signed>, input: CreateOrganization) {
  const made = await createOrganization(c.get('ctx'), input)
  if (made.ok) return c.redirect(paths.portals(made.value.slug), 303)
  return problemPage(c, wordsFor(made.failure))
}
