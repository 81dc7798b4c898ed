import { env as bindings } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { beforeEach, expect, it } from 'vitest'
import { logoKey } from '../src/features/branding/logo.ts'
import { createLink } from '../src/features/links/actions.ts'
import { createKey } from '../src/features/keys/actions.ts'
import { createPortal } from '../src/features/portals/actions.ts'
import { commit } from '../src/db/batch.ts'
import { session } from '../src/db/schema/accounts.ts'
import { email } from '../src/db/schema/emails.ts'
import { contact as contactTable } from '../src/db/schema/links.ts'
import { invitation } from '../src/db/schema/members.ts'
import { unmatched } from '../src/db/schema/payments.ts'
import { createCreditNote } from '../src/features/invoices/credit-notes.ts'
import { createDraft } from '../src/features/invoices/draft.ts'
import { issueInvoice } from '../src/features/invoices/issue.ts'
import { addSavedLine, addTaxRate } from '../src/features/invoices/settings.ts'
import { invoiceTokenToSend } from '../src/features/invoices/token.ts'
import { recordPayment } from '../src/features/invoices/payments.ts'
import { invitationToken } from '../src/features/invitations/token.ts'
import { createMilestone } from '../src/features/milestones/actions.ts'
import { requestApproval } from '../src/features/milestones/approval.ts'
import { saveTemplate } from '../src/features/milestones/templates.ts'
import { sendMessage } from '../src/features/messages/actions.ts'
import { openRequest } from '../src/features/requests/actions.ts'
import { unsubscribeToken } from '../src/features/messages/unsubscribe.ts'
import { newId } from '../src/lib/id.ts'
import { paths } from '../src/paths.ts'
import { logged } from './harness/logged.ts'
import { routes } from './harness/routes.ts'
import { snapshot } from './harness/snapshot.ts'
import { storedFile } from './harness/stored-file.ts'
import { World, type Tenant } from './harness/world.ts'

/** Everybody who may stand before a door. */
const visitors = [
  'nobody',
  'liveLink',
  'billingLink',
  'deadLink',
  'otherPortalsLink',
  'member',
  'admin',
  'owner',
  'foreignOwner',
  'memberKey',
  'adminKey',
  'ownerKey',
  'foreignKey',
  // The token of one invoice's mail.
  'invoiceHolder',
] as const
type Visitor = (typeof visitors)[number]
type Answers = Record<Visitor, number>

/** The answers in the order of `visitors`, so that a row reads like a table's. */
const row = (...given: number[]): Answers => {
  // The token of an invoice opens no more than a dead link, where a row doesn't say otherwise.
  const answers = given.length === 13 ? [...given, given[3] ?? 0] : given
  expect(answers).toHaveLength(visitors.length)
  return Object.fromEntries(
    visitors.map((visitor, index) => [visitor, answers[index] ?? 0]),
  ) as Answers
}

const everybody = (status: number): Answers => row(...visitors.map(() => status))

// A page of the dashboard sends everybody without a session to sign in, keys and links included; an
// owner of elsewhere finds nothing.            nob liv bil dea oth mem adm own for mky aky oky fky
const page = row(303, 303, 303, 303, 303, 200, 200, 200, 404, 303, 303, 303, 303)
const act = row(403, 403, 403, 403, 403, 303, 303, 303, 404, 403, 403, 403, 403)
const actOfAdmins = row(403, 403, 403, 403, 403, 403, 303, 303, 404, 403, 403, 403, 403)
const showToAdmins = row(403, 403, 403, 403, 403, 403, 200, 200, 404, 403, 403, 403, 403)
const pageOfAdmins = row(303, 303, 303, 303, 303, 403, 200, 200, 404, 303, 303, 303, 303)
const list = row(401, 401, 401, 401, 401, 200, 200, 200, 200, 200, 200, 200, 200)
const create = row(401, 401, 401, 401, 401, 201, 201, 201, 201, 201, 201, 201, 201)
const item = row(401, 401, 401, 401, 401, 200, 200, 200, 404, 200, 200, 200, 404)
const added = row(401, 401, 401, 401, 401, 201, 201, 201, 404, 201, 201, 201, 404)
const itemOfAdmins = row(401, 401, 401, 401, 401, 403, 200, 200, 404, 403, 200, 200, 404)
const goneByAdmins = row(401, 401, 401, 401, 401, 403, 204, 204, 404, 403, 204, 204, 404)
// Of whoever is signed in, wherever they belong.
const own = row(303, 303, 303, 303, 303, 200, 200, 200, 200, 303, 303, 303, 303)
const actOnOwn = row(403, 403, 403, 403, 403, 303, 303, 303, 303, 403, 403, 403, 403)
const somebodyElses = row(403, 403, 403, 403, 403, 404, 404, 404, 404, 403, 403, 403, 403)
const actOfOwners = row(403, 403, 403, 403, 403, 403, 403, 303, 404, 403, 403, 403, 403)
// The scene's one owner is the last.
const lastOwnerStays = row(403, 403, 403, 403, 403, 303, 303, 409, 404, 403, 403, 403, 403)
const ownersOpen = row(303, 303, 303, 303, 303, 403, 403, 200, 200, 303, 303, 303, 303)
const ownersOpened = row(403, 403, 403, 403, 403, 403, 403, 303, 303, 403, 403, 403, 403)
const opened = row(404, 200, 200, 404, 200, 404, 404, 404, 404, 404, 404, 404, 404)
// A milestone that waits for an answer: of the link to everything in its own portal, and of nobody else.
const answered = row(404, 303, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404)
const answeredByApi = row(404, 200, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404)
// A file of the scene's portal.
const openedAtHome = answeredByApi
const gone = row(401, 401, 401, 401, 401, 204, 204, 204, 404, 204, 204, 204, 404)
// A link to invoices alone opens no thread.
const openedWhole = row(404, 200, 404, 404, 200, 404, 404, 404, 404, 404, 404, 404, 404)
const ofItsPortal = row(404, 200, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404)
const billedAtHome = row(404, 200, 200, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404)
const saidAtHome = row(404, 303, 303, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404)
// The invoice that the token is of.
const held = row(404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 200)
const heldAct = row(404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 303)
const paidAtHome = row(404, 303, 303, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404)
// A form without its field, and what there is nothing for.
const wrongOfAdmins = row(403, 403, 403, 403, 403, 403, 422, 422, 404, 403, 403, 403, 403)
const refusedToAdmins = row(403, 403, 403, 403, 403, 403, 409, 409, 404, 403, 403, 403, 403)
const actInside = row(404, 303, 404, 404, 303, 404, 404, 404, 404, 404, 404, 404, 404)
const writtenInside = row(404, 201, 404, 404, 201, 404, 404, 404, 404, 404, 404, 404, 404)
// What was entered is the owners' and admins' to take back.
const addedByAdmins = row(401, 401, 401, 401, 401, 403, 201, 201, 404, 403, 201, 201, 404)
const noted = row(404, 204, 204, 404, 204, 404, 404, 404, 404, 404, 404, 404, 404)

const contact = { 'contact.name': 'New', 'contact.email': 'new@client.example' }
const facts = { project: 'P', client: 'C', currency: 'EUR' }
const words = { title: 'New', description: '', dueOn: '', weight: '1' }
const jsonContact = { name: 'New', email: 'new@client.example' }

interface Route {
  /** As Hono knows it. */
  route: string
  answers: Answers
  form?: Record<string, string>
  json?: unknown
  /** A file that goes with the form, by its field's name. */
  file?: string
  headers?: Record<string, string>
}

const o = ':organization'
const p = ':portal'
const l = ':link'
const m = ':milestone'
const t = ':template'
const f = ':file'
const r = ':request'
const i = ':invoice'
const bill = { lines: [{ description: 'Work', quantity: '1', unitAmount: 100 }] }
const billForm = {
  'lines.0.description': 'Work',
  'lines.0.quantity': '1',
  'lines.0.unitAmount': '1',
  'buyer.name': 'C',
}
const paidForm = { amount: '1', note: '' }
const bankForm = { holder: '', iban: '', bic: '', details: '' }
const savedForm = { description: 'Hosting', quantity: '1', unitAmount: '24', taxRate: '' }
const post = (path: string, answers: Answers, form: Record<string, string> = {}): Route => ({
  route: `POST ${path}`,
  answers,
  form,
})
const get = (path: string, answers: Answers): Route => ({ route: `GET ${path}`, answers })
const api = (method: string, path: string, answers: Answers, json?: unknown): Route => ({
  route: `${method} ${path}`,
  answers,
  json,
})

/** A call of tus, with what it announces or brings. */
const tus = (
  method: string,
  path: string,
  answers: Answers,
  headers: Record<string, string> = {},
): Route => ({ ...api(method, path, answers), headers: { 'tus-resumable': '1.0.0', ...headers } })

const announced = { 'upload-length': '5', 'upload-metadata': `filename ${btoa('a.bin')}` }
const bytesFrom = { 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' }
const u = ':upload'
// What a contact sends is theirs alone: the scene's upload is of the link to everything.
const sentInside = row(404, 204, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404)
const begunInside = row(404, 201, 404, 404, 201, 404, 404, 404, 404, 404, 404, 404, 404)
const ownUpload = row(404, 200, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404)
const can = row(401, 401, 401, 401, 401, 204, 204, 204, 204, 204, 204, 204, 204)
const clientCan = row(404, 204, 204, 404, 204, 404, 404, 404, 404, 404, 404, 404, 404)

const table: readonly Route[] = [
  get(paths.home, everybody(303)),
  get(paths.healthz, everybody(200)),
  get(paths.robots, everybody(200)),
  get(paths.signIn, everybody(200)),
  post(paths.signIn, everybody(200), { email: 'somebody@else.example' }),
  get(paths.confirm, everybody(200)),
  post(paths.confirm, everybody(410), { token: 'made-up' }),
  post(paths.signOut, everybody(303)),

  get(paths.logoFile(o, ':file'), everybody(200)),
  get(paths.portal(':token'), opened),
  get(paths.clientMessages(':token'), openedWhole),
  post(paths.clientMessages(':token'), actInside, { body: 'Hello' }),
  { ...post(paths.clientFiles(':token'), actInside), file: 'file' },
  post(paths.clientNews(':token'), actInside),
  post(paths.askForLink(':token'), everybody(200)),
  get(paths.clientFiles(':token'), openedWhole),
  // A file of the portal that the live link opens.
  get(paths.clientFile(':token', f), ofItsPortal),
  // Every link of its portal opens an invoice, and no other.
  get(paths.clientInvoice(':token', i), billedAtHome),
  get(paths.clientPay(':token', i), billedAtHome),
  post(paths.clientPay(':token', i), paidAtHome),
  get(paths.paid(':back'), everybody(200)),
  // So does whoever has one say when it will be paid, or what is wrong with it.
  post(paths.clientInvoiceAnswer(':token', i), saidAtHome, { kind: 'problem', note: 'Twice' }),
  api('POST', paths.api.clientInvoiceAnswer(':token', i), billedAtHome, {
    kind: 'problem',
    note: 'Twice',
  }),
  get(paths.clientInvoicePdf(':token', i), billedAtHome),
  get(paths.clientCreditNotePdf(':token', i, ':note'), billedAtHome),
  get(paths.clientReceipt(':token', i, ':payment'), billedAtHome),
  get(paths.clientStatement(':token'), billedAtHome),
  get(paths.invoicePage(':token'), held),
  get(paths.invoicePay(':token'), held),
  post(paths.invoicePay(':token'), heldAct),
  post(paths.invoiceAnswer(':token'), heldAct, { kind: 'problem', note: 'Twice' }),
  get(paths.invoicePdf(':token'), held),
  get(paths.invoiceCreditNotePdf(':token', ':note'), held),
  get(paths.invoiceReceipt(':token', ':payment'), held),
  post(paths.clientAnswer(':token', m, 'approve'), answered),
  post(paths.clientAnswer(':token', m, 'request-changes'), answered, { note: 'Bigger' }),
  post(paths.clientAnswer(':token', m, 'approve-and-pay'), answered),
  api('POST', paths.api.clientAnswer(':token', m, 'approve-and-pay'), answeredByApi),
  api('GET', paths.api.client(':token'), opened),
  api('POST', paths.api.seen(':token'), noted),
  api('POST', paths.api.clientAnswer(':token', m, 'approve'), answeredByApi),
  api('POST', paths.api.clientAnswer(':token', m, 'request-changes'), answeredByApi, { note: 'x' }),
  tus('OPTIONS', paths.api.clientUploads(':token'), clientCan),
  tus('POST', paths.api.clientUploads(':token'), begunInside, announced),
  tus('GET', paths.api.clientUpload(':token', u), ownUpload),
  tus('PATCH', paths.api.clientUpload(':token', u), sentInside, bytesFrom),
  tus('DELETE', paths.api.clientUpload(':token', u), sentInside),
  api('GET', paths.api.clientMessages(':token'), openedWhole),
  api('GET', paths.api.clientFiles(':token'), openedWhole),
  api('POST', paths.api.clientMessages(':token'), writtenInside, { body: 'Hello' }),
  get(paths.clientFileAction(':token', ':file', 'content'), openedAtHome),
  get(paths.clientFileAction(':token', ':file', 'preview'), openedAtHome),
  get(paths.clientArchive(':token'), openedAtHome),
  api('GET', paths.api.clientFile(':token', ':file'), openedAtHome),
  // Every link opens the invoices.
  api('GET', paths.api.clientInvoices(':token'), opened),
  // Of the link's own portal.
  api(
    'GET',
    paths.api.clientInvoicePdf(':token', i),
    row(404, 200, 200, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404),
  ),
  // The signed token is the credential, whoever brings it.
  get(paths.api.unsubscribe(':token'), everybody(200)),
  post(paths.api.unsubscribe(':token'), everybody(200), { 'List-Unsubscribe': 'One-Click' }),

  // Whoever belongs to one organisation goes straight there.
  get(paths.dashboard, everybody(303)),
  post(paths.dashboard, row(403, 403, 403, 403, 403, 303, 303, 303, 303, 403, 403, 403, 403)),
  // None of these visitors runs the whole product.
  get(paths.operator, row(303, 303, 303, 303, 303, 404, 404, 404, 404, 303, 303, 303, 303)),
  post(paths.runJob(':job'), row(403, 403, 403, 403, 403, 404, 404, 404, 404, 403, 403, 403, 403)),
  get(paths.organization(o), row(303, 303, 303, 303, 303, 303, 303, 303, 404, 303, 303, 303, 303)),
  get(paths.portals(o), page),
  get(paths.newPortal(o), page),
  post(paths.portals(o), act, { project: 'P', client: 'C', currency: 'EUR', ...contact }),
  get(paths.portalOf(o, p), page),
  get(paths.editPortal(o, p), page),
  post(paths.editPortal(o, p), act, {
    ...facts,
    'was.project': 'Website',
    'was.client': 'Client',
    'was.currency': 'EUR',
  }),
  post(paths.portalAction(o, p, 'archive'), act),
  post(paths.portalAction(o, p, 'restore'), act),
  post(paths.portalAction(o, p, 'pause-reminders'), act),
  post(paths.portalAction(o, p, 'resume-reminders'), act),
  // Not archived: who may delete hears that, who may not hears nothing else.
  get(
    paths.portalAction(o, p, 'delete'),
    row(303, 303, 303, 303, 303, 403, 409, 409, 404, 303, 303, 303, 303),
  ),
  post(
    paths.portalAction(o, p, 'delete'),
    row(403, 403, 403, 403, 403, 403, 409, 409, 404, 403, 403, 403, 403),
  ),
  get(paths.portalAction(o, p, 'duplicate'), page),
  post(paths.portalAction(o, p, 'duplicate'), act, facts),
  get(paths.links(o, p), page),
  get(paths.newLink(o, p), page),
  post(paths.links(o, p), act, { scope: 'all', ...contact }),
  get(paths.link(o, p, l), page),
  post(paths.link(o, p, l), act, { scope: 'billing' }),
  post(paths.linkAction(o, p, l, 'pause'), act),
  post(paths.linkAction(o, p, l, 'resume'), act),
  post(paths.linkAction(o, p, l, 'send'), act),
  post(paths.linkAction(o, p, l, 'delete'), actOfAdmins),
  post(paths.linkAction(o, p, l, 'replace'), showToAdmins),
  post(paths.linkAction(o, p, l, 'reveal'), showToAdmins),
  get(paths.linkAction(o, p, l, 'view'), page),
  get(paths.messages(o, p), page),
  post(paths.messages(o, p), act, { body: 'Hello' }),
  { ...post(paths.files(o, p), act), file: 'file' },
  post(paths.readMessages(o, p), act),
  post(paths.messageAction(o, p, ':message', 'archive'), act),
  post(paths.messageAction(o, p, ':message', 'restore'), act),
  get(paths.files(o, p), page),
  get(paths.file(o, p, f), page),
  post(paths.fileAction(o, p, f, 'delete'), act),
  post(paths.fileAction(o, p, f, 'restore'), act),
  get(paths.fileRequests(o, p), page),
  post(paths.fileRequests(o, p), act, { title: 'Logo', note: '', dueOn: '' }),
  post(paths.fileRequestAction(o, p, r, 'close'), act),
  post(paths.fileRequestAction(o, p, r, 'reopen'), act),
  get(paths.inbox(o), page),
  get(paths.fileAction(o, p, ':file', 'content'), page),
  get(paths.fileAction(o, p, ':file', 'preview'), page),
  get(paths.archive(o, p), page),
  post(paths.newOrganization, ownersOpened, {
    name: 'Another',
    timeZone: 'Europe/Oslo',
    locale: 'en-GB',
    currency: 'EUR',
  }),
  get(paths.newOrganization, ownersOpen),
  get(paths.account, own),
  post(paths.account, actOnOwn, { name: 'New Name' }),
  post(paths.notifications, somebodyElses, {
    membership: '01a20d08-07eb-70c0-bdde-7c4fd161b03f',
    notify: 'no',
  }),
  post(paths.endSessions, actOnOwn),
  post(paths.endSession(':session'), somebodyElses),
  post(paths.acceptInvitation(':invitation'), somebodyElses),
  // The token is the credential, whoever brings it.
  get(paths.join(':token'), everybody(200)),
  post(paths.join(':token'), everybody(303), { name: 'New' }),

  get(paths.team(o), page),
  post(paths.invitations(o), actOfAdmins, { email: 'new@colleague.example', role: 'member' }),
  post(paths.invitationAction(o, ':invitation', 'resend'), actOfAdmins),
  post(paths.invitationAction(o, ':invitation', 'revoke'), actOfAdmins),
  post(paths.memberAction(o, ':member', 'role'), actOfAdmins, { role: 'admin' }),
  post(paths.memberAction(o, ':member', 'remove'), actOfAdmins),
  post(paths.memberAction(o, ':member', 'transfer'), actOfOwners),
  post(paths.leave(o), lastOwnerStays),
  get(paths.milestones(o, p), page),
  post(paths.milestones(o, p), act, { title: 'New', weight: '1' }),
  get(paths.milestone(o, p, m), page),
  post(paths.milestone(o, p, m), act, { ...words, version: '1' }),
  post(paths.milestoneAction(o, p, m, 'progress'), act, { progress: '50', version: '1' }),
  post(paths.milestoneAction(o, p, m, 'move'), act, { position: '0', version: '1' }),
  post(paths.milestoneAction(o, p, m, 'request-approval'), act),
  post(paths.milestoneAction(o, p, m, 'delete'), act),
  post(paths.saveTemplate(o, p), act, { name: 'Website' }),
  post(paths.useTemplate(o, p), act, { template: t, firstDay: '2026-12-04' }),
  get(paths.templates(o), page),
  post(paths.deleteTemplate(o, t), act),
  get(paths.activity(o), page),
  get(paths.portalActivity(o, p), page),
  get(paths.emails(o), page),
  get(paths.settings(o), page),
  post(paths.settings(o), actOfAdmins, { name: 'N', legalName: '', address: '', taxId: '' }),
  get(paths.branding(o), page),
  post(paths.branding(o), actOfAdmins, { accent: '#123456', senderName: '', replyTo: '' }),
  { ...post(paths.logo(o), actOfAdmins), file: 'logo' },
  post(paths.removeLogo(o), actOfAdmins),
  get(paths.defaults(o), page),
  post(paths.defaults(o), actOfAdmins, {
    timeZone: 'UTC',
    locale: 'en-GB',
    currency: 'EUR',
    paymentTerms: '7',
    linkDays: '30',
  }),
  post(paths.retryEmail(o, ':email'), act),

  get(paths.keys(o), pageOfAdmins),
  get(paths.newKey(o), pageOfAdmins),
  post(paths.keys(o), showToAdmins, { name: 'K', role: 'member' }),
  post(paths.revokeKey(o, ':key'), actOfAdmins),

  get(paths.api.openapi, everybody(200)),
  api('POST', paths.webhooks.sendgrid, everybody(400), []),
  // Whoever can't sign is told nothing about which addresses there are.
  api('POST', paths.webhooks.stripe(':endpoint'), everybody(400), {}),
  api('GET', paths.api.portals, list),
  api('POST', paths.api.portals, create, {
    project: 'P',
    client: 'C',
    currency: 'EUR',
    contact: jsonContact,
  }),
  api('GET', paths.api.portal(p), item),
  api('PATCH', paths.api.portal(p), item, { project: 'Renamed' }),
  api(
    'DELETE',
    paths.api.portal(p),
    row(401, 401, 401, 401, 401, 403, 409, 409, 404, 403, 409, 409, 404),
  ),
  api('POST', paths.api.portalAction(p, 'archive'), item),
  api('POST', paths.api.portalAction(p, 'restore'), item),
  api('POST', paths.api.portalAction(p, 'pause-reminders'), item),
  api('POST', paths.api.portalAction(p, 'resume-reminders'), item),
  api('GET', paths.api.links(p), item),
  api('POST', paths.api.links(p), added, { contact: jsonContact }),
  api('PATCH', paths.api.link(p, l), item, { scope: 'billing' }),
  api('DELETE', paths.api.link(p, l), goneByAdmins),
  api('POST', paths.api.linkAction(p, l, 'replace'), itemOfAdmins),
  api('POST', paths.api.linkAction(p, l, 'pause'), item),
  api('POST', paths.api.linkAction(p, l, 'resume'), item),
  api('POST', paths.api.linkAction(p, l, 'send'), item),
  api('POST', paths.api.linkAction(p, l, 'reveal'), itemOfAdmins),
  api('GET', paths.api.milestones(p), item),
  api('POST', paths.api.milestones(p), added, { title: 'New' }),
  api('PATCH', paths.api.milestone(p, m), item, { version: 1, progress: 50 }),
  api('DELETE', paths.api.milestone(p, m), gone),
  api('POST', paths.api.requestApproval(p, m), item),
  api('GET', paths.api.activity, list),
  api('GET', paths.api.portalActivity(p), item),
  api('GET', paths.api.messages(p), item),
  api('POST', paths.api.messages(p), added, { body: 'Hello' }),
  api('POST', paths.api.messageAction(p, ':message', 'archive'), item),
  api('POST', paths.api.messageAction(p, ':message', 'restore'), item),
  api('POST', paths.api.portalSeen(p), item),
  api('GET', paths.api.files(p), item),
  api('DELETE', paths.api.file(p, f), gone),
  api('POST', paths.api.fileAction(p, f, 'restore'), item),
  tus('OPTIONS', paths.api.uploads(p), can),
  tus('POST', paths.api.uploads(p), added, announced),
  tus('GET', paths.api.upload(p, u), item),
  tus('PATCH', paths.api.upload(p, u), gone, bytesFrom),
  tus('DELETE', paths.api.upload(p, u), gone),
  api('GET', paths.api.fileAction(p, ':file', 'content'), item),
  api('GET', paths.api.fileRequests(p), item),
  api('POST', paths.api.fileRequests(p), added, { title: 'Logo' }),
  api('POST', paths.api.fileRequestAction(p, r, 'close'), item),
  api('POST', paths.api.fileRequestAction(p, r, 'reopen'), item),
  api('DELETE', paths.api.fileRequest(p, r), gone),
  get(paths.invoices(o), page),
  get(paths.invoicesTable(o), page),
  get(paths.received(o), page),
  get(paths.invoicesOf(o, p), page),
  post(paths.invoicesOf(o, p), act, billForm),
  get(paths.newInvoice(o, p), page),
  get(paths.invoice(o, p, i), page),
  get(paths.editInvoice(o, p, i), page),
  post(paths.editInvoice(o, p, i), act, { ...billForm, version: '1' }),
  post(paths.invoiceAction(o, p, i, 'issue'), act),
  post(paths.invoiceAction(o, p, i, 'duplicate'), act),
  post(paths.invoiceAction(o, p, i, 'delete'), act),
  post(paths.invoiceAction(o, p, i, 'end'), act),
  post(paths.invoiceAction(o, p, i, 'remind'), act),
  post(paths.invoiceAction(o, p, i, 'pause-reminders'), act),
  post(paths.invoiceAction(o, p, i, 'resume-reminders'), act),
  post(paths.invoiceAction(o, p, i, 'clear-answer'), act),
  post(paths.invoiceAction(o, p, i, 'void'), actOfAdmins),
  post(paths.invoiceAction(o, p, i, 'send'), act),
  post(paths.teamRevealInvoice(o, p, i), showToAdmins),
  get(paths.teamInvoicePdf(o, p, i), page),
  get(paths.teamCreditNotePdf(o, p, i, ':note'), page),
  get(paths.teamReceipt(o, p, i, ':payment'), page),
  // Nothing was issued there.
  get(
    paths.teamStatement(o, p),
    row(303, 303, 303, 303, 303, 409, 409, 409, 404, 303, 303, 303, 303),
  ),
  get(paths.teamStatementTable(o, p), page),
  get(paths.creditNotes(o, p, i), pageOfAdmins),
  post(paths.creditNotes(o, p, i), actOfAdmins, { ...billForm, reason: 'Agreed' }),
  post(paths.payments(o, p, i), act, { ...paidForm, method: 'bank', receivedOn: '2026-01-02' }),
  post(paths.paymentAction(o, p, i, ':payment', 'refund'), actOfAdmins, paidForm),
  post(paths.paymentAction(o, p, i, ':payment', 'reverse'), actOfAdmins),
  post(paths.seenTo(o, ':money'), act),
  post(paths.portalPrice(o, p), act, { price: '100' }),
  post(paths.milestonePrice(o, p, m), act, { version: '1', kind: 'percent', price: '10' }),
  get(paths.billing(o), page),
  post(paths.billing(o), actOfAdmins, { ...bankForm, prices: 'gross' }),
  get(paths.paymentSettings(o), pageOfAdmins),
  post(paths.paymentSettingsAction(o, 'key'), wrongOfAdmins),
  post(paths.paymentSettingsAction(o, 'secret'), wrongOfAdmins),
  post(paths.paymentSettingsAction(o, 'old-secret'), actOfAdmins),
  // No account is connected.
  post(paths.paymentSettingsAction(o, 'check'), refusedToAdmins),
  post(paths.paymentSettingsAction(o, 'remove'), actOfAdmins),
  get(paths.reminderSettings(o), page),
  post(paths.reminderSettings(o), actOfAdmins, { part: 'schedule', days: '−3, 7', hour: '9' }),
  post(paths.taxRates(o), actOfAdmins, { name: 'VAT', rate: '20' }),
  post(paths.deleteTaxRate(o, ':rate'), actOfAdmins),
  post(paths.savedLines(o), actOfAdmins, { ...savedForm, currency: 'EUR' }),
  post(paths.deleteSavedLine(o, ':line'), actOfAdmins),
  api('GET', paths.api.invoices, list),
  api('GET', paths.api.invoicesOf(p), item),
  api('POST', paths.api.invoicesOf(p), added, bill),
  api('GET', paths.api.invoice(p, i), item),
  api('PATCH', paths.api.invoice(p, i), item, { notes: 'Thank you' }),
  api('DELETE', paths.api.invoice(p, i), gone),
  api('GET', paths.api.invoicePdf(p, i), item),
  api('GET', paths.api.creditNotePdf(p, i, ':note'), item),
  api('GET', paths.api.receiptPdf(p, i, ':payment'), item),
  // Nothing was issued there.
  api(
    'GET',
    paths.api.statement(p),
    row(401, 401, 401, 401, 401, 409, 409, 409, 404, 409, 409, 409, 404),
  ),
  api('POST', paths.api.invoiceAction(p, i, 'issue'), item),
  api('POST', paths.api.invoiceAction(p, i, 'duplicate'), added),
  api('POST', paths.api.invoiceAction(p, i, 'end'), item),
  api('POST', paths.api.invoiceAction(p, i, 'remind'), item),
  api('POST', paths.api.invoiceAction(p, i, 'pause-reminders'), item),
  api('POST', paths.api.invoiceAction(p, i, 'resume-reminders'), item),
  api('POST', paths.api.invoiceAction(p, i, 'clear-answer'), item),
  api('POST', paths.api.invoiceAction(p, i, 'void'), itemOfAdmins),
  api('POST', paths.api.invoiceAction(p, i, 'send'), item),
  api('POST', paths.api.revealInvoice(p, i), itemOfAdmins, {}),
  api('POST', paths.api.creditNotes(p, i), addedByAdmins, { ...bill, reason: 'Too much' }),
  api('POST', paths.api.payments(p, i), added, {
    amount: 100,
    method: 'bank',
    receivedOn: '2026-01-02',
  }),
  api('POST', paths.api.paymentAction(p, i, ':payment', 'refund'), addedByAdmins, { amount: 100 }),
  api('POST', paths.api.paymentAction(p, i, ':payment', 'reverse'), addedByAdmins),
  api('GET', paths.api.emails, list),
  api('POST', paths.api.retryEmail(':email'), item),
]

interface Scene {
  world: World
  studio: Tenant
  elsewhere: Tenant
  tokens: Record<string, string>
  /** The portal that the links of the scene open. */
  home: string
  credentials: Record<string, { cookie?: string; key?: string; email?: string }>
}

let scene: Scene
/** Built once, by the real doors; every test then begins with the very same rows. */
let built: { scene: Scene; restore: () => Promise<void> } | undefined

async function tokenOf(made: Promise<{ ok: boolean; value?: unknown }>): Promise<string> {
  const { value } = await made
  const text = JSON.stringify(value)
  return (
    /"token":"([0-9a-f]{64})"|\/portal\/([0-9a-f]{64})/.exec(text)?.slice(1).find(Boolean) ?? ''
  )
}

const portal = (tenant: Tenant) =>
  createPortal(tenant.ctx(), {
    project: 'Website',
    client: 'Client',
    currency: 'EUR',
    contact: { name: 'Jane', email: 'jane@client.example' },
    send: false,
  })

async function portalId(tenant: Tenant): Promise<string> {
  const made = await portal(tenant)
  return made.ok ? made.value.portal.id : ''
}

async function build(): Promise<Scene> {
  const world = new World()
  const studio = await world.organization('studio')
  const elsewhere = await world.organization('elsewhere')
  const home = await portalId(studio)
  const link = (over: { scope?: 'all' | 'billing'; expiresAt?: number }) =>
    createLink(studio.ctx('owner', Date.now() - 10_000), {
      portal: home,
      contact: { name: 'X', email: 'x@client.example' },
      scope: 'all',
      send: false,
      ...over,
    })
  return {
    world,
    studio,
    elsewhere,
    home,
    tokens: {
      liveLink: await tokenOf(link({})),
      billingLink: await tokenOf(link({ scope: 'billing' })),
      deadLink: await tokenOf(link({ expiresAt: Date.now() - 5_000 })),
      otherPortalsLink: await tokenOf(portal(elsewhere)),
    },
    credentials: {
      member: await studio.person('member'),
      admin: await studio.person('admin'),
      owner: await studio.person('owner'),
      foreignOwner: await elsewhere.person('owner'),
      memberKey: { key: await studio.key('member') },
      adminKey: { key: await studio.key('admin') },
      ownerKey: { key: await studio.key('owner') },
      foreignKey: { key: await elsewhere.key('owner') },
    },
  }
}

beforeEach(async () => {
  if (built) await built.restore()
  else {
    const made = await build()
    built = { scene: made, restore: await snapshot(bindings.DB) }
  }
  // Nothing that a test before remembered or was handed.
  built.scene.world.restarted()
  scene = { ...built.scene, tokens: { ...built.scene.tokens } }
})

/** An invitation of a new address into the studio. */
async function invited(): Promise<{ id: string; email: string }> {
  const { db } = scene.studio.ctx()
  const id = newId(Date.now())
  const facts = { id, email: `${id}@colleague.example`, role: 'member', invitedBy: 'X' } as const
  const at = { createdAt: Date.now(), expiresAt: Date.now() + 1_000_000 }
  await db.insert(invitation).values({ ...facts, ...at, organizationId: scene.studio.facts.id })
  return facts
}

/** Somebody is signed in who is none of the visitors. */
async function foreignSession(): Promise<string> {
  const { db } = scene.studio.ctx()
  const { userId } = await scene.studio.member('member')
  const id = newId(Date.now())
  const at = { createdAt: new Date(), updatedAt: new Date(), expiresAt: new Date(Date.now() + 1e6) }
  await db.insert(session).values({ id, token: id, userId, ...at })
  return id
}

/** A milestone that is up for sign-off where it is to be answered. */
async function waitingMilestone(portal: string): Promise<string> {
  const ctx = scene.studio.ctx()
  const facts = { title: 'Design', description: '', dueOn: null, weight: 1, progress: 0 }
  const made = await createMilestone(ctx, { ...facts, portal, amount: 100 })
  const id = made.ok ? made.value.id : ''
  if (portal === scene.home) await requestApproval(ctx, { portal, milestone: id })
  return id
}

/** A template of the studio's. */
async function template(): Promise<string> {
  const ctx = scene.studio.ctx()
  await waitingMilestone(scene.home)
  const saved = await saveTemplate(ctx, { name: 'Website', portal: scene.home })
  return saved.ok ? saved.value.id : ''
}

/** A draft of the studio's, or an invoice that may be paid again and again. */
async function invoiced(
  path: string,
  portalOf: string,
): Promise<{ id: string; payment: string; note: string }> {
  const ctx = scene.studio.ctx()
  const lines = [{ description: 'Work', quantity: '1', unitAmount: 100, taxRate: null }]
  const made = await createDraft(ctx, { portal: portalOf, lines, repeatable: true })
  const id = made.ok ? made.value.id : ''
  const payment = newId(ctx.now)
  const needsDraft = /^\/(?:api|dashboard).*:invoice(?:\/issue|\/duplicate|\/edit|\/delete)?$/.test(
    path,
  )
  if (!needsDraft) await issueInvoice(ctx, { portal: portalOf, invoice: id })
  if (path.includes(':payment')) {
    const facts = { amount: 100, method: 'bank', receivedOn: '2026-01-02', note: '' } as const
    await recordPayment(ctx, { portal: portalOf, invoice: id }, { id: payment, ...facts })
  }
  const note = newId(ctx.now)
  if (path.includes(':note')) {
    const credit = { id: note, lines, reason: 'Agreed' }
    await createCreditNote(ctx, { portal: portalOf, invoice: id }, credit)
  }
  // What was enqueued is made by the cron.
  if (/\/(?:pdf|receipt|statement)$/.test(path)) await scene.world.minute()
  return { id, payment, note }
}

/** What the mail of an invoice of the scene's portal carries to its first contact. */
async function heldToken(invoiceId: string): Promise<string> {
  const ctx = scene.studio.ctx()
  const { id: organizationId } = scene.studio.facts
  const portalId = scene.home
  const [who] = await ctx.db.select().from(contactTable).where(eq(contactTable.portalId, portalId))
  const of = { organizationId, portalId, invoiceId, contactId: who?.id ?? '' }
  const { token, before } = await invoiceTokenToSend(ctx, of)
  await commit(ctx, before)
  return token
}

/** A tax rate of the studio's. */
async function taxRate(): Promise<string> {
  const ctx = scene.studio.ctx()
  const id = newId(ctx.now)
  await addTaxRate(ctx, { id, name: 'VAT', rate: '20' })
  return id
}

/** A line that the studio bills again and again. */
async function savedLine(): Promise<string> {
  const ctx = scene.studio.ctx()
  const id = newId(ctx.now)
  const facts = { description: 'Hosting', quantity: '1', unitAmount: 2400, currency: 'EUR' }
  await addSavedLine(ctx, { id, ...facts, taxRate: null })
  return id
}

/** A message of the studio's in one of its portals. */
async function written(portalOf: string): Promise<string> {
  const sent = await sendMessage(scene.studio.ctx(), { portal: portalOf, body: 'Hello' })
  return sent.ok ? sent.value.id : ''
}

/** An upload of the owner's key, or of the link to everything, which has none of its bytes yet. */
async function sending(path: string, portalOf: string): Promise<string> {
  const { world, tokens, credentials } = scene
  const byLink = path.includes(':token')
  const where = byLink
    ? paths.api.clientUploads(tokens['liveLink'] ?? '')
    : paths.api.uploads(portalOf)
  const key = credentials['ownerKey']?.key ?? ''
  const began = await world.request(where, {
    method: 'POST',
    headers: {
      'tus-resumable': '1.0.0',
      ...announced,
      ...(byLink ? {} : { authorization: `Bearer ${key}` }),
    },
  })
  return (await began.json<{ id: string }>()).id
}

/** Money of the studio's that fits no invoice. */
async function strayMoney(): Promise<void> {
  const { db, organization } = scene.studio.ctx()
  const what = { kind: 'payment', state: 'succeeded', reason: 'gone', currency: 'EUR' } as const
  const at = { id: `${organization.id}:pi_stray`, organizationId: organization.id, at: 0 }
  await db
    .insert(unmatched)
    .values({ ...what, ...at, amount: 100 })
    .onConflictDoNothing()
}

/** A file that the studio asks for in one of its portals. */
async function asked(portalOf: string): Promise<string> {
  const input = { portal: portalOf, title: 'Logo', note: '', dueOn: null }
  const made = await openRequest(scene.studio.ctx(), input)
  return made.ok ? made.value.id : ''
}

/** The address by which the contact of a portal ends its mails. */
async function unsubscribing(portalOf: string): Promise<string> {
  const { db, settings } = scene.studio.ctx()
  const [who] = await db.select().from(contactTable).where(eq(contactTable.portalId, portalOf))
  return paths.api.unsubscribe(await unsubscribeToken(settings, who?.id ?? ''))
}

/** The route's address, with a portal, a link and a failed mail of its own, so that no visit spoils the next. */
async function address(path: string, visitor: Visitor): Promise<string> {
  return tokenIn(await addressed(path, visitor === 'invoiceHolder'), visitor)
}

const tokenIn = (at: string, visitor: Visitor): string =>
  at.replace(':token', scene.tokens[visitor] ?? 'f'.repeat(64))

/** Where everything is but the visitor's own token; `isHeld`: the invoice's token goes to who holds it. */
async function addressed(path: string, isHeld: boolean): Promise<string> {
  const { studio, tokens } = scene
  const made = await portal(studio)
  const detail = made.ok ? made.value.portal : undefined
  const mail = newId(Date.now())
  if (path.includes(':email')) {
    const facts = { id: mail, key: mail, kind: 'link', to: 'x@client.example', data: {} }
    const at = { stateAt: 0, createdAt: 0 }
    await studio
      .ctx()
      .db.insert(email)
      .values({ ...facts, ...at, organizationId: studio.facts.id, state: 'bounced' })
  }
  if (path === paths.api.unsubscribe(':token')) return unsubscribing(detail?.id ?? '')
  if (path.includes(':token') && path.startsWith('/join'))
    return path.replace(':token', await invitationToken(studio.ctx().settings, await invited()))
  if (path.startsWith('/logo')) {
    const file = `${'a'.repeat(64)}.png`
    await scene.world.env.BUCKET.put(logoKey(studio.facts.id, file), 'image')
    return path.replace(':organization', studio.facts.id).replace(':file', file)
  }
  if (path.includes(':money')) await strayMoney()
  const key = newId(Date.now())
  if (path.includes(':key')) await createKey(studio.ctx(), { id: key, name: 'K', role: 'member' })
  // A link's milestone is one of its own portal, which waits for its answer.
  const planned = path.includes(':token') ? scene.home : (detail?.id ?? '')
  const file = path.includes('/files')
    ? await storedFile(studio, planned, { contentType: 'image/png' })
    : ''
  const needed = path.includes(m) || path.endsWith('/template')
  const milestone = needed ? await waitingMilestone(planned) : ''
  const isBilled = path.includes(i) || /^\/invoice\/|^\/portal.*\/statement$/.test(path)
  const bills = isBilled ? await invoiced(path, planned) : undefined
  if (isHeld) {
    const of = (planned === scene.home && bills) || (await invoiced('', scene.home))
    tokens['invoiceHolder'] = await heldToken(of.id)
  }
  return path
    .replace(i, bills?.id ?? '')
    .replace(':payment', bills?.payment ?? '')
    .replace(':money', 'pi_stray')
    .replace(':rate', path.includes(':rate') ? await taxRate() : '')
    .replace(':line', path.includes(':line') ? await savedLine() : '')
    .replace(':note', bills?.note ?? '')
    .replace(':key', key)
    .replace(':file', file)
    .replace(m, milestone)
    .replace(t, path.includes(t) ? await template() : '')
    .replace(':organization', studio.slug)
    .replace(':member', path.includes(':member') ? (await studio.member('member')).id : '')
    .replace(':invitation', path.includes(':invitation') ? (await invited()).id : '')
    .replace(':session', path.includes(':session') ? await foreignSession() : '')
    .replace(':portal', detail?.id ?? '')
    .replace(':link', detail?.links.items[0]?.id ?? '')
    .replace(u, path.includes(u) ? await sending(path, detail?.id ?? '') : '')
    .replace(':message', path.includes(':message') ? await written(detail?.id ?? '') : '')
    .replace(r, path.includes(r) ? await asked(detail?.id ?? '') : '')
    .replace(':email', mail)
}

/** The form as a browser sends it; with a file, in parts. */
function bodyOf({ form, json, file }: Route): BodyInit | null {
  if (file !== undefined) {
    const parts = new FormData()
    parts.append(file, new Blob([new Uint8Array([0xff, 0xd8, 0xff])]))
    return parts
  }
  return form ? new URLSearchParams(form) : json === undefined ? null : JSON.stringify(json)
}

async function visit(route: Route, visitor: Visitor, shared?: string): Promise<number> {
  const { world, credentials } = scene
  const { json } = route
  const [method = '', path = ''] = route.route.split(' ')
  const { cookie, key } = credentials[visitor] ?? {}
  const headers = new Headers({ origin: world.origin, ...route.headers })
  if (cookie) headers.set('cookie', cookie)
  if (key) headers.set('authorization', `Bearer ${key}`)
  if (json !== undefined) headers.set('content-type', 'application/json')
  const { form } = route
  const filled = form?.['template'] === t ? { ...form, template: await template() } : undefined
  const body = bodyOf(filled ? { ...route, form: filled } : route)
  const at = shared === undefined ? await address(path, visitor) : tokenIn(shared, visitor)
  const response = await world.request(at, { method, headers, body })
  return response.status
}

it('names every route of the app', async () => {
  const known = (await routes())
    .filter(({ method }) => method !== 'ALL')
    .map(({ method, path }) => `${method} ${path}`)
    // The guard of the sign-in forms stands on their paths as a handler of its own.
    .filter((route) => route !== 'POST /sign-in/*')
  expect([...new Set(known)].sort()).toEqual(table.map(({ route }) => route).sort())
})

it.each(table.map((route) => [route.route, route] as const))('%s', async (_, route) => {
  const answers: Partial<Answers> = {}
  const [method, path = ''] = route.route.split(' ')
  // What only reads spoils nothing for whoever comes next.
  const shared = method === 'GET' ? await addressed(path, true) : undefined
  for (const visitor of visitors) answers[visitor] = await visit(route, visitor, shared)
  expect(answers).toEqual(route.answers)
  expect(secretsIn(logged())).toEqual([])
})

/** What the visitors came with that is in a line of the log; there has to be none. */
function secretsIn(lines: readonly string[]): string[] {
  const { tokens, credentials } = scene
  const brought = [
    ...Object.values(tokens),
    ...Object.values(credentials).flatMap(({ cookie, key, email }) => [
      cookie?.split('=')[1]?.slice(0, 20),
      key,
      email,
    ]),
    'somebody@else.example',
    'made-up',
  ].filter((secret) => secret !== undefined)
  return lines.filter((line) => brought.some((secret) => line.includes(secret)))
}

it('sends whoever has no session to sign in, or away, before it knows the address', async () => {
  const { world } = scene
  for (const path of ['/dashboard/nowhere', '/dashboard/a/b/c/d', paths.portals('nowhere')]) {
    expect((await world.request(path)).status).toBe(303)
    expect((await world.form(path, {})).status).toBe(403)
    expect((await world.request(path, { method: 'DELETE' })).status).toBe(403)
  }
  expect((await world.request('/api/nowhere')).status).toBe(401)
})

it.each(
  table
    .filter(({ route }) =>
      /:(?:portal|link|email|member|invitation|session|key|milestone|template|file|request)/.test(
        route,
      ),
    )
    .filter(({ route }) => !route.includes('/logo/'))
    // By a link's token there is no inside of another organisation.
    .filter(({ route }) => !route.includes(':token'))
    // What the server can do is the same everywhere.
    .filter(({ route }) => !route.startsWith('OPTIONS'))
    .filter(({ route }) =>
      /:(?:portal|link|email|member|invitation|session|milestone|template|file|request)/.test(
        route,
      ),
    )
    .map((route) => [route.route, route] as const),
)(
  '%s finds nothing foreign from inside one’s own organisation',
  async (_, { route, form, json, headers: more }) => {
    const { world, elsewhere, credentials } = scene
    const [method = '', path = ''] = route.split(' ')
    const { cookie = '' } = credentials['foreignOwner'] ?? {}
    const { slug } = elsewhere
    const headers = new Headers({ origin: world.origin, cookie, 'x-organization': slug, ...more })
    if (json !== undefined) headers.set('content-type', 'application/json')
    const body = form ? new URLSearchParams(form) : json === undefined ? null : JSON.stringify(json)
    const at = await address(path.replace(':organization', elsewhere.slug), 'foreignOwner')
    const response = await world.request(at, { method, headers, body })
    expect(response.status).toBe(404)
  },
)

it('finds nothing of another portal through a link’s address in the wrong portal', async () => {
  const { world, studio, credentials } = scene
  const one = await portal(studio)
  const two = await portalId(studio)
  const link = one.ok ? (one.value.portal.links.items[0]?.id ?? '') : ''
  const key = credentials['ownerKey']?.key ?? ''
  for (const action of ['pause', 'replace', 'reveal', 'send'] as const) {
    expect((await world.api('POST', paths.api.linkAction(two, link, action), key)).status).toBe(404)
  }
  expect((await world.api('DELETE', paths.api.link(two, link), key)).status).toBe(404)
})
