import { eq } from 'drizzle-orm'
import { createStripeApp } from '../../dev/stripe/app.ts'
import type { Actor, TenantCtx } from '../../src/ctx.ts'
import { user } from '../../src/db/schema/accounts.ts'
import { email } from '../../src/db/schema/emails.ts'
import { organization as organizations, type Role } from '../../src/db/schema/organizations.ts'
import { paymentLink } from '../../src/db/schema/payments.ts'
import { retryEmail } from '../../src/features/emails/actions.ts'
import { deleteFile, restoreFile } from '../../src/features/files/actions.ts'
import { renameFile } from '../../src/features/files/rename.ts'
import {
  invite,
  joinByToken,
  resendInvitation,
  revokeInvitation,
} from '../../src/features/invitations/actions.ts'
import { invitationToken } from '../../src/features/invitations/token.ts'
import { createCreditNote } from '../../src/features/invoices/credit-notes.ts'
import { createDraft, deleteDraft } from '../../src/features/invoices/draft.ts'
import { issueInvoice } from '../../src/features/invoices/issue.ts'
import {
  recordPayment,
  refundPayment,
  reversePayment,
} from '../../src/features/invoices/payments.ts'
import { revealInvoice, sendInvoice } from '../../src/features/invoices/send.ts'
import { addTaxRate, deleteTaxRate } from '../../src/features/invoices/settings.ts'
import { endInvoice, voidInvoice } from '../../src/features/invoices/void.ts'
import type { Told } from '../../src/features/payments/decide.ts'
import { takeIn } from '../../src/features/payments/take.ts'
import { seenTo } from '../../src/features/payments/unmatched.ts'
import type { InvoicePath } from '../../src/features/invoices/queries.ts'
import { createKey, revokeKey } from '../../src/features/keys/actions.ts'
import {
  changeLink,
  createLink,
  deleteLink,
  pauseLink,
  replaceLink,
  resumeLink,
  revealLink,
  sendLink,
} from '../../src/features/links/actions.ts'
import { askForLink, markSeen } from '../../src/features/links/visitor.ts'
import { visitByLink } from '../../src/features/links/visits.ts'
import {
  changeRole,
  leaveOrganization,
  removeMember,
  transferOwnership,
} from '../../src/features/members/actions.ts'
import {
  subscribeAgain,
  subscriptionOf,
  unsubscribe,
} from '../../src/features/messages/unsubscribe.ts'
import { archiveMessage, restoreMessage, sendMessage } from '../../src/features/messages/actions.ts'
import {
  changeMilestone,
  createMilestone,
  deleteMilestone,
} from '../../src/features/milestones/actions.ts'
import { answerApproval, requestApproval } from '../../src/features/milestones/approval.ts'
import {
  applyTemplate,
  deleteTemplate,
  saveTemplate,
} from '../../src/features/milestones/templates.ts'
import { createOrganization } from '../../src/features/organizations/actions.ts'
import {
  changeSecret,
  connectStripe,
  disconnectStripe,
} from '../../src/features/payments/settings.ts'
import { changeSettings } from '../../src/features/organizations/settings.ts'
import {
  archivePortal,
  changePortal,
  createPortal,
  deletePortal,
  restorePortal,
} from '../../src/features/portals/actions.ts'
import { duplicatePortal } from '../../src/features/portals/duplicate.ts'
import { answerInvoice, clearAnswer } from '../../src/features/reminders/answer.ts'
import { draftLateFees } from '../../src/features/reminders/late-fees.ts'
import {
  pausePortalReminders,
  pauseReminders,
  resumePortalReminders,
  resumeReminders,
} from '../../src/features/reminders/pause.ts'
import { remindNow } from '../../src/features/reminders/remind.ts'
import { sweepInvoices } from '../../src/features/reminders/sweep.ts'
import { closeRequest, openRequest, reopenRequest } from '../../src/features/requests/actions.ts'
import { beginUpload } from '../../src/features/uploads/receive.ts'
import { dayOf } from '../../src/lib/day.ts'
import { sha256 } from '../../src/lib/hash.ts'
import { newId } from '../../src/lib/id.ts'
import type { Result } from '../../src/lib/result.ts'
import { answerFor } from './outbound.ts'
import { putFile } from './file-scene.ts'
import { Tenant, type World } from './world.ts'

const MINUTE = 60_000

const must = <T>(result: Result<T, unknown>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.failure))
  return result.value
}

export interface EveryKind {
  tenant: Tenant
  /** The portal where most of it happened, and a client's way into it. */
  portal: string
  token: string
  contactId: string
}

/** What Stripe tells of payments of two invoices over 120.00, the second one void. */
async function throughStripe(
  now: () => TenantCtx,
  [open, isVoid]: [InvoicePath, InvoicePath],
): Promise<void> {
  const { db, organization } = now()
  for (const { portal: portalId, invoice } of [open, isVoid]) {
    await db.insert(paymentLink).values({
      id: newId(0),
      organizationId: organization.id,
      portalId,
      invoiceId: invoice,
      stripeId: `plink_${invoice}`,
      amount: 12_000,
      currency: 'EUR',
      state: 'off',
      createdAt: 0,
    })
  }
  const nothing = {
    link: null,
    ours: false,
    means: null,
    of: null,
    asked: null,
    failure: null,
    dispute: null,
  }
  const tell = async (id: string, over: Partial<Told> & Pick<Told, 'state' | 'amount'>) => {
    const ctx = now()
    const kind = id.startsWith('pi') ? 'payment' : id.startsWith('re') ? 'refund' : 'reversal'
    const what = { ...nothing, kind, id, currency: 'EUR', at: ctx.now } as const
    await takeIn(ctx, { ...what, ...over }, () => [])
  }
  const by = (path: InvoicePath) => ({ link: `plink_${path.invoice}` })
  await tell('pi_1', { ...by(open), state: 'pending', amount: 5000 })
  await tell('pi_1', { ...by(open), state: 'succeeded', amount: 5000 })
  await tell('pi_2', { ...by(open), state: 'failed', amount: 12_000, failure: 'No money.' })
  await tell('pi_3', { ...by(open), state: 'succeeded', amount: 20_000 })
  await tell('pi_4', { ...by(isVoid), state: 'succeeded', amount: 12_000 })
  await tell('re_1', { of: 'pi_1', state: 'pending', amount: 100 })
  await tell('re_1', { of: 'pi_1', state: 'succeeded', amount: 100 })
  await tell('re_2', { of: 'pi_1', state: 'failed', amount: 100, failure: 'The bank declined it.' })
  await tell('dp_1', { of: 'pi_3', state: 'pending', amount: 1000 })
  await tell('dp_1', { of: 'pi_3', state: 'succeeded', amount: 1000 })
  await tell('dp_2', { of: 'pi_3', state: 'failed', amount: 1000 })
  await tell('dp_3', { of: 'pi_3', state: 'succeeded', amount: 19_000 })
  await tell('dp_4', { of: 'pi_4', state: 'succeeded', amount: 100 })
  await tell('pi_stray', { link: 'plink_gone', ours: true, state: 'succeeded', amount: 100 })
}

/** Calls every verb that records something, as people and programs do, a minute apart. */
export async function everyKind(world: World): Promise<EveryKind> {
  const start = Date.now() - 110 * MINUTE
  let ticks = 0
  const tick = () => start + MINUTE * ++ticks
  const founder = {
    kind: 'person',
    userId: newId(start),
    name: 'Maya Ortiz',
    email: world.env.FIRST_OWNER,
  } as const
  const since = { createdAt: new Date(start), updatedAt: new Date(start) }
  await world
    .ctx()
    .db.insert(user)
    .values({ id: founder.userId, name: '', email: founder.email, emailVerified: true, ...since })
  const organization = must(
    await createOrganization(
      { ...world.ctx(), now: tick(), actor: founder },
      { name: 'Northwind', timeZone: 'Europe/Oslo', locale: 'en-GB', currency: 'EUR' },
    ),
  )
  const tenant = new Tenant(world, organization)
  const maya = await tenant.member('owner')
  const tom = await tenant.member('admin')
  const as = (actor: Actor): TenantCtx => ({ ...tenant.ctx('owner', tick()), actor })
  const member = (who: typeof maya, name: string, role: Role): Actor => ({
    kind: 'member',
    ...who,
    name,
    role,
  })
  const owner = () => as(member(maya, 'Maya Ortiz', 'owner'))
  const program = () =>
    as({ kind: 'apiKey', id: newId(start), name: 'Website form', role: 'owner' })

  must(await changeSettings(owner(), { paymentTerms: 30, legalName: 'Northwind Ltd' }))
  const made = must(
    await createPortal(owner(), {
      project: 'Website relaunch',
      client: 'Halcyon Coffee',
      currency: 'EUR',
      contact: { name: 'First', email: 'first@halcyon.example' },
      send: false,
    }),
  )
  const portal = made.portal.id
  must(await changePortal(program(), portal, { project: 'Website relaunch 2' }))
  must(await archivePortal(owner(), portal))
  must(await restorePortal(owner(), portal))
  const same = { currency: 'EUR', contacts: [], send: false }
  must(await duplicatePortal(owner(), portal, { ...same, project: 'Next year', client: 'C' }))
  const copy = must(
    await duplicatePortal(owner(), portal, { ...same, project: 'Copy', client: 'C' }),
  )
  must(await archivePortal(owner(), copy.id))
  must(await deletePortal(owner(), copy.id))

  const contact = { name: 'Jane Cooper', email: 'jane@halcyon.example' }
  const link = must(await createLink(owner(), { portal, contact, scope: 'all', send: false }))
  const path = { portal, link: link.id }
  must(await changeLink(owner(), path, { expiresAt: Date.now() + 900 * MINUTE }))
  must(await pauseLink(owner(), path))
  must(await resumeLink(owner(), path))
  const past = must(await revealLink(owner(), path)).url.slice(-64)
  const { url } = must(await replaceLink(owner(), path, { send: false }))
  must(await sendLink(owner(), path))
  await askForLink({ ...owner(), actor: { kind: 'stranger' } }, await sha256(past))
  const other = must(
    await createLink(owner(), {
      portal,
      contact: { name: 'Accounts', email: 'ap@halcyon.example' },
      scope: 'billing',
      send: false,
    }),
  )
  must(await deleteLink(owner(), { portal, link: other.id }))
  const jane: Actor = {
    kind: 'contact',
    id: link.contactId,
    linkId: link.id,
    portalId: portal,
    name: contact.name,
    scope: 'all',
  }
  const visit = await visitByLink(tenant.ctx().db, organization.id, path)
  if (visit) await markSeen(as(jane), visit)

  const bounced = newId(start)
  await tenant
    .ctx()
    .db.insert(email)
    .values({
      id: bounced,
      organizationId: organization.id,
      portalId: portal,
      linkId: link.id,
      key: bounced,
      kind: 'link',
      to: contact.email,
      data: { occasion: 'invited' },
      state: 'bounced',
      stateAt: start,
      createdAt: start,
    })
  must(await retryEmail(owner(), { email: bounced }))

  const facts = { portal, description: '', dueOn: null, weight: 1, progress: 0 }
  const design = must(await createMilestone(owner(), { ...facts, title: 'Design' }))
  const at = { portal, milestone: design.id }
  must(await requestApproval(owner(), at))
  must(await answerApproval(as(jane), design.id, { to: 'changes', note: 'Warmer, please' }))
  must(await requestApproval(owner(), at))
  must(await answerApproval(as(jane), design.id, { to: 'approved', note: 'Lovely' }))
  must(await changeMilestone(owner(), at, { version: 5, progress: 80, reopen: true }))
  must(await changeMilestone(owner(), at, { version: 6, title: 'Design, part 2', reopen: false }))
  const gone = must(await createMilestone(program(), { ...facts, title: 'Training' }))
  must(await deleteMilestone(owner(), { portal, milestone: gone.id }))
  const template = must(await saveTemplate(owner(), { portal, name: 'Our way' }))
  must(await deleteMilestone(owner(), at))
  must(await applyTemplate(owner(), { portal, template: template.id, firstDay: '2026-12-01' }))
  must(await deleteTemplate(owner(), { template: template.id }))

  const lines = [{ description: 'Design', quantity: '2', unitAmount: 5000, taxRate: '20' }]
  const bill = async (facts: object = {}) => {
    const { id } = must(await createDraft(owner(), { portal, lines, ...facts }))
    const invoiced = { portal, invoice: id }
    must(await issueInvoice(owner(), invoiced))
    return invoiced
  }
  const dropped = must(await createDraft(owner(), { portal, lines }))
  must(await deleteDraft(owner(), { portal, invoice: dropped.id }))
  const rate = { id: newId(tick()), name: 'VAT', rate: '20' }
  must(await addTaxRate(owner(), rate))
  must(await deleteTaxRate(owner(), rate.id))
  const retainer = await bill({ repeatable: true })
  const money = { amount: 5000, method: 'bank', receivedOn: '2026-01-02', note: '' } as const
  const paid = must(await recordPayment(owner(), retainer, money)).ledger[0]?.id ?? ''
  must(await refundPayment(owner(), { ...retainer, payment: paid }, { amount: 2000, note: '' }))
  must(await reversePayment(owner(), { ...retainer, payment: paid }, { note: '' }))
  must(await endInvoice(owner(), retainer))
  must(await sendInvoice(owner(), retainer))
  must(await revealInvoice(owner(), retainer, {}))
  must(await createCreditNote(owner(), retainer, { lines, reason: 'Not needed' }))
  const voided = await bill()
  must(await voidInvoice(owner(), voided, { reason: 'Wrong client' }))
  await throughStripe(() => as({ kind: 'stripe' }), [await bill(), voided])
  must(await seenTo(owner(), 'pi_stray'))
  const late = await bill({ dueOn: '2026-01-02' })
  const cron = () => ({ ...world.ctx(), now: tick(), actor: { kind: 'cron' } as const })
  await sweepInvoices(cron())
  must(await remindNow(owner(), late))
  const answer = { kind: 'will-pay', on: dayOf(Date.now(), tenant.facts.timeZone) } as const
  must(await answerInvoice(as(jane), late.invoice, answer))
  must(await answerInvoice(as(jane), late.invoice, { kind: 'problem', note: 'Too much' }))
  must(await clearAnswer(owner(), late))
  must(await pauseReminders(owner(), late))
  must(await resumeReminders(owner(), late))
  must(await pausePortalReminders(owner(), portal))
  must(await resumePortalReminders(owner(), portal))
  await world
    .ctx()
    .db.update(organizations)
    .set({ lateFee: { afterDays: 1, percent: '5', amounts: null } })
    .where(eq(organizations.id, tenant.facts.id))
  await draftLateFees(cron())

  const stripeUrl = 'http://127.0.0.1:12113'
  const stripe = createStripeApp({ url: stripeUrl })
  answerFor(stripeUrl, (request) => stripe.fetch(request))
  Object.assign(world.env, { SETTINGS_KEY: `s1:${'5'.repeat(64)}`, STRIPE_URL: stripeUrl })
  world.restarted()
  must(await connectStripe(owner(), { key: 'rk_test_everykind' }))
  must(await changeSecret(owner(), { secret: 'whsec_everykind' }))
  must(await disconnectStripe(owner()))
  answerFor(stripeUrl, undefined)

  const said = must(await sendMessage(owner(), { portal, body: 'Hello' }))
  must(await sendMessage(as(jane), { portal, body: 'Good morning' }))
  must(await archiveMessage(owner(), { portal, message: said.id }))
  must(await restoreMessage(owner(), { portal, message: said.id }))
  const asked = must(
    await openRequest(owner(), { portal, title: 'Logo, vector format', note: '', dueOn: null }),
  )
  must(await closeRequest(owner(), { portal, request: asked.id }))
  must(await reopenRequest(program(), { portal, request: asked.id }))
  must(
    await beginUpload(
      { ctx: as(jane), bucket: world.env.BUCKET, clock: tick },
      {
        id: newId(tick()),
        portal,
        filename: 'logo.pdf',
        folder: '',
        request: asked.id,
        size: 0,
      },
    ),
  )
  const subscribed = await subscriptionOf(world.ctx(), link.contactId)
  if (subscribed) await unsubscribe({ ...world.ctx(), now: tick() }, subscribed)
  await subscribeAgain(as(jane))

  const sent = await putFile(tenant, { portal, name: 'homepage.pdf', at: tick() })
  must(await renameFile(owner(), { portal, file: sent.id }, { name: 'mark.pdf', folder: 'Final' }))
  must(await deleteFile(owner(), { portal, file: sent.id }))
  must(await restoreFile(owner(), { portal, file: sent.id }))

  const key = must(await createKey(owner(), { name: 'Bookkeeping', role: 'admin' }))
  must(await revokeKey(owner(), key.id))

  const invited = must(await invite(owner(), { email: 'new@northwind.example', role: 'member' }))
  ticks += 15
  const again = must(await resendInvitation(owner(), { invitation: invited.id }))
  const joinToken = await invitationToken(world.ctx().settings, again)
  must(await joinByToken({ ...world.ctx(), now: tick() }, { name: 'Noa Lind', token: joinToken }))
  const lost = must(await invite(owner(), { email: 'lost@northwind.example', role: 'admin' }))
  must(await revokeInvitation(owner(), { invitation: lost.id }))
  must(await changeRole(owner(), { member: tom.id }, { role: 'member' }))
  const leaver = await tenant.member('member')
  must(await leaveOrganization(as(member(leaver, 'Lea', 'member'))))
  const removed = await tenant.member('member')
  must(await removeMember(owner(), { member: removed.id }))
  must(await transferOwnership(owner(), { member: tom.id }))
  return { tenant, portal, token: url.slice(-64), contactId: link.contactId }
}
