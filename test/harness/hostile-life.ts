import { expect } from 'vitest'
import { withQuery, paths } from '../../src/paths.ts'
import { freeTextFields, keepsLines, most } from './free-text.ts'
import { World } from './world.ts'

/** Where a life was played, and what its readings need. */
export interface Life {
  world: World
  slug: string
  cookie: string
  key: string
  portal: string
  link: string
  milestone: string
  file: string
  invoice: string
  token: string
  /** What there is to read beside the plain routes: pages that were asked with the text, and came back with it. */
  asked: Map<string, Response>
  /** The fields that were filled, by schema and path. */
  filled: Set<string>
}

interface IdJson {
  id: string
}

/**
 * The life of an organisation and a portal in which every field that people fill in holds the text,
 * through the real endpoints. A field that none of it fills fails the test that plays it.
 */
export async function playLife(text: string): Promise<Life> {
  const world = new World()
  const asked = new Map<string, Response>()
  const filled = new Set<string>()
  const fields = freeTextFields()
  const fill = (name: string, words = text): string => {
    const field = fields.get(name)
    if (!field) throw new Error(`No input has the field ${name}.`)
    filled.add(name)
    return most(field, keepsLines(field) ? `${words}\n${words}` : words)
  }
  const address = (who: string) => `${who}-${world.id}@client.example`

  const form = async (path: string, values: Record<string, string>, by?: string) => {
    const answer = await world.form(path, values, by)
    expect(answer.status, `${path} ${(await answer.clone().text()).slice(0, 3000)}`).toBe(303)
  }

  // Whoever opens organisations.
  const region = { timeZone: 'Europe/Oslo', locale: 'en-GB', currency: 'EUR' }
  const cookie = await world.signIn(world.env.FIRST_OWNER ?? '')
  const name = fill('createOrganizationInput.name')
  const first = await world.form(
    paths.dashboard,
    { ...region, name, person: fill('createOrganizationInput.person') },
    cookie,
  )
  expect(first.status, await first.clone().text()).toBe(303)
  const slug = /\/dashboard\/([^/?]+)/.exec(first.headers.get('location') ?? '')?.[1] ?? ''
  await form(paths.account, { name: fill('profileInput.name') }, cookie)
  await form(
    paths.settings(slug),
    {
      name: fill('changeOrganizationInput.name'),
      legalName: fill('changeOrganizationInput.legalName'),
      address: fill('changeOrganizationInput.address'),
      taxId: fill('changeOrganizationInput.taxId'),
    },
    cookie,
  )
  const sender = {
    accent: '#1f64b5',
    senderName: fill('changeBrandingInput.senderName'),
    replyTo: 'hello@studio.example',
  }
  await form(paths.branding(slug), sender, cookie)
  const shown = await world.form(
    paths.keys(slug),
    { name: fill('createKeyInput.name'), role: 'owner' },
    cookie,
  )
  const page = await shown.clone().text()
  asked.set('the key that was made', shown)
  const key = /ap_[\w-]+/.exec(page)?.[0] ?? ''

  const api = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const answer = await world.api(method, path, key, body)
    expect(answer.status, `${path} ${await answer.clone().text()}`).toBeLessThan(300)
    return answer.json<T>()
  }
  const client = async (path: string, body: object) => {
    const headers = { 'content-type': 'application/json' }
    const answer = await world.request(path, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    })
    expect(answer.status, `${path} ${await answer.clone().text()}`).toBeLessThan(300)
  }

  // The portal and its people.
  const opened = await api<IdJson & { links: { id: string; url: string }[] }>(
    'POST',
    paths.api.portals,
    {
      project: fill('createPortalInput.project'),
      client: fill('createPortalInput.client'),
      currency: 'EUR',
      contact: { name: fill('createPortalInput.contact.name'), email: address('jane') },
      send: true,
    },
  )
  const portal = opened.id
  const [{ id: link = '', url = '' } = {}] = opened.links
  const token = url.slice(-64)
  await api('PATCH', paths.api.portal(portal), {
    project: fill('changePortalInput.project'),
    client: fill('changePortalInput.client'),
  })
  const facts = {
    project: fill('editPortalInput.project'),
    client: fill('editPortalInput.client'),
    currency: 'EUR',
  }
  const was = {
    'was.project': fill('editPortalInput.was.project'),
    'was.client': fill('editPortalInput.was.client'),
    'was.currency': fill('editPortalInput.was.currency'),
  }
  asked.set(
    'a portal that was edited',
    await world.form(paths.editPortal(slug, portal), { ...facts, ...was }, cookie),
  )
  await api('POST', paths.api.links(portal), {
    contact: { name: fill('createLinkInput.contact.name'), email: address('desk') },
    scope: 'billing',
  })

  // The plan.
  const { id: milestone } = await api<IdJson>('POST', paths.api.milestones(portal), {
    title: fill('createMilestoneInput.title'),
    description: fill('createMilestoneInput.description'),
  })
  await api('PATCH', paths.api.milestone(portal, milestone), {
    version: 1,
    title: fill('changeMilestoneInput.title'),
    description: fill('changeMilestoneInput.description'),
  })
  await api('POST', paths.api.requestApproval(portal, milestone))
  await form(paths.clientAnswer(token, milestone, 'request-changes'), {
    note: fill('changesInput.note'),
  })
  const second = await api<IdJson>('POST', paths.api.milestones(portal), {
    title: fill('createMilestoneInput.title'),
  })
  await api('POST', paths.api.requestApproval(portal, second.id))
  await client(paths.api.clientAnswer(token, second.id, 'approve'), {
    note: fill('answerInput.note'),
  })
  await form(paths.saveTemplate(slug, portal), { name: fill('saveTemplateInput.name') }, cookie)

  // A file in a folder, one that is asked for, and one that comes for it.
  await api('POST', paths.api.fileRequests(portal), {
    title: fill('openRequestInput.title'),
    note: fill('openRequestInput.note'),
  })
  const folder = fill('createUploadInput.folder')
  const encoded = (words: string) => btoa(String.fromCharCode(...new TextEncoder().encode(words)))
  const sent = await world.request(paths.api.clientUploads(token), {
    method: 'POST',
    headers: {
      'tus-resumable': '1.0.0',
      'upload-length': '0',
      // A name has no slash.
      'upload-metadata': `filename ${encoded(`${text.replaceAll('/', '')}.pdf`)},folder ${encoded(folder)}`,
    },
  })
  expect(sent.status, await sent.clone().text()).toBe(201)
  const { items: files } = await api<{ items: IdJson[] }>('GET', paths.api.files(portal))
  const file = files[0]?.id ?? ''
  const moved = { name: 'moved.pdf', folder: fill('renameFileInput.folder') }
  await api('PATCH', paths.api.file(portal, file), moved)

  // Two invoices: one is paid, given back, credited, and one is voided.
  const buyer = (of: string) => ({
    name: fill(`${of}.buyer.name`),
    address: fill(`${of}.buyer.address`),
    taxId: fill(`${of}.buyer.taxId`),
  })
  const lines = (of: string) => [
    { description: fill(`${of}.lines[].description`), quantity: '1', unitAmount: 1000 },
  ]
  const bill = (of: string) => ({
    lines: lines(of),
    notes: fill(`${of}.notes`),
    buyer: buyer(of),
  })
  await api('PATCH', paths.api.portal(portal), { buyer: buyer('changePortalInput') })
  const drafted = bill('createInvoiceInput')
  const { id: invoice } = await api<IdJson>('POST', paths.api.invoicesOf(portal), drafted)
  await api('PATCH', paths.api.invoice(portal, invoice), bill('changeInvoiceInput'))
  await api('POST', paths.api.invoiceAction(portal, invoice, 'issue'))
  const pay = async () => {
    const money = { amount: 400, method: 'bank', receivedOn: '2026-01-02' }
    const note = fill('recordPaymentInput.note')
    const entry = { ...money, note }
    return (await api<IdJson>('POST', paths.api.payments(portal, invoice), entry)).id
  }
  const back = { amount: 100, note: fill('refundInput.note') }
  await api('POST', paths.api.paymentAction(portal, invoice, await pay(), 'refund'), back)
  const mistaken = { note: fill('reversalInput.note') }
  await api('POST', paths.api.paymentAction(portal, invoice, await pay(), 'reverse'), mistaken)
  const credited = { lines: lines('creditNoteInput'), reason: fill('creditNoteInput.reason') }
  await api('POST', paths.api.creditNotes(portal, invoice), credited)
  const revealed = await api<{ url: string }>('POST', paths.api.revealInvoice(portal, invoice), {})
  asked.set('the page of an invoice’s mail', await world.request(new URL(revealed.url).pathname))
  const other = await api<IdJson>('POST', paths.api.invoicesOf(portal), drafted)
  await api('POST', paths.api.invoiceAction(portal, other.id, 'issue'))
  // What stands in braces there is looked up, and refused.
  const bare = text.replaceAll(/[{}]/g, '')
  const texts = (kind: string) => ({
    [`${kind}.subject`]: fill(`reminderTextsInput.${kind}.subject`, bare),
    [`${kind}.body`]: fill(`reminderTextsInput.${kind}.body`, bare),
  })
  await form(
    paths.reminderSettings(slug),
    { part: 'texts', ...texts('before'), ...texts('due'), ...texts('after') },
    cookie,
  )
  await api('POST', paths.api.invoiceAction(portal, other.id, 'remind'))
  const problem = { kind: 'problem', note: fill('answerInvoiceInput.note') }
  await client(paths.api.clientInvoiceAnswer(token, other.id), problem)
  await world.minute()
  const why = { reason: fill('voidInvoiceInput.reason') }
  await api('POST', paths.api.invoiceAction(portal, other.id, 'void'), why)

  // The thread; a long message as well.
  const body = fill('sendMessageInput.body')
  for (const each of [body, text.repeat(200).slice(0, 9000)]) {
    await api('POST', paths.api.messages(portal), { body: each })
    await client(paths.api.clientMessages(token), { body: each })
  }

  await form(
    paths.portalAction(slug, portal, 'duplicate'),
    {
      project: fill('duplicatePortalInput.project'),
      client: fill('duplicatePortalInput.client'),
      currency: 'EUR',
    },
    cookie,
  )

  // A colleague, and an organisation of their own.
  const colleague = `new-${world.id}@colleague.example`
  await form(paths.invitations(slug), { email: colleague, role: 'member' }, cookie)
  const [invited] = await world.mails(colleague)
  const join = /\/join\/[\w.-]+/.exec(invited?.text ?? '')?.[0] ?? ''
  asked.set('an invitation', await world.request(join))
  await form(join, { name: fill('joinInput.name') })
  await form(
    paths.newOrganization,
    { ...region, name: fill('furtherOrganizationInput.name') },
    cookie,
  )

  // What is asked and not kept.
  const lists = {
    q: withQuery(paths.portals(slug), { q: fill('listPortalsInput.q') }),
    cursor: withQuery(paths.portals(slug), { cursor: fill('listPortalsInput.cursor') }),
  }
  for (const [what, path] of Object.entries(lists)) {
    asked.set(`portals by ${what}`, await world.request(path, { headers: { cookie } }))
  }
  const filesBy = {
    folder: withQuery(paths.files(slug, portal), { folder: fill('showFilesInput.folder') }),
    cursor: withQuery(paths.files(slug, portal), {
      deleted: '1',
      cursor: fill('deletedFilesInput.cursor'),
    }),
  }
  for (const [what, path] of Object.entries(filesBy)) {
    asked.set(`files by ${what}`, await world.request(path, { headers: { cookie } }))
  }
  const headers = { authorization: `Bearer ${key}` }
  const invoicesBy = { q: fill('listInvoicesInput.q'), cursor: fill('listInvoicesInput.cursor') }
  for (const [what, value] of Object.entries(invoicesBy)) {
    const path = withQuery(paths.api.invoices, { [what]: value })
    asked.set(`invoices by ${what}`, await world.request(path, { headers }))
  }
  const theirs = { cursor: fill('clientInvoicesInput.cursor') }
  asked.set(
    'a client’s invoices by cursor',
    await world.request(withQuery(paths.api.clientInvoices(token), theirs)),
  )
  const inFolder = { folder: fill('listFilesInput.folder') }
  asked.set(
    'files of a folder, by a program',
    await world.request(withQuery(paths.api.files(portal), inFolder), { headers }),
  )
  const plan = { cursor: fill('listMilestonesInput.cursor') }
  const listed = await world.request(withQuery(paths.api.milestones(portal), plan), { headers })
  asked.set('milestones by cursor', listed)
  const next = fill('signInInput.next')
  asked.set('sign-in', await world.request(withQuery(paths.signIn, { next })))
  asked.set(
    'sign-in, asked for',
    await world.form(paths.signIn, { email: 'nobody@else.example', next }),
  )
  asked.set('sign-in, refused', await world.form(paths.signIn, { email: text, next }))
  asked.set('a link that never was', await world.request(`/portal/${encodeURIComponent(text)}`))

  // News gathers before it is mailed.
  await world.minute(6 * 60_000)
  await world.minute(12 * 60_000)
  return { world, slug, cookie, key, portal, link, milestone, file, invoice, token, asked, filled }
}
