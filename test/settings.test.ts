import { beforeEach, describe, expect, it, vi } from 'vitest'
import { changeDefaults, changeOrganization } from '../src/features/organizations/settings.ts'
import { paths } from '../src/paths.ts'
import { key, newPortal, openStudio, studio, world } from './harness/studio-scene.ts'

let owner: string

beforeEach(async () => {
  await openStudio()
  owner = (await studio.person('owner')).cookie
})

const facts = {
  name: 'Studio Åsgård',
  legalName: 'Åsgård AS',
  address: 'Storgata 1\r\n\r\n  0155 Oslo \r\nNorway',
  taxId: 'NO 123 456 789 MVA',
}
const defaults = {
  timeZone: 'Pacific/Chatham',
  locale: 'de-CH',
  currency: 'CHF',
  paymentTerms: '30',
  linkDays: '',
}

const row = async () => {
  const found = await world.env.DB.prepare('select * from organization where id = ?')
    .bind(studio.facts.id)
    .first<Record<string, unknown>>()
  return found ?? {}
}

const happenings = async () => {
  const { results } = await world.env.DB.prepare(
    "select actor_name, data from activity where kind = 'organization.changed'",
  ).all<{ actor_name: string; data: string }>()
  return results
}

const page = async (path: string, cookie = owner) =>
  (await world.request(path, { headers: { cookie } })).text()

describe('the organisation', () => {
  it('is changed by its form, which comes back and says so', async () => {
    const answer = await world.form(paths.settings(studio.slug), facts, owner)
    expect(answer.status).toBe(303)
    const html = await page(answer.headers.get('location') ?? '')
    expect(html).toContain('role="status"')
    expect(html).toContain('value="Studio Åsgård"')
    expect(html).toContain('>\nStorgata 1\n0155 Oslo\nNorway</textarea>')
    expect(await row()).toMatchObject({
      name: 'Studio Åsgård',
      legal_name: 'Åsgård AS',
      address: 'Storgata 1\n0155 Oslo\nNorway',
      tax_id: 'NO 123 456 789 MVA',
    })
  })

  it('keeps who changed which fields, and never what they said', async () => {
    await world.form(paths.settings(studio.slug), facts, owner)
    const [kept] = await happenings()
    expect(kept?.actor_name).toBe('owner of studio')
    expect(JSON.parse(kept?.data ?? '')).toEqual({ fields: 'name, legalName, address, taxId' })
    expect(JSON.stringify(await happenings())).not.toContain('Åsgård')
  })

  it('is changed once by a double click', async () => {
    const post = () => world.form(paths.settings(studio.slug), facts, owner)
    const answers = await Promise.all([post(), post(), post()])
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303])
    expect(await happenings()).toHaveLength(1)
  })

  it('takes one of two changes made at once, and tells the other', async () => {
    const names = ['One', 'Two', 'Three']
    const answers = await Promise.all(
      names.map((name) => world.form(paths.settings(studio.slug), { ...facts, name }, owner)),
    )
    const statuses = answers.map(({ status }) => status)
    expect(statuses.every((status) => status === 303 || status === 409)).toBe(true)
    expect(await happenings()).toHaveLength(statuses.filter((status) => status === 303).length)
    const last = (await row())['name']
    expect(names).toContain(last)
  })

  const before = (values: object) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [`was.${name}`, value]))

  it('keeps what two people change minutes apart, where it is not the same', async () => {
    const path = paths.settings(studio.slug)
    await world.form(path, facts, owner)
    const first = { ...facts, taxId: 'NO 1', ...before(facts) }
    const second = { ...facts, name: 'Studio B', ...before(facts) }
    expect((await world.form(path, first, owner)).status).toBe(303)
    expect((await world.form(path, second, owner)).status).toBe(303)
    expect(await row()).toMatchObject({ name: 'Studio B', tax_id: 'NO 1' })
  })

  it('tells the second of two what the first one saved in the same field, and keeps what was typed', async () => {
    const path = paths.settings(studio.slug)
    await world.form(path, facts, owner)
    const first = { ...facts, name: 'First', taxId: '', ...before(facts) }
    expect((await world.form(path, first, owner)).status).toBe(303)
    const wanted = { ...facts, name: 'Second', taxId: 'NO 2' }
    const late = await world.form(path, { ...wanted, ...before(facts) }, owner)
    expect(late.status).toBe(409)
    const html = await late.text()
    expect(html).toContain('It is now “First”.')
    expect(html).toContain('It was emptied.')
    expect(html).toMatch(/name="name"[^>]*value="Second"/)
    expect(await row()).toMatchObject({ name: 'First', tax_id: null })

    const knowing = { ...wanted, ...before({ ...facts, name: 'First', taxId: '' }) }
    expect((await world.form(path, knowing, owner)).status).toBe(303)
    expect(await row()).toMatchObject({ name: 'Second', tax_id: 'NO 2' })
    // The form that was late, sent once more, asks for what is there already.
    expect((await world.form(path, { ...wanted, ...before(facts) }, owner)).status).toBe(303)
    expect(await happenings()).toHaveLength(3)
  })

  it('loses a field that is left empty', async () => {
    await world.form(paths.settings(studio.slug), facts, owner)
    const empty = { name: 'Studio', legalName: '', address: ' \r\n ', taxId: '  ' }
    await world.form(paths.settings(studio.slug), empty, owner)
    expect(await row()).toMatchObject({ legal_name: null, address: null, tax_id: null })
  })

  it('comes back with its values and a message at the field', async () => {
    const wrong = { ...facts, name: '', taxId: 'x'.repeat(61), address: 'a\n'.repeat(9) }
    const answer = await world.form(paths.settings(studio.slug), wrong, owner)
    expect(answer.status).toBe(422)
    const html = await answer.text()
    expect(html).toContain('The name is missing.')
    expect(html).toContain('The tax id is longer than 60 characters.')
    expect(html).toContain('The address has more than 8 lines.')
    expect(html).toContain('value="Åsgård AS"')
    expect(await happenings()).toEqual([])
  })

  it('shows at once on the client’s page and in the next mail', async () => {
    const made = await world.api('POST', paths.api.portals, key, newPortal)
    const { id, links } = await made.json<{ id: string; links: { id: string; url: string }[] }>()
    const { pathname } = new URL(links[0]?.url ?? '')
    expect(await page(pathname)).not.toContain('Åsgård')
    await world.form(paths.settings(studio.slug), facts, owner)
    expect(await page(pathname)).toContain('Studio Åsgård')
    vi.setSystemTime(Date.now() + 120_000)
    await world.api('POST', paths.api.linkAction(id, links[0]?.id ?? '', 'send'), key)
    const [mail] = await world.mails('jane@client.example')
    expect(mail?.subject).toContain('Studio Åsgård')
    vi.useRealTimers()
  })
})

describe('hostile words', () => {
  const markup = '<img src=x onerror=alert(1)>"\'&'

  it('are shown as words on every page', async () => {
    const values = {
      name: markup,
      legalName: markup,
      address: `</textarea>${markup}`,
      taxId: markup,
    }
    expect((await world.form(paths.settings(studio.slug), values, owner)).status).toBe(303)
    await world.form(
      paths.branding(studio.slug),
      { accent: '', senderName: markup, replyTo: '' },
      owner,
    )
    const member = (await studio.person('member')).cookie
    const made = await world.api('POST', paths.api.portals, key, newPortal)
    const { links } = await made.json<{ links: { url: string }[] }>()
    const pages = await Promise.all([
      page(paths.settings(studio.slug)),
      page(paths.settings(studio.slug), member),
      page(paths.branding(studio.slug)),
      page(paths.branding(studio.slug), member),
      page(new URL(links[0]?.url ?? '').pathname),
    ])
    const [mail] = await world.mails('jane@client.example')
    for (const html of [...pages, mail?.html ?? '']) {
      expect(html).toContain('&lt;img')
      expect(html).not.toContain('<img src=x')
      expect(html).not.toContain('</textarea>&lt;img')
      expect(html).not.toContain('</textarea><img')
    }
  })

  it('can’t break out of a line: a name and a sender have no line breaks or hidden characters', async () => {
    for (const bad of ['A\r\nBcc: all@evil.example', 'A\nB', 'A\u0000B', 'A\u202eB']) {
      const named = { ...facts, name: bad }
      expect((await world.form(paths.settings(studio.slug), named, owner)).status).toBe(422)
      const sender = { accent: '', senderName: bad, replyTo: '' }
      expect((await world.form(paths.branding(studio.slug), sender, owner)).status).toBe(422)
      const reply = { accent: '', senderName: '', replyTo: `a@b.example${bad}` }
      expect((await world.form(paths.branding(studio.slug), reply, owner)).status).toBe(422)
    }
    const address = { ...facts, address: 'Street\u202e 1\nTown' }
    expect((await world.form(paths.settings(studio.slug), address, owner)).status).toBe(422)
    expect(await happenings()).toEqual([])
  })
})

describe('whoever may not change it', () => {
  const posts: [string, Record<string, string>][] = [
    ['settings', facts],
    ['defaults', defaults],
    ['branding', { accent: '#112233', senderName: 'Eve', replyTo: '' }],
    ['removeLogo', {}],
  ]
  const pathOf = (name: string, slug: string) =>
    name === 'settings'
      ? paths.settings(slug)
      : name === 'defaults'
        ? paths.defaults(slug)
        : name === 'branding'
          ? paths.branding(slug)
          : paths.removeLogo(slug)

  it('sees it read-only and is told who may', async () => {
    await world.form(paths.settings(studio.slug), facts, owner)
    const member = (await studio.person('member')).cookie
    for (const path of [
      paths.settings(studio.slug),
      paths.branding(studio.slug),
      paths.defaults(studio.slug),
    ]) {
      const html = await page(path, member)
      expect(html).toContain('An owner or an admin of the organisation can change this.')
      const [, main = ''] = html.split('<main')
      expect(main).not.toMatch(/<(?:form|input|textarea|select)/)
    }
    const seen = await page(paths.settings(studio.slug), member)
    expect(seen).toContain('Åsgård AS')
    // Nothing is offered that would be refused.
    expect(seen).not.toContain(paths.keys(studio.slug))
    expect(await page(paths.settings(studio.slug))).toContain(paths.keys(studio.slug))
  })

  it.each(posts)(
    'changes nothing by %s, as a member, a stranger or another tenant',
    async (name, values) => {
      const before = await row()
      const member = (await studio.person('member')).cookie
      const elsewhere = await world.organization('elsewhere')
      const foreign = (await elsewhere.person('owner')).cookie
      const path = pathOf(name, studio.slug)
      expect((await world.form(path, values, member)).status).toBe(403)
      expect((await world.form(path, values)).status).toBe(403)
      expect((await world.form(path, values, foreign)).status).toBe(404)
      const otherSite = await world.request(path, {
        method: 'POST',
        body: new URLSearchParams(values),
        headers: { origin: 'https://evil.example', cookie: owner },
      })
      expect(otherSite.status).toBe(403)
      expect(await row()).toEqual(before)
      expect(await happenings()).toEqual([])
    },
  )

  it('is refused by the verbs themselves', async () => {
    const ctx = studio.ctx('member')
    const input = { name: 'Eve', legalName: null, address: null, taxId: null }
    expect(await changeOrganization(ctx, input)).toEqual({
      ok: false,
      failure: { kind: 'forbidden' },
    })
    const contact = { ...ctx, actor: { kind: 'stranger' } as const }
    const days = { timeZone: 'UTC', locale: 'en-GB', currency: 'EUR', paymentTerms: 1, linkDays: 1 }
    expect(await changeDefaults(contact, days)).toEqual({
      ok: false,
      failure: { kind: 'forbidden' },
    })
  })
})

describe('the defaults', () => {
  it('are changed by their form', async () => {
    expect((await world.form(paths.defaults(studio.slug), defaults, owner)).status).toBe(303)
    expect(await row()).toMatchObject({
      time_zone: 'Pacific/Chatham',
      locale: 'de-CH',
      currency: 'CHF',
      payment_terms: 30,
      link_days: null,
    })
    const form = await page(paths.newPortal(studio.slug))
    expect(form).toMatch(/<option value="CHF" selected/)
  })

  it.each([
    [{ paymentTerms: '366' }, 'from 0 to 365'],
    [{ paymentTerms: '-1' }, 'from 0 to 365'],
    [{ paymentTerms: '1.5' }, 'from 0 to 365'],
    [{ paymentTerms: '' }, 'from 0 to 365'],
    [{ linkDays: '0' }, 'from 1 to 3650'],
    [{ linkDays: '3651' }, 'from 1 to 3650'],
    [{ linkDays: '1e3' }, 'from 1 to 3650'],
    [{ timeZone: 'Europe/Atlantis' }, 'not a time zone'],
    [{ locale: 'xx_nonsense' }, 'not a language'],
    [{ currency: 'XXX' }, 'not a currency'],
  ])('refuse %j', async (over, words) => {
    const answer = await world.form(paths.defaults(studio.slug), { ...defaults, ...over }, owner)
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain(words)
    expect(await happenings()).toEqual([])
  })

  it('show a choice that is not in our lists, so that saving doesn’t change it unseen', async () => {
    await world.env.DB.prepare(
      "update organization set time_zone = 'Asia/Calcutta', locale = 'en-FJ' where id = ?",
    )
      .bind(studio.facts.id)
      .run()
    const html = await page(paths.defaults(studio.slug))
    expect(html).toMatch(/<option value="Asia\/Calcutta" selected/)
    expect(html).toMatch(/<option value="en-FJ" selected/)
  })
})

describe('every form of the settings', () => {
  it.each([
    [paths.settings, ['name', 'legalName', 'address', 'taxId']],
    [paths.defaults, ['timeZone', 'locale', 'currency', 'paymentTerms', 'linkDays']],
    [paths.branding, ['accent', 'senderName', 'replyTo']],
  ])('remembers what stood in each of its fields', async (path, names) => {
    const html = await page(path(studio.slug))
    const remembered = [...html.matchAll(/name="was\.(\w+)"/g)].map(([, name]) => name)
    expect(remembered).toEqual(names)
    const fields = [...html.matchAll(/ name="(\w+)"/g)].map(([, name]) => name)
    for (const name of names) expect(fields).toContain(name)
  })
})

describe('the life of a new link', () => {
  interface Portal {
    id: string
    links: { expiresAt: string | null }[]
  }
  const open = async () =>
    (await world.api('POST', paths.api.portals, key, newPortal)).json<Portal>()
  const setDays = (linkDays: string) =>
    world.form(
      paths.defaults(studio.slug),
      { ...defaults, timeZone: 'Europe/Oslo', linkDays },
      owner,
    )

  it('is as long as the organisation says, for a first link and for every further one', async () => {
    await setDays('14')
    vi.setSystemTime(Date.UTC(2026, 2, 20, 23, 30))
    const { id, links } = await open()
    expect(links[0]?.expiresAt).toBe('2026-04-04T22:00:00.000Z')
    const invite = async (over: object) => {
      const contact = { name: 'Max', email: 'max@client.example' }
      const made = await world.api('POST', paths.api.links(id), key, { contact, ...over })
      return (await made.json<{ expiresAt: string | null }>()).expiresAt
    }
    expect(await invite({})).toBe('2026-04-04T22:00:00.000Z')
    expect(await invite({ expiresAt: null })).toBeNull()
    expect(await invite({ expiresAt: '2026-03-30T10:00:00Z' })).toBe('2026-03-30T10:00:00.000Z')
    vi.useRealTimers()
  })

  it('is what the form starts with, and an emptied field means none', async () => {
    await setDays('7')
    const { id } = await open()
    const html = await page(paths.newLink(studio.slug, id))
    const shown = /name="expiresAt"[^>]*value="([\d-]+)"/.exec(html)?.[1] ?? ''
    expect(Date.parse(shown)).toBeGreaterThan(Date.now() + 5 * 86_400_000)
    const form = { 'contact.name': 'Max', 'contact.email': 'max@client.example', scope: 'all' }
    await world.form(paths.links(studio.slug, id), { ...form, expiresAt: '' }, owner)
    const list = await world.api('GET', paths.api.links(id), key)
    const { items } = await list.json<{ items: { expiresAt: string | null }[] }>()
    expect(items.map(({ expiresAt }) => expiresAt === null)).toEqual([false, true])
  })

  it('changes nothing for links that are out, and is without an end where none is set', async () => {
    const before = await open()
    expect(before.links[0]?.expiresAt).toBeNull()
    await setDays('7')
    const list = await world.api('GET', paths.api.links(before.id), key)
    const { items } = await list.json<{ items: { expiresAt: string | null }[] }>()
    expect(items[0]?.expiresAt).toBeNull()
  })
})
