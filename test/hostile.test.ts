import { describe, expect, it } from 'vitest'
import { sendMessageInput } from '../src/features/messages/input.ts'
import { LONGEST_MESSAGE } from '../src/features/messages/rules.ts'
import { paths } from '../src/paths.ts'
import { parse } from '../src/routes/input.ts'
import { freeTextFields, keepsLines } from './harness/free-text.ts'
import { playLife, type Life } from './harness/hostile-life.ts'
import { routes } from './harness/routes.ts'
import { drawn } from './harness/skeleton.ts'
import { World, type Mail } from './harness/world.ts'

// Everything below is done twice: with words that try to be more than words, and with as many plain
// letters. Nothing but the words may differ between what the two make of pages and mails.

const breakOut = `"'></p></title></textarea><script>alert(1)</script><img src=x onerror=alert(1)>`
const hostileTexts = [
  breakOut,
  '<svg/onload=alert(1)>&lt;b&gt;&amp;&#x3c;script&#62;<!-- --!><![CDATA[',
  'javascript:alert(1) data:text/html,<script>1</script> {{7*7}} ${7*7} <%= 7 %>',
  `مرحبا <b dir=rtl> שלום 👩‍👩‍👧‍👦🏴‍☠️ \`" onfocus=alert(1) autofocus x='`,
  `${'Donaudampfschifffahrt'.repeat(4)}<a href=//evil.example>`,
] as const

const plainly = (text: string) => text.replaceAll(/[^\p{L}\p{N}\p{M} ]/gu, 'x')

/** Every page and answer that there is to read, by its route. */
async function readings({ world, slug, cookie, key, token, asked, ...ids }: Life) {
  const found = new Map(asked)
  for (const { method, path } of await routes()) {
    if (method !== 'GET') continue
    const client = path.startsWith('/portal') || path.startsWith('/api/portal/')
    const own = path
      .replace(':organization', slug)
      .replace(':portal', ids.portal)
      .replace(':link', ids.link)
      .replace(':milestone', ids.milestone)
      .replace(':file', ids.file)
      .replace(':invoice', ids.invoice)
      .replace(':token', client ? token : 'x')
    if (own.includes(':')) continue
    const headers: Record<string, string> = path.startsWith('/dashboard')
      ? { cookie }
      : path.startsWith('/api/')
        ? { authorization: `Bearer ${key}` }
        : {}
    found.set(path, await world.request(own, { headers }))
  }
  return found
}

/** Only https, our own addresses and the icon that stands in the page: nothing that runs. */
const harmless = /^(?:https?:\/\/|\/|#|\?|mailto:|data:image\/svg\+xml,%3Csvg)/

/** What of a mail may not depend on its words; mails of one minute leave in no order. */
const shapesOf = async (mails: readonly Mail[]) =>
  (
    await Promise.all(
      mails.map(async ({ to, html, text, headers }) =>
        [
          to.replace(/\d+/, ''),
          text.split('\n').length,
          Object.keys(headers).join(' '),
          (await drawn(html)).skeleton.join('\n'),
        ].join('\n'),
      ),
    )
  ).toSorted()

describe.each(hostileTexts)('%s', (text) => {
  it('stays words in every page, answer and mail', async () => {
    const hostile = await playLife(text)
    const plain = await playLife(plainly(text))
    // A field that is new is played too.
    expect([...hostile.filled].toSorted()).toEqual([...freeTextFields().keys()].toSorted())

    const beginning = [...text].slice(0, 20).join('')
    const [theirs, ours] = [await readings(hostile), await readings(plain)]
    expect([...theirs.keys()]).toEqual([...ours.keys()])
    expect(theirs.size).toBeGreaterThan(40)
    const holding = { html: 0, json: 0 }
    for (const [path, response] of theirs) {
      const body = await response.text()
      const type = response.headers.get('content-type') ?? ''
      const twin = ours.get(path)
      expect(response.status, path).toBe(twin?.status)
      expect([...response.headers.keys()], path).toEqual([...(twin?.headers.keys() ?? [])])
      if (type.includes('json')) {
        const { headers } = response
        if (path !== paths.healthz)
          expect(headers.get('x-content-type-options'), path).toBe('nosniff')
        const again = JSON.stringify(JSON.parse(body))
        if (again.includes(JSON.stringify(beginning).slice(1, -1))) holding.json++
      } else if (type.includes('html')) {
        const page = await drawn(body)
        const other = await drawn((await twin?.text()) ?? '')
        expect(page.skeleton, path).toEqual(other.skeleton)
        for (const address of page.addresses) expect(address, path).toMatch(harmless)
        if (page.text.includes(beginning)) holding.html++
        expect(response.headers.get('content-security-policy'), path).toMatch(
          /script-src 'self'|default-src 'none'/,
        )
      }
    }
    // The words themselves are there, as they were written.
    expect(holding.html).toBeGreaterThan(15)
    expect(holding.json).toBeGreaterThan(5)

    const [mails, twins] = [await hostile.world.mails(), await plain.world.mails()]
    expect(mails.length).toBeGreaterThanOrEqual(8)
    expect(await shapesOf(mails)).toEqual(await shapesOf(twins))
    for (const { html, subject, fromName, toName, headers } of mails) {
      for (const address of (await drawn(html)).addresses) expect(address).toMatch(harmless)
      const lines = [subject, fromName ?? '', toName ?? '', ...Object.values(headers)]
      // oxlint-disable-next-line no-control-regex
      for (const line of lines) expect(line).not.toMatch(/[\u0000-\u001f\u007f]/)
    }
    expect(mails.some(({ subject }) => subject.includes(beginning))).toBe(true)
    expect(mails.some((mail) => mail.text.includes(beginning))).toBe(true)
  })
})

const hidden = {
  'a right-to-left override': 'invoice\u202Efdp.exe',
  'an isolate': 'a\u2066b\u2069',
  NUL: 'a\u0000b',
  'a line break that would split a header': 'Jane\r\nBcc: everybody@else.example',
  'a carriage return': 'Jane\rX',
  'an escape': 'a\u001b[31mb',
} as const

/** Fields that are looked for, or compared, and never kept or shown to anybody else. */
const neverKept =
  /^(?:(?:list|show|deleted|clientInvoices)\w+\.(?:q|cursor|folder)|editPortalInput\.was\.\w+|signInInput\.next)$/

describe.each(Object.entries(hidden))('%s', (_, text) => {
  it('is refused or left out by every field', () => {
    for (const [name, field] of freeTextFields()) {
      const parsed = parse(field, text)
      if (neverKept.test(name) || !parsed.ok) continue
      expect(parsed.value, name).not.toMatch(/[\u202a-\u202e\u2066-\u2069]|(?![\n\t])\p{Cc}/u)
      if (!keepsLines(field)) expect(parsed.value, name).not.toMatch(/\n/)
    }
  })
})

describe.each(Object.entries({ ...hidden, nothing: ' \u00a0 ' }))('%s', (_, text) => {
  it('is refused in a name, with the field named', async () => {
    const world = new World()
    const studio = await world.organization('studio')
    const { cookie } = await studio.person('owner')
    const key = await studio.key('owner')
    const good = {
      project: 'P',
      client: 'C',
      currency: 'EUR',
      contact: { name: 'Jane', email: `jane-${world.id}@client.example` },
    }
    const bad = [
      { ...good, project: text },
      { ...good, client: text },
      { ...good, contact: { ...good.contact, name: text } },
      { ...good, contact: { ...good.contact, email: `${text}@client.example` } },
    ]
    for (const body of bad) {
      expect((await world.api('POST', paths.api.portals, key, body)).status).toBe(422)
    }
    const forms: [string, Record<string, string>][] = [
      [paths.account, { name: text }],
      [paths.settings(studio.slug), { name: text, legalName: '', address: '', taxId: '' }],
      [paths.keys(studio.slug), { name: text, role: 'member' }],
    ]
    for (const [path, values] of forms) {
      const answer = await world.form(path, values, cookie)
      expect(answer.status, path).toBe(422)
      expect(await answer.text(), path).toContain('aria-invalid')
    }
    expect(await world.mails(good.contact.email)).toEqual([])
  })
})

describe('a message', () => {
  it('takes line breaks as such, leaves out what can’t be seen, and is no longer than told', () => {
    const body = (text: string) => {
      const parsed = parse(sendMessageInput, { body: text })
      return parsed.ok ? parsed.value.body : null
    }
    expect(body('a\r\nb\rc')).toBe('a\nb\nc')
    for (const seen of ['a\u202Eb', 'a\u0000b', 'a\u001bb', 'a\u2066b'])
      expect(body(seen)).toBe('ab')
    for (const nothing of ['', ' \n ', '\u0000', '\u202e\r\n']) expect(body(nothing)).toBeNull()
    expect(body('é'.repeat(LONGEST_MESSAGE))).toHaveLength(LONGEST_MESSAGE)
    expect(body('x'.repeat(LONGEST_MESSAGE + 1))).toBeNull()
  })

  it('leads nowhere but to the http address that it shows', async () => {
    const { world, token } = await playLife(
      [
        'https://good.example/a?b=c&d="><script>',
        'javascript:alert(1)',
        'JAVASCRIPT://x.example/%0aalert(1)',
        'data:text/html;base64,PHNjcmlwdD4=',
        'vbscript:x',
        'http://user:pass@evil.example/',
        'https://xn--80ak6aa92e.example/é(1).',
      ].join(' '),
    )
    const html = await (await world.request(paths.portal(token))).text()
    const { addresses } = await drawn(html)
    for (const address of addresses) expect(address).toMatch(harmless)
    const links = [...html.matchAll(/<a href="([^"]*)" rel="[^"]*nofollow[^"]*"[^>]*>([^<]*)</g)]
    expect(links.length).toBeGreaterThan(2)
    for (const [, href = '', shown = ''] of links) {
      const named = (text: string) => new URL(text.replaceAll('&amp;', '&')).host
      expect(named(shown)).toBe(named(href))
    }
  })
})

it('shows a dead link’s page that holds nothing of anybody', async () => {
  const { world, key, portal, link, token } = await playLife(breakOut)
  await world.api('POST', paths.api.linkAction(portal, link, 'pause'), key)
  const dead = await world.request(paths.portal(token))
  expect(dead.status).toBe(404)
  expect(await dead.text()).not.toContain('alert(1)')
})
