import { beforeEach, describe, expect, it, vi } from 'vitest'
import { MOST_LOGO } from '../src/features/branding/logo.ts'
import { paletteOf } from '../src/features/branding/rules.ts'
import { setLogo } from '../src/features/branding/actions.ts'
import { sha256Base64, sha256OfBytes } from '../src/lib/hash.ts'
import { newId } from '../src/lib/id.ts'
import { paths } from '../src/paths.ts'
import { key, newPortal, openStudio, studio, world } from './harness/studio-scene.ts'

let owner: string

beforeEach(async () => {
  await openStudio()
  owner = (await studio.person('owner')).cookie
})

const head = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]
/** What begins as a PNG does; nobody here draws it. */
const png = (...more: number[]) => new Uint8Array([...head, ...more])

function upload(bytes: string | Uint8Array, cookie = owner, name = 'logo.png', type = 'image/png') {
  const body = new FormData()
  body.append('logo', new Blob([bytes], { type }), name)
  return world.request(paths.logo(studio.slug), {
    method: 'POST',
    body,
    headers: { origin: world.origin, cookie },
  })
}

const brand = (over: Record<string, string>, cookie = owner) =>
  world.form(
    paths.branding(studio.slug),
    { accent: '', senderName: '', replyTo: '', ...over },
    cookie,
  )

const column = async (name: string) => {
  const row = await world.env.DB.prepare('select * from organization where id = ?')
    .bind(studio.facts.id)
    .first<Record<string, unknown>>()
  return row?.[name]
}

const kept = async () => (await world.env.BUCKET.list()).objects.map((object) => object.key)

interface Portal {
  id: string
  links: { id: string; url: string }[]
}

async function portal() {
  const made = await world.api('POST', paths.api.portals, key, newPortal)
  const { id, links } = await made.json<Portal>()
  const { pathname } = new URL(links[0]?.url ?? '')
  return { id, link: links[0]?.id ?? '', pathname, token: pathname.slice(-64) }
}

const lastMail = async () => {
  const [mail] = await world.mails('jane@client.example')
  if (!mail) throw new Error('No mail came.')
  return mail
}

async function mailAgain({ id, link }: { id: string; link: string }) {
  vi.setSystemTime(Date.now() + 120_000)
  await world.api('POST', paths.api.linkAction(id, link, 'send'), key)
  vi.useRealTimers()
  return lastMail()
}

describe('a logo', () => {
  it('is kept under its hash, set, and shown on the client’s page, the rail and in mails', async () => {
    const one = await portal()
    expect((await upload(png())).status).toBe(303)
    const file = `${await sha256OfBytes(png())}.png`
    expect(await column('logo')).toBe(file)
    expect(await kept()).toEqual([`${studio.facts.id}/logo/${file}`])
    const address = paths.logoFile(studio.facts.id, file)
    const client = await (await world.request(one.pathname)).text()
    expect(client).toContain(`<img class="logo" src="${address}" alt=""`)
    const rail = await world.request(paths.emails(studio.slug), { headers: { cookie: owner } })
    expect(await rail.text()).toContain(address)
    expect((await mailAgain(one)).html).toContain(`src="${world.origin}${address}"`)
  })

  it('is served to everybody, for good, as the image it is and nothing else', async () => {
    await upload(png(1, 2, 3))
    const file = String(await column('logo'))
    world.trips.length = 0
    const answer = await world.request(paths.logoFile(studio.facts.id, file))
    expect(answer.status).toBe(200)
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(png(1, 2, 3))
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/png',
      'cache-control': 'public, max-age=31536000, immutable',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    })
    const etag = answer.headers.get('etag') ?? ''
    const again = await world.request(paths.logoFile(studio.facts.id, file), {
      headers: { 'if-none-match': etag },
    })
    expect(again.status).toBe(304)
    expect(await again.text()).toBe('')
    expect(again.headers.get('etag')).toBe(etag)
    const head = await world.request(paths.logoFile(studio.facts.id, file), { method: 'HEAD' })
    expect(head.status).toBe(200)
    expect(world.trips).toEqual([])
  })

  it('has the type of its bytes, whatever its name and sender say', async () => {
    await upload(new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1]), owner, 'x.html', 'text/html')
    const file = String(await column('logo'))
    expect(file).toMatch(/\.jpg$/)
    const answer = await world.request(paths.logoFile(studio.facts.id, file))
    expect(answer.headers.get('content-type')).toBe('image/jpeg')
  })

  it.each([
    ['HTML posing as a PNG', '<!doctype html><script>alert(1)</script>'],
    ['an SVG', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ['a GIF', 'GIF89a'],
    ['HTML with a PNG’s name in it', '\x89PNG<script>alert(1)</script>'],
  ])('is not %s', async (_, bytes) => {
    const answer = await upload(bytes)
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('This is not a PNG, JPEG or WebP image.')
    expect(await column('logo')).toBeNull()
    expect(await kept()).toEqual([])
  })

  it('that only begins as a PNG is still an image to every browser', async () => {
    const polyglot = new Uint8Array([
      ...png(),
      ...new TextEncoder().encode('<script>alert(1)</script>'),
    ])
    expect((await upload(polyglot, owner, 'x.html', 'text/html')).status).toBe(303)
    const answer = await world.request(
      paths.logoFile(studio.facts.id, String(await column('logo'))),
    )
    expect(answer.headers.get('content-type')).toBe('image/png')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('content-security-policy')).toContain('sandbox')
  })

  it('may have 512 KB and not a byte more, said at the field', async () => {
    const of = (size: number) => {
      const bytes = new Uint8Array(size)
      bytes.set(png())
      return bytes
    }
    expect((await upload(of(MOST_LOGO))).status).toBe(303)
    const large = await upload(of(MOST_LOGO + 1))
    expect(large.status).toBe(422)
    expect(await large.text()).toMatch(/class="error" id="field-logo-error">This image has 513 KB/)
    const huge = await upload(of(2 * 1024 * 1024))
    expect(huge.status).toBe(413)
    expect(await huge.text()).toContain('make it smaller and send it again')
  })

  it('has to be chosen', async () => {
    const empty = await upload('')
    expect(empty.status).toBe(422)
    expect(await empty.text()).toContain('Choose an image first.')
    const noFile = await world.form(paths.logo(studio.slug), { logo: 'text' }, owner)
    expect(noFile.status).toBe(422)
  })

  it('is set by nobody else', async () => {
    const member = (await studio.person('member')).cookie
    const elsewhere = await world.organization('elsewhere')
    const foreign = (await elsewhere.person('owner')).cookie
    expect((await upload(png(), member)).status).toBe(403)
    expect((await upload(png(), foreign)).status).toBe(404)
    expect((await upload(png(), '')).status).toBe(403)
    const verb = await setLogo(studio.ctx('member'), png().buffer, world.env.BUCKET)
    expect(verb).toEqual({ ok: false, failure: { kind: 'forbidden' } })
    expect(await kept()).toEqual([])
  })

  it('that was replaced or removed can still be seen: mails that are out show it', async () => {
    await upload(png(1))
    const former = String(await column('logo'))
    await upload(png(2))
    expect((await world.request(paths.logoFile(studio.facts.id, former))).status).toBe(200)
    expect((await world.form(paths.removeLogo(studio.slug), {}, owner)).status).toBe(303)
    expect(await column('logo')).toBeNull()
    expect((await world.request(paths.logoFile(studio.facts.id, former))).status).toBe(200)
    expect(await kept()).toHaveLength(2)
  })

  it('is set once by a double click', async () => {
    const answers = await Promise.all([upload(png()), upload(png())])
    expect(answers.map(({ status }) => status)).toEqual([303, 303])
    const { results } = await world.env.DB.prepare(
      "select data from activity where kind = 'organization.changed'",
    ).all<{ data: string }>()
    expect(results.map(({ data }) => data)).toEqual(['{"fields":"logo"}'])
  })

  it('has an address that leads to nothing else in the bucket', async () => {
    await upload(png())
    const file = String(await column('logo'))
    await world.env.BUCKET.put(`${studio.facts.id}/secret/file`, 'secret')
    await world.env.BUCKET.put('secret.png', 'secret')
    const get = vi.spyOn(world.env.BUCKET, 'get')
    const { id } = studio.facts
    for (const [organization, name] of [
      [id, '..%2fsecret%2ffile'],
      [id, '%2e%2e%2fsecret%2ffile'],
      [id, `${file}%00`],
      [id, `${file}%0a`],
      [id, file.toUpperCase()],
      [id, file.replace('.png', '.svg')],
      [id, file.slice(1)],
      ['..', 'secret.png'],
      ['%2e%2e', file],
      [`${id}%2flogo`, file],
      [id.toUpperCase(), file],
      ['', file],
    ] as const) {
      const answer = await world.request(paths.logoFile(organization, name))
      expect(answer.status, `${organization} ${name}`).toBe(404)
      expect(await answer.text()).not.toBe('secret')
    }
    expect(get).not.toHaveBeenCalled()
    get.mockRestore()
    const other = await world.request(paths.logoFile(newId(Date.now()), file))
    expect(other.status).toBe(404)
    expect(other.headers.get('cache-control')).toBe('private, no-store')
  })
})

describe('an accent', () => {
  it('is written into the client’s page as one style that its header allows by hash', async () => {
    const { pathname } = await portal()
    expect((await brand({ accent: '#1F64B5' })).status).toBe(303)
    expect(await column('accent')).toBe('#1f64b5')
    const answer = await world.request(pathname)
    const html = await answer.text()
    const styles = [...html.matchAll(/<style>([^<]*)<\/style>/g)].map(([, text]) => text ?? '')
    expect(styles).toHaveLength(1)
    const [style = ''] = styles
    expect(style).toContain('--fill:#1f64b5')
    expect(style).toContain(`--accent:${paletteOf('#1f64b5').dark.text}`)
    const policy = answer.headers.get('content-security-policy') ?? ''
    expect(policy).toContain(`style-src 'self' 'sha256-${await sha256Base64(style)}';`)
    expect(policy).not.toContain('unsafe')
  })

  it('is on the page that a member sees as the client, and in the samples', async () => {
    const { id, link } = await portal()
    await brand({ accent: '#1f64b5' })
    for (const path of [
      paths.linkAction(studio.slug, id, link, 'view'),
      paths.branding(studio.slug),
    ]) {
      const answer = await world.request(path, { headers: { cookie: owner } })
      const style = /<style>([^<]*)<\/style>/.exec(await answer.text())?.[1] ?? ''
      expect(style).toContain('#1f64b5')
      expect(answer.headers.get('content-security-policy')).toContain(await sha256Base64(style))
    }
  })

  it('leaves no style where there is none, and none on other pages', async () => {
    const { pathname } = await portal()
    const plain = await world.request(pathname)
    expect(await plain.text()).not.toContain('<style')
    expect(plain.headers.get('content-security-policy')).toContain("style-src 'self';")
    await brand({ accent: '#1f64b5' })
    for (const path of [paths.portal('f'.repeat(64)), paths.signIn]) {
      const other = await world.request(path)
      expect(await other.text()).not.toContain('<style')
      expect(other.headers.get('content-security-policy')).toContain("style-src 'self';")
    }
    await brand({ accent: '' })
    expect(await column('accent')).toBeNull()
    expect(await (await world.request(pathname)).text()).not.toContain('<style')
  })

  it.each(['blue', '#12345', '#1234567', '#12345g', 'red;}body{display:none', '</style><script>'])(
    'is not %s',
    async (accent) => {
      const answer = await brand({ accent })
      expect(answer.status).toBe(422)
      const html = await answer.text()
      expect(html).toContain('Give the colour as in #1f64b5')
      expect(html).not.toContain('</style><script>')
      expect(await column('accent')).toBeNull()
    },
  )

  it('is drawn as nothing dangerous even if the database holds something else', async () => {
    const { pathname } = await portal()
    await world.env.DB.prepare('update organization set accent = ?')
      .bind('red}</style><script>alert(1)</script>')
      .run()
    const html = await (await world.request(pathname)).text()
    expect(html).not.toContain('<script>alert')
    expect(html).not.toContain('red}')
  })

  it('is in the mail, readable on light and dark, and changes with the next one', async () => {
    const one = await portal()
    const { html: plain } = await lastMail()
    expect(plain).toContain('#0f766e')
    await brand({ accent: '#fdf6b2' })
    const { light, dark } = paletteOf('#fdf6b2')
    const { html } = await mailAgain(one)
    expect(html).toContain('background:#fdf6b2')
    expect(html).toContain(`color:${light.text}`)
    expect(html).toContain(`.m-link { color: ${dark.text} !important; }`)
    expect(html).not.toContain('#0f766e')
  })
})

describe('the sender of mails', () => {
  const sent: { from: { name: string }; reply_to?: { email: string; name: string } }[] = []
  beforeEach(() => {
    sent.length = 0
    world.intercept(async (request) => {
      if (request.method === 'POST') sent.push(await request.clone().json())
      return undefined
    })
  })

  it('is the organisation, until another name and an address for answers are set', async () => {
    await portal()
    expect(sent.at(-1)?.from.name).toBe('studio')
    expect(sent.at(-1)?.reply_to).toBeUndefined()
    await brand({ senderName: 'Maya at the studio', replyTo: 'Hello@Studio.example' })
    await portal()
    expect(sent.at(-1)?.from.name).toBe('Maya at the studio')
    expect(sent.at(-1)?.reply_to).toEqual({
      email: 'hello@studio.example',
      name: 'Maya at the studio',
    })
    expect((await lastMail()).html).toContain('studio')
  })

  it.each([
    'O’Brien, "Bob" <bob@evil.example>; & Søn',
    'Żółw Μουσείο 株式会社デザイン',
    'x'.repeat(80),
    'Ünïcødé'.normalize('NFD'),
  ])('may be called %s', async (senderName) => {
    expect((await brand({ senderName, replyTo: 'a@b.example' })).status).toBe(303)
    await portal()
    expect(sent.at(-1)?.from.name).toBe(senderName.normalize('NFC'))
    expect(await lastMail()).toBeTruthy()
  })

  it('is the product where it speaks for itself', async () => {
    await brand({ accent: '#ff0000', senderName: 'Maya', replyTo: 'hello@studio.example' })
    await upload(png())
    const { email } = await studio.person('admin')
    const mail = sent.at(-1)
    expect(mail?.from.name).toBe('AdminStack Portals')
    expect(mail?.reply_to).toBeUndefined()
    const [signIn] = await world.mails(email)
    expect(signIn?.html).not.toContain('#ff0000')
    expect(signIn?.html).not.toContain('<img')
  })

  it('wants an address that mail can reach', async () => {
    const answer = await brand({ replyTo: 'nobody' })
    expect(answer.status).toBe(422)
    const html = await answer.text()
    expect(html).toContain('This doesn’t look like an email address.')
    expect(html).toContain('value="nobody"')
  })
})

it('is told to the client’s program as well', async () => {
  const { token } = await portal()
  const read = async () => {
    const answer = await world.request(paths.api.client(token))
    return (await answer.json<{ organization: unknown }>()).organization
  }
  expect(await read()).toEqual({ name: 'studio', accent: null, logoUrl: null })
  await brand({ accent: '#1f64b5' })
  await upload(png())
  const file = String(await column('logo'))
  const logoUrl = world.origin + paths.logoFile(studio.facts.id, file)
  expect(await read()).toEqual({ name: 'studio', accent: '#1f64b5', logoUrl })
})
