import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { paths } from '../src/paths.ts'
import { routes } from './harness/routes.ts'
import { isWrite, type Recorded, type Trips } from './harness/recorder.ts'
import { World, type Tenant } from './harness/world.ts'
import { fillPortals } from '../dev/demo/crowd.ts'
import {
  fillEmails,
  fillInbox,
  fillJobs,
  fillKeys,
  fillLinks,
  fillPlan,
  fillRequests,
  fillTeam,
  fillTemplates,
  fillThread,
} from './harness/crowd.ts'
import { fillFiles } from './harness/file-scene.ts'
import { eq } from 'drizzle-orm'
import { commit } from '../src/db/batch.ts'
import { contact } from '../src/db/schema/links.ts'
import { pretendFiles, storedFile } from './harness/stored-file.ts'
import { fillInvoices } from './harness/invoice-crowd.ts'
import { crowdPerson, fillActivity } from './harness/activity-crowd.ts'
import { createCreditNote } from '../src/features/invoices/credit-notes.ts'
import { createDraft } from '../src/features/invoices/draft.ts'
import { issueInvoice } from '../src/features/invoices/issue.ts'
import { invoiceTokenToSend } from '../src/features/invoices/token.ts'
import { recordPayment } from '../src/features/invoices/payments.ts'
import { invite } from '../src/features/invitations/actions.ts'
import { invitationToken } from '../src/features/invitations/token.ts'
import { unsubscribeToken } from '../src/features/messages/unsubscribe.ts'
import { createMilestone } from '../src/features/milestones/actions.ts'
import { encodeCursor } from '../src/lib/cursor.ts'
import { newId } from '../src/lib/id.ts'
import { archivePortal, createPortal } from '../src/features/portals/actions.ts'
import { createUpload } from '../src/features/uploads/create.ts'

interface Read {
  path: string
  trips: number
  /** Rows this may read for the rows it shows, at any size of the tables. */
  rows: number
  as: 'link' | 'member' | 'operator' | 'key' | 'nobody'
}

let world: World
let studio: Tenant
let reads: Read[]
let portalId: string
let longPlan: string
let linkToken: string
const visitors: Record<Read['as'], RequestInit> = {
  link: {},
  member: {},
  operator: {},
  key: {},
  nobody: {},
}

/** Rows shown x (1 + tables joined per row) + 10, and what the session or key costs. */
const rows = (shown: number, joined: number, door = 0) => shown * (1 + joined) + 10 + door

/** Session, user, and a membership with its organisation. */
const SESSION = 6
const KEY = 4
/** The organisation's activity with its portals' names, and fifty people and portals to choose from. */
const ACTIVITY = rows(50, 1) + rows(50, 1) + rows(50, 0)
/** A portal's four folders: each is stepped to once, and read out once. */
const FOLDERS = rows(4, 1)

beforeEach(async () => {
  world = new World()
  studio = await world.organization('studio')
  const { cookie } = await studio.person('owner')
  const key = await studio.key('owner')
  visitors.member = { headers: { cookie } }
  visitors.operator = { headers: { cookie: await world.signIn(world.env.FIRST_OWNER) } }
  visitors.key = { headers: { authorization: `Bearer ${key}` } }
  const made = await createPortal(studio.ctx(), {
    project: 'Website relaunch',
    client: 'Halcyon Coffee',
    currency: 'EUR',
    contact: { name: 'Jane Cooper', email: 'jane@halcyon.example' },
    send: true,
  })
  if (!made.ok) throw new Error('The portal was not made.')
  const { portal, token = '' } = made.value
  portalId = portal.id
  linkToken = token
  const link = portal.links.items[0]?.id ?? ''
  const over = await createPortal(studio.ctx(), {
    project: 'Done',
    client: 'Halcyon Coffee',
    currency: 'EUR',
    contact: { name: 'Jane Cooper', email: 'jane@halcyon.example' },
    send: false,
  })
  if (!over.ok) throw new Error('The second portal was not made.')
  const archived = over.value.portal.id
  await archivePortal(studio.ctx(), archived)
  const second = await createPortal(studio.ctx(), {
    project: 'A long plan',
    client: 'Halcyon Coffee',
    currency: 'EUR',
    contact: { name: 'Jane Cooper', email: 'jane@halcyon.example' },
    send: false,
  })
  if (!second.ok) throw new Error('The second portal was not made.')
  longPlan = second.value.portal.id
  const planned = await createMilestone(studio.ctx(), {
    portal: longPlan,
    title: 'Design',
    description: '',
    dueOn: null,
    weight: 1,
    progress: 0,
  })
  if (!planned.ok) throw new Error('Nothing was planned.')
  const billed = await invoiced(portal.id)
  const drafted = await draftOf(portal.id)
  const invited = await invite(studio.ctx(), { email: 'new@colleague.example', role: 'member' })
  if (!invited.ok) throw new Error('Nobody was invited.')
  const joinToken = await invitationToken(studio.ctx().settings, invited.value)
  const [who] = await studio.ctx().db.select({ id: contact.id }).from(contact)
  const unsubscribing = await unsubscribeToken(studio.ctx().settings, who?.id ?? '')
  const folders = ['', 'Brand', 'Drafts/Round 1', 'Drafts/Round 2']
  const [file = ''] = await fillFiles(studio, portalId, { count: 500, folders })
  const sending = { folder: '', size: 5, portal: portal.id }
  const upload = newId(1)
  await createUpload(studio.ctx(), { ...sending, id: upload, filename: 'a.bin' })
  const begun = await world.request(paths.api.clientUploads(token), {
    method: 'POST',
    headers: {
      'tus-resumable': '1.0.0',
      'upload-length': '5',
      'upload-metadata': `filename ${btoa('b.bin')}`,
    },
  })
  const hers = await begun.json<{ id: string }>()
  const stored = await storedFile(studio, portal.id, { contentType: 'image/png' })
  const { slug } = studio
  const member = (path: string, most: number): Read => ({
    path,
    trips: 2,
    rows: most + SESSION,
    as: 'member',
  })
  const key_ = (path: string, most: number): Read => ({
    path,
    trips: 2,
    rows: most + KEY,
    as: 'key',
  })
  const none = (path: string): Read => ({ path, trips: 0, rows: 0, as: 'nobody' })
  reads = [
    { path: paths.portal(token), trips: 1, rows: 90, as: 'link' },
    { path: paths.api.client(token), trips: 1, rows: 90, as: 'link' },
    { path: paths.portal('f'.repeat(64)), trips: 1, rows: 1, as: 'nobody' },
    { path: paths.api.client('f'.repeat(64)), trips: 1, rows: 1, as: 'nobody' },
    none(paths.portal('no-token')),
    none(paths.api.client('F'.repeat(64))),
    none(paths.logoFile(studio.facts.id, `${'a'.repeat(64)}.png`)),
    none(paths.home),
    none(paths.robots),
    none(paths.signIn),
    none(paths.confirm),
    none(paths.api.openapi),
    { path: paths.healthz, trips: 1, rows: 1, as: 'nobody' },
    member(paths.dashboard, rows(0, 0)),
    member(paths.account, rows(1, 0) + rows(1, 0) + rows(0, 0)),
    { path: paths.newOrganization, trips: 1, rows: SESSION, as: 'member' },
    member(paths.team(slug), rows(50, 1) + rows(50, 2)),
    { path: paths.join(joinToken), trips: 1, rows: rows(1, 3), as: 'nobody' },
    { path: paths.join(joinToken), trips: 2, rows: rows(1, 3) + SESSION, as: 'member' },
    none(paths.join('no-token')),
    none(paths.join(`${'f'.repeat(36)}.${'f'.repeat(64)}`)),
    { path: paths.organization(slug), trips: 1, rows: SESSION, as: 'member' },
    member(paths.portals(slug), rows(50, 3)),
    member(paths.newPortal(slug), rows(50, 0)),
    member(paths.portalOf(slug, portal.id), rows(1, 2) + rows(50, 2)),
    member(paths.editPortal(slug, portal.id), rows(1, 3)),
    member(paths.portalAction(slug, archived, 'delete'), rows(1, 3)),
    member(paths.portalAction(slug, portal.id, 'duplicate'), rows(1, 3) + rows(50, 1)),
    member(paths.portalOf(slug, longPlan), rows(1, 2) + rows(100, 0) + rows(50, 2)),
    member(paths.milestones(slug, longPlan), rows(1, 2) + rows(100, 0) + rows(50, 0)),
    member(paths.milestone(slug, longPlan, planned.value.id), rows(1, 0)),
    member(paths.templates(slug), rows(50, 0)),
    member(paths.newLink(slug, portal.id), rows(1, 2)),
    member(paths.link(slug, portal.id, link), rows(1, 2)),
    member(paths.linkAction(slug, portal.id, link, 'view'), 90),
    member(paths.messages(slug, portal.id), rows(1, 2) + rows(20, 0) + 40),
    member(`${paths.messages(slug, portal.id)}?archived=1`, rows(1, 2) + rows(20, 0) + 40),
    // The portal, the folders twice over, and what the organisation's files take.
    member(paths.files(slug, portal.id), rows(1, 2) + rows(50, 0) + FOLDERS),
    member(`${paths.files(slug, portal.id)}?folder=Brand`, rows(1, 2) + rows(50, 0) + FOLDERS),
    member(`${paths.files(slug, portal.id)}?deleted=1`, rows(1, 2) + rows(50, 0)),
    member(paths.file(slug, portal.id, file), rows(1, 2) + rows(20, 0)),
    member(paths.fileRequests(slug, longPlan), rows(1, 2) + rows(50, 0) + rows(50 * 5, 1)),
    member(paths.inbox(slug), rows(50, 1)),
    member(`${paths.inbox(slug)}?unread=1`, rows(50, 1)),
    member(paths.links(slug, portal.id), rows(1, 2) + rows(50, 2)),
    // The list with the names of its portals, and who and what can be chosen.
    member(paths.activity(slug), ACTIVITY),
    member(paths.portalActivity(slug, portal.id), rows(1, 2) + rows(50, 0)),
    member(paths.emails(slug), rows(50, 0)),
    { path: paths.operator, trips: 2, rows: rows(150, 1) + SESSION, as: 'operator' },
    member(paths.settings(slug), rows(1, 0)),
    member(paths.branding(slug), rows(1, 0)),
    member(paths.defaults(slug), rows(1, 0)),
    member(paths.keys(slug), rows(50, 0)),
    member(paths.paymentSettings(slug), rows(1, 0)),
    { path: paths.newKey(slug), trips: 1, rows: SESSION, as: 'member' },
    member(paths.billing(slug), rows(1, 0) + rows(50, 0) + rows(50, 0)),
    // With what is asked for by due day, in each currency.
    member(paths.invoices(slug), rows(50, 1) + rows(1, 0)),
    member(paths.invoicesTable(slug), rows(50, 1)),
    member(paths.invoicesOf(slug, portal.id), rows(1, 3) + rows(50, 0) + rows(100, 0)),
    member(paths.newInvoice(slug, portal.id), rows(1, 3) + rows(100, 0)),
    // With what was mailed of it.
    member(paths.invoice(slug, portal.id, billed.invoice), rows(1, 3) + rows(1, 2) + rows(30, 0)),
    member(paths.editInvoice(slug, portal.id, drafted), rows(1, 3) + rows(1, 2) + rows(100, 0)),
    member(
      paths.creditNotes(slug, portal.id, billed.invoice),
      rows(1, 3) + rows(1, 2) + rows(100, 0),
    ),
    key_(paths.api.portals, rows(50, 3)),
    key_(paths.api.portal(portal.id), rows(1, 2)),
    key_(paths.api.links(portal.id), rows(1, 2) + rows(50, 2)),
    key_(paths.api.milestones(longPlan), rows(1, 2) + rows(50, 0)),
    key_(paths.api.messages(portal.id), rows(50, 0) + 40),
    key_(paths.api.files(portal.id), rows(50, 0)),
    key_(`${paths.api.files(portal.id)}?folder=Drafts/Round+2`, rows(50, 0)),
    key_(paths.api.upload(portal.id, upload), rows(1, 1)),
    key_(paths.api.fileRequests(longPlan), rows(1, 2) + rows(50, 0)),
    key_(paths.api.activity, rows(50, 0)),
    key_(paths.api.portalActivity(portal.id), rows(50, 0)),
    // Each with its payments and its credit notes.
    key_(paths.api.invoices, rows(50, 2)),
    key_(paths.api.invoicesOf(portal.id), rows(50, 2)),
    key_(paths.api.invoice(portal.id, billed.invoice), rows(1, 2)),
    key_(paths.api.invoicePdf(portal.id, billed.invoice), rows(1, 1)),
    key_(paths.api.creditNotePdf(portal.id, billed.invoice, billed.note), rows(1, 2)),
    key_(paths.api.receiptPdf(portal.id, billed.invoice, billed.payment), rows(1, 2)),
    key_(paths.api.statement(portal.id), rows(1, 3)),
    member(paths.teamInvoicePdf(slug, portal.id, billed.invoice), rows(1, 1)),
    member(paths.teamCreditNotePdf(slug, portal.id, billed.invoice, billed.note), rows(1, 2)),
    member(paths.teamReceipt(slug, portal.id, billed.invoice, billed.payment), rows(1, 2)),
    member(paths.teamStatement(slug, portal.id), rows(1, 3)),
    // Every invoice with its payments and credit notes: there is one.
    member(paths.teamStatementTable(slug, portal.id), rows(1, 3)),
    ...[
      paths.clientInvoicePdf(token, billed.invoice),
      paths.clientCreditNotePdf(token, billed.invoice, billed.note),
      paths.clientReceipt(token, billed.invoice, billed.payment),
      paths.clientStatement(token),
    ].map((path): Read => ({ path, trips: 1, rows: rows(1, 3), as: 'link' })),
    // Beside the invoice its link, and the account.
    { path: paths.clientPay(token, billed.invoice), trips: 1, rows: rows(1, 2), as: 'link' },
    { path: paths.invoicePay(billed.held), trips: 1, rows: rows(1, 2), as: 'nobody' },
    none(paths.invoicePay('no-token')),
    none(paths.paid(billed.invoice)),
    // Beside the invoice with its payment and its credit note, whether a link of its contact lives.
    { path: paths.invoicePage(billed.held), trips: 1, rows: rows(1, 3), as: 'nobody' },
    { path: paths.invoicePage('f'.repeat(64)), trips: 1, rows: 1, as: 'nobody' },
    none(paths.invoicePage('no-token')),
    ...[
      paths.invoicePdf(billed.held),
      paths.invoiceCreditNotePdf(billed.held, billed.note),
      paths.invoiceReceipt(billed.held, billed.payment),
    ].map((path): Read => ({ path, trips: 1, rows: rows(1, 3), as: 'nobody' })),
    {
      path: paths.api.clientInvoicePdf(token, billed.invoice),
      trips: 1,
      rows: rows(1, 3),
      as: 'link',
    },
    { path: paths.api.clientInvoices(token), trips: 1, rows: rows(50, 0), as: 'link' },
    key_(paths.api.emails, rows(50, 0)),
    // With its payment, and its credit notes.
    { path: paths.clientInvoice(token, billed.invoice), trips: 1, rows: rows(1, 3), as: 'link' },
    { path: paths.clientMessages(token), trips: 1, rows: 40, as: 'link' },
    { path: paths.api.clientUpload(token, hers.id), trips: 1, rows: 20, as: 'link' },
    { path: paths.api.clientMessages(token), trips: 1, rows: 70, as: 'link' },
    { path: paths.clientFiles(token), trips: 1, rows: rows(50, 0) + FOLDERS + 10, as: 'link' },
    { path: paths.clientFile(token, file), trips: 1, rows: rows(20, 0), as: 'link' },
    { path: paths.api.clientFiles(token), trips: 1, rows: rows(50, 0) + FOLDERS + 10, as: 'link' },
    member(paths.fileAction(slug, portal.id, stored, 'content'), rows(1, 1)),
    member(paths.fileAction(slug, portal.id, stored, 'preview'), rows(1, 1)),
    member(`${paths.archive(slug, portal.id)}?file=${stored}`, rows(1, 2) + rows(1, 1)),
    key_(paths.api.fileAction(portal.id, stored, 'content'), rows(1, 1)),
    // Beside the file, what is said of the link, its portal and the team.
    ...[
      paths.clientFileAction(token, stored, 'content'),
      paths.clientFileAction(token, stored, 'preview'),
      paths.api.clientFile(token, stored),
      `${paths.clientArchive(token)}?file=${stored}`,
    ].map((path): Read => ({ path, trips: 1, rows: rows(1, 1) + 11, as: 'link' })),
    { path: paths.api.unsubscribe(unsubscribing), trips: 1, rows: 3, as: 'nobody' },
    none(paths.api.unsubscribe('no-token')),
  ]
})

async function draftOf(home: string): Promise<string> {
  const lines = [{ description: 'Work', quantity: '1', unitAmount: 1000, taxRate: null }]
  const made = await createDraft(studio.ctx(), { portal: home, lines })
  return made.ok ? made.value.id : ''
}

/** An issued invoice with a payment and a credit note, and the PDFs of all. */
async function invoiced(home: string) {
  const ctx = studio.ctx()
  const id = await draftOf(home)
  const path = { portal: home, invoice: id }
  await issueInvoice(ctx, path)
  const paid = { amount: 400, method: 'bank', receivedOn: '2026-01-02', note: '' } as const
  const [payment, note] = [newId(ctx.now), newId(ctx.now)]
  await recordPayment(ctx, path, { ...paid, id: payment })
  const credit = [{ description: 'Less', quantity: '1', unitAmount: 100, taxRate: null }]
  await createCreditNote(ctx, path, { id: note, lines: credit, reason: 'Agreed' })
  await world.minute()
  const [who] = await ctx.db.select().from(contact).where(eq(contact.portalId, home))
  const held = await invoiceTokenToSend(ctx, {
    organizationId: studio.facts.id,
    portalId: home,
    invoiceId: id,
    contactId: who?.id ?? '',
  })
  await commit(ctx, held.before)
  return { invoice: id, payment, note, held: held.token }
}

async function read({ path, as }: Read): Promise<{ trips: Trips; status: number }> {
  world.trips.length = 0
  const { status } = await world.request(path, visitors[as])
  return { status, trips: [...world.trips] }
}

const run = async ({ sql, params }: Recorded) =>
  env.DB.prepare(sql)
    .bind(...params)
    .all()

/** The id of the studio's portal that so many newer ones come before. */
async function idAt(offset: number): Promise<string> {
  const found = await env.DB.prepare(
    'select id from portal where organization_id = ? order by id desc limit 1 offset ?',
  )
    .bind(studio.facts.id, offset)
    .first<string>('id')
  return found ?? ''
}

async function rowsRead(trips: Trips): Promise<number> {
  const counts = await Promise.all(trips.flat().map(async (one) => (await run(one)).meta.rows_read))
  return counts.reduce((sum, count) => sum + count, 0)
}

/** What the planner says against a statement: a scan of a table, or a sort of its own. */
async function complaints({ sql, params }: Recorded): Promise<string[]> {
  const { results } = await env.DB.prepare(`explain query plan ${sql}`)
    .bind(...params)
    .all<{ detail: string }>()
  // Folders are what a recursive query has found so far. The last two are partial indexes that hold
  // nothing but what is wanted, in the order wanted.
  const harmless =
    /^SCAN (?:\(|CONSTANT ROW|folders$|\S+ VIRTUAL TABLE|\S+ USING INDEX (?:job_failed|email_stuck)$)/
  return results
    .map(({ detail }) => detail)
    .filter(
      (detail) =>
        /TEMP B-TREE/.test(detail) || (detail.startsWith('SCAN ') && !harmless.test(detail)),
    )
}

it('would notice a scan and a sort', async () => {
  const scan = await complaints({ sql: 'select 1 from portal where project = ?', params: ['x'] })
  const sort = await complaints({ sql: 'select 1 from member order by role', params: [] })
  expect(scan).toEqual(['SCAN portal'])
  expect(sort).toContain('USE TEMP B-TREE FOR ORDER BY')
})

it('covers every GET of the app', async () => {
  const patterns = (await routes())
    .filter(({ method }) => method === 'GET')
    .map(({ path }) => new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`))
  for (const pattern of patterns) {
    expect(
      reads.some(({ path }) => pattern.test(path.replace(/\?.*/, ''))),
      String(pattern),
    ).toBe(true)
  }
})

it('keeps to its round trips, writes nothing, and has a plan without scans or sorts', async () => {
  for (const one of reads) {
    const { trips } = await read(one)
    expect(trips.length, one.path).toBe(one.trips)
    expect(trips.flat().filter(isWrite), one.path).toEqual([])
    for (const statement of trips.flat()) {
      expect(await complaints(statement), statement.sql).toEqual([])
    }
  }
})

describe('with 10,000 portals, 20,000 links and 50,000 mails beside another tenant’s as many', () => {
  beforeEach(async () => {
    await fillPortals(env.DB, studio.facts.id, 10_000, Date.now())
    await fillEmails(env.DB, studio.facts.id, 50_000)
    await fillLinks(env.DB, portalId, 200)
    await fillTeam(env.DB, studio.facts.id, 2_000)
    await fillPlan(env.DB, longPlan, 99)
    await fillRequests(env.DB, longPlan, 1_000)
    await fillTemplates(env.DB, studio.facts.id, 2_000)
    await fillJobs(env.DB, studio.facts.id, 10_000)
    await fillKeys(env.DB, studio.facts.id, 1_000)
    const other = await world.organization('other')
    await fillPortals(env.DB, other.facts.id, 10_000, Date.now())
    await fillEmails(env.DB, other.facts.id, 50_000)
    await fillTeam(env.DB, other.facts.id, 2_000)
    await fillTemplates(env.DB, other.facts.id, 2_000)
    await fillInbox(env.DB, studio.facts.id)
    await fillInbox(env.DB, other.facts.id)
    await fillThread(env.DB, portalId, 1_000)
  })

  it('reads no more rows than it shows, on the first page and in the depth', async () => {
    for (const one of reads) {
      const { trips, status } = await read(one)
      expect(status, one.path).toBeLessThan(405)
      expect(await rowsRead(trips), one.path).toBeLessThanOrEqual(one.rows)
    }
  })

  it('reads no more of the list of portals, however it is searched and sorted', async () => {
    const queries = ['', 'status=active', 'status=archived', 'sort=activity', 'sort=outstanding']
      .concat(['sort=activity&status=archived', 'sort=outstanding&status=archived'])
      .concat(['q=project', 'q=pro+cli+con&status=active', 'q=c&status=archived', 'q=contact9999'])
    for (const query of queries) {
      const hundred = await world.request(`${paths.api.portals}?limit=100&${query}`, visitors.key)
      const { next } = await hundred.json<{ next: string | null }>()
      const further = next === null ? [] : [`${query}&cursor=${next}`]
      // From far below, where nearly everything lies between it and the newest.
      const deep = query.includes('sort') ? [] : [`${query}&cursor=${await idAt(9_000)}`]
      for (const asked of [query, ...further, ...deep]) {
        const lists: [string, Read['as'], number][] = [
          [`${paths.portals(studio.slug)}?${asked}`, 'member', rows(50, 3) + SESSION],
          [`${paths.api.portals}?${asked}`, 'key', rows(50, 3) + KEY],
        ]
        for (const [path, as, most] of lists) {
          const { trips, status } = await read({ path, as, trips: 2, rows: most })
          expect(status, path).toBe(200)
          expect(trips.length, path).toBe(2)
          expect(await rowsRead(trips), path).toBeLessThanOrEqual(most)
          for (const statement of trips.flat()) {
            expect(await complaints(statement), statement.sql).toEqual([])
          }
        }
      }
    }
  })

  it('pages through the team, however many came in the same instant', async () => {
    const team = paths.team(studio.slug)
    const most = rows(50, 1) + rows(50, 2) + SESSION
    const seen = new Set<string>()
    let next: string | undefined = team
    for (let page = 0; next !== undefined && page < 50; page++) {
      const { trips } = await read({ path: next, as: 'member', trips: 2, rows: most })
      expect(await rowsRead(trips), next).toBeLessThanOrEqual(most)
      for (const statement of trips.flat()) {
        expect(await complaints(statement), statement.sql).toEqual([])
      }
      const html = await (await world.request(next, visitors.member)).text()
      for (const [, name = ''] of html.matchAll(/<bdi>(Member \d+)<\/bdi>/g)) seen.add(name)
      next = /href="([^"]+)"[^>]*>More members/.exec(html)?.[1]?.replaceAll('&amp;', '&')
    }
    expect(seen.size).toBe(2_000)
    const html = await (await world.request(team, visitors.member)).text()
    const older = /href="([^"]+)"[^>]*>Older invitations/.exec(html)?.[1] ?? ''
    const { trips } = await read({ path: older, as: 'member', trips: 2, rows: most })
    expect(await rowsRead(trips), older).toBeLessThanOrEqual(most)
  })

  it('finds the mails that need somebody, and those of a state, without reading the others', async () => {
    const mails: [string, Read['as'], number][] = [
      [`${paths.emails(studio.slug)}?attention=1`, 'member', SESSION],
      [`${paths.api.emails}?status=bounced`, 'key', KEY],
      [`${paths.api.emails}?attention=1`, 'key', KEY],
    ]
    for (const [path, as, door] of mails) {
      const most = rows(50, 0, door)
      const { trips } = await read({ path, as, trips: 2, rows: most })
      expect(await rowsRead(trips), path).toBeLessThanOrEqual(most)
      for (const statement of trips.flat()) {
        expect(await complaints(statement), statement.sql).toEqual([])
      }
    }
  })

  it('reads no more of a thread or the inbox in their depth', async () => {
    const messages = paths.messages(studio.slug, portalId)
    const at = (offset: number) =>
      env.DB.prepare('select id from message where portal_id = ? order by seq limit 1 offset ?')
        .bind(portalId, offset)
        .first<string>('id')
    const last = await env.DB.prepare(
      `select last_message_at || '.' || id as cursor from portal where organization_id = ?
      and archived_at is null order by last_message_at, id limit 1 offset 100`,
    )
      .bind(studio.facts.id)
      .first<string>('cursor')
    // Beside the messages, those who have read: a set that is read once.
    const team = rows(1, 2) + rows(20, 0) + 40 + SESSION
    const link = paths.clientMessages(linkToken)
    const api = paths.api.clientMessages(linkToken)
    const asked: [string, Read['as'], number][] = [
      [`${messages}?cursor=${await at(100)}`, 'member', team],
      [`${messages}?after=${await at(100)}`, 'member', team],
      [`${messages}?archived=1&cursor=${await at(100)}`, 'member', team],
      [`${paths.api.messages(portalId)}?cursor=${await at(100)}`, 'key', rows(50, 0) + 40 + KEY],
      [`${link}?cursor=${await at(100)}`, 'link', 20 + 20 + 10],
      [`${link}?after=${await at(100)}`, 'link', 20 + 20 + 10],
      [`${api}?cursor=${await at(100)}&limit=20`, 'link', 20 + 20 + 10],
      [`${paths.inbox(studio.slug)}?cursor=${last}`, 'member', rows(50, 1) + SESSION],
      [`${paths.inbox(studio.slug)}?unread=1&cursor=${last}`, 'member', rows(50, 1) + SESSION],
    ]
    for (const [path, as, most] of asked) {
      const { trips, status } = await read({ path, as, trips: 2, rows: most })
      expect(status, path).toBe(200)
      expect(trips, path).toHaveLength(as === 'link' ? 1 : 2)
      expect(await rowsRead(trips), path).toBeLessThanOrEqual(most)
      for (const statement of trips.flat()) {
        expect(await complaints(statement), statement.sql).toEqual([])
      }
    }
  })

  it('reads no more of 5,000 files in their depth, whole, by folder, or deleted', async () => {
    const folders = ['', 'Brand', 'Drafts/Round 1', 'Drafts/Round 2']
    const at = Date.now() - 100 * 86_400_000
    await fillFiles(studio, portalId, { count: 4_500, folders, now: at, names: 'older' })
    await env.DB.prepare(
      `update file set deleted_at = created_at where portal_id = ? and name like 'older%' and name like '%7.pdf'`,
    )
      .bind(portalId)
      .run()
    const deep = await env.DB.prepare(
      'select latest from file where portal_id = ? and deleted_at is null order by latest limit 1 offset 400',
    )
      .bind(portalId)
      .first<string>('latest')
    const gone = await env.DB.prepare(
      'select deleted_at as at, id from file where portal_id = ? and deleted_at > 0 order by deleted_at limit 1 offset 200',
    )
      .bind(portalId)
      .first<{ at: number; id: string }>()
    const list = paths.files(studio.slug, portalId)
    const team = rows(1, 2) + rows(50, 0) + FOLDERS + SESSION
    const client = rows(50, 0) + FOLDERS + 10
    const cursor = encodeCursor([gone?.at ?? 0, gone?.id ?? ''])
    const asked: [string, Read['as'], number][] = [
      [`${list}?cursor=${deep}`, 'member', team],
      [`${list}?cursor=${deep}&folder=Brand`, 'member', team],
      [`${list}?deleted=1`, 'member', team],
      [`${list}?deleted=1&cursor=${cursor}`, 'member', team],
      [`${paths.api.files(portalId)}?cursor=${deep}`, 'key', rows(50, 0) + KEY],
      [`${paths.api.files(portalId)}?cursor=${deep}&folder=`, 'key', rows(50, 0) + KEY],
      [`${paths.clientFiles(linkToken)}?cursor=${deep}`, 'link', client],
      [`${paths.clientFiles(linkToken)}?cursor=${deep}&folder=Brand`, 'link', client],
      [`${paths.api.clientFiles(linkToken)}?cursor=${deep}`, 'link', client],
    ]
    for (const [path, as, most] of asked) {
      const { trips, status } = await read({ path, as, trips: 2, rows: most })
      expect(status, path).toBe(200)
      expect(trips, path).toHaveLength(as === 'link' ? 1 : 2)
      expect(await rowsRead(trips), path).toBeLessThanOrEqual(most)
      for (const statement of trips.flat()) {
        expect(await complaints(statement), statement.sql).toEqual([])
      }
    }
  })

  it('spends a page through the whole list on every portal exactly once', async () => {
    const seen = new Set<string>()
    let next: string | null = ''
    while (next !== null) {
      const query: string = next === '' ? '' : `&cursor=${next}`
      const response = await world.request(`${paths.api.portals}?limit=100${query}`, visitors.key)
      const page = await response.json<{ items: { id: string }[]; next: string | null }>()
      for (const { id } of page.items) seen.add(id)
      next = page.next
    }
    expect(seen.size).toBe(10_003)
  })
})

describe('with 100,000 entries of activity beside another tenant’s as many', () => {
  const PORTALS = 1_000
  const filters = ['', `person=${crowdPerson(3)}`].flatMap((person) =>
    ['', 'topic=team', 'topic=milestones'].flatMap((topic) =>
      ['', 'portal'].map((portal) => [topic, person, portal].filter(Boolean)),
    ),
  )

  it('reads no more rows than it shows, however it is narrowed and however deep', async () => {
    const other = await world.organization('other')
    const elsewhere = await createPortal(other.ctx(), {
      project: 'P',
      client: 'C',
      currency: 'EUR',
      contact: { name: 'Jane', email: 'jane@client.example' },
      send: false,
    })
    const homes: [Tenant, string][] = [
      [studio, portalId],
      [other, elsewhere.ok ? elsewhere.value.portal.id : ''],
    ]
    for (const [{ facts }, portal] of homes) {
      await fillPortals(env.DB, facts.id, PORTALS, Date.now())
      await fillTeam(env.DB, facts.id, 100)
      await fillActivity(env.DB, facts.id, { portal, portals: PORTALS, count: 100_000 })
    }
    const deep = await env.DB.prepare(
      'select id from activity where organization_id = ? order by id limit 1 offset 40000',
    )
      .bind(studio.facts.id)
      .first<string>('id')
    for (const filter of filters) {
      const inPortal = filter.includes('portal')
      const chosen = filter.map((each) => (each === 'portal' ? `portal=${portalId}` : each))
      const rest = filter.filter((each) => each !== 'portal')
      for (const cursor of ['', `cursor=${deep}`]) {
        const query = [...chosen, cursor].filter(Boolean).join('&')
        const inside = [...rest, cursor].filter(Boolean).join('&')
        const lists: (readonly [string, Read['as'], number])[] = [
          [`${paths.activity(studio.slug)}?${query}`, 'member', ACTIVITY + SESSION],
          [`${paths.api.activity}?${query}`, 'key', rows(50, 0) + KEY],
          ...(inPortal
            ? ([
                [
                  `${paths.portalActivity(studio.slug, portalId)}?${inside}`,
                  'member',
                  rows(1, 2) + rows(50, 0) + SESSION,
                ],
                [`${paths.api.portalActivity(portalId)}?${inside}`, 'key', rows(50, 0) + KEY],
              ] as const)
            : []),
        ]
        for (const [path, as, most] of lists) {
          const { trips, status } = await read({ path, as, trips: 2, rows: most })
          expect(status, path).toBe(200)
          expect(trips.length, path).toBe(2)
          const list = trips.flat().find(({ sql }) => /from "activity"/.test(sql))
          expect(list && (await run(list)).results.length, path).toBe(51)
          expect(await rowsRead(trips), path).toBeLessThanOrEqual(most)
          for (const statement of trips.flat()) {
            expect(await complaints(statement), statement.sql).toEqual([])
          }
        }
      }
    }
  })
})

it('reads each file of an archive once, and none of the thousands beside them', async () => {
  await pretendFiles(studio, portalId, 3_000)
  await pretendFiles(studio, longPlan, 5_000)
  // Of those that are named, the names are read too, and what they lead to is kept for a moment.
  const files = Math.max(rows(501, 1), rows(300, 3))
  const team = paths.archive(studio.slug, portalId)
  const ids = await env.DB.prepare('select id from file where portal_id = ? limit 300')
    .bind(portalId)
    .all<{ id: string }>()
  const chosen = ids.results.map(({ id }) => `file=${id}`).join('&')
  const cursor = `cursor=${ids.results.at(-1)?.id}`
  for (const query of ['', `?${chosen}`, `?${cursor}`, '?folder=None', `?folder=None&${cursor}`]) {
    const asked: Read[] = [
      { path: paths.clientArchive(linkToken) + query, trips: 1, rows: files + 11, as: 'link' },
      { path: team + query, trips: 2, rows: files + rows(1, 2) + SESSION, as: 'member' },
    ]
    for (const one of asked) {
      const { trips } = await read(one)
      expect(trips.length, one.path).toBe(one.trips)
      expect(await rowsRead(trips), one.path.slice(0, 120)).toBeLessThanOrEqual(one.rows)
      for (const statement of trips.flat()) {
        expect(await complaints(statement), statement.sql).toEqual([])
      }
    }
  }
})

describe('with 100,000 invoices beside another tenant’s as many', () => {
  const PORTALS = 1_000

  it('reads no more rows than it shows, whatever the status and however deep', async () => {
    const other = await world.organization('other')
    for (const { facts } of [studio, other]) {
      await fillPortals(env.DB, facts.id, PORTALS, Date.now())
      const portal = facts.id === studio.facts.id ? portalId : 'none'
      if (portal === 'none') {
        await env.DB.prepare(
          `insert into portal (id, organization_id, project, client, currency, created_at) values ('none', ?, 'P', 'C', 'EUR', 0)`,
        )
          .bind(facts.id)
          .run()
      }
      await fillInvoices(env.DB, facts.id, { count: 100_000, portals: PORTALS, portal })
    }
    const at = (status: string, inPortal: boolean, offset: number) =>
      env.DB.prepare(
        `select id, due_on as due, issued_at as issued, number from invoice where organization_id = ?1
        and (?2 = '' or status = ?2) and (?3 = '' or portal_id = ?3)
        order by ${status === 'overdue' ? 'due_on' : 'id desc'} limit 1 offset ?4`,
      )
        .bind(
          studio.facts.id,
          status === 'overdue' ? 'open' : status,
          inPortal ? portalId : '',
          offset,
        )
        .first<{ id: string; due: string; issued: number; number: string }>()
    const asked: [string, Read['as'], number, string?][] = []
    for (const status of ['', 'open', 'overdue', 'paid', 'void', 'draft']) {
      for (const inPortal of [false, true]) {
        const list = inPortal ? paths.api.invoicesOf(portalId) : paths.api.invoices
        const query = status === '' ? '' : `status=${status}&`
        asked.push([`${list}?${query}`, 'key', rows(50, 2) + KEY])
        const deep = await at(status, inPortal, 2_000)
        if (!deep) continue
        const cursor = status === 'overdue' ? encodeCursor([deep.due, deep.id]) : deep.id
        asked.push([`${list}?${query}cursor=${cursor}`, 'key', rows(50, 2) + KEY])
        if (!inPortal)
          asked.push([`${list}?${query}cursor=${cursor}`, 'key', rows(50, 1) + KEY, 'text/csv'])
      }
    }
    for (const q of ['INV', '2026-4', 'INV-2026-9999', 'CN'])
      asked.push([`${paths.api.invoices}?q=${q}`, 'key', rows(50, 2) + KEY])
    const numbered = encodeCursor(['INV-2026-50000'])
    asked.push([`${paths.api.invoices}?q=INV&cursor=${numbered}`, 'key', rows(50, 2) + KEY])
    asked.push([`${paths.api.invoices}?limit=100`, 'key', rows(100, 1) + KEY, 'text/csv'])
    const issued = await at('paid', true, 2_000)
    const place = encodeCursor([issued?.issued ?? 0, issued?.id ?? ''])
    const mine = paths.api.clientInvoices(linkToken)
    asked.push([mine, 'link', rows(50, 0)], [`${mine}?cursor=${place}`, 'link', rows(50, 0)])
    // Fifty portals with what each of them owes by day.
    asked.push([paths.api.portals, 'key', rows(50, 4) + KEY])
    for (const [path, as, most, accept = 'application/json'] of asked) {
      world.trips.length = 0
      const headers = { ...Object.fromEntries(new Headers(visitors[as].headers)), accept }
      const url = accept === 'text/csv' && !path.includes('limit') ? `${path}&limit=50` : path
      const { status } = await world.request(url, { headers })
      const trips = [...world.trips]
      expect(status, path).toBe(200)
      expect(trips, path).toHaveLength(as === 'link' ? 1 : 2)
      expect(await rowsRead(trips), `${accept} ${path}`).toBeLessThanOrEqual(most)
      for (const statement of trips.flat()) {
        expect(await complaints(statement), statement.sql).toEqual([])
      }
    }
  })
})

it('reads five rows or fewer when the cron finds nothing to do', async () => {
  await fillEmails(env.DB, studio.facts.id, 5_000)
  await world.minute()
  world.trips.length = 0
  await world.minute()
  const [claim] = world.trips.flat()
  expect(world.trips).toHaveLength(1)
  expect(claim && (await run(claim)).meta.rows_read).toBeLessThanOrEqual(5)
})
