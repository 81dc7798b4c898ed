import { eq } from 'drizzle-orm'
import { commit } from '../../src/db/batch.ts'
import { contact } from '../../src/db/schema/links.ts'
import { createCreditNote } from '../../src/features/invoices/credit-notes.ts'
import { createDraft } from '../../src/features/invoices/draft.ts'
import { issueInvoice } from '../../src/features/invoices/issue.ts'
import { recordPayment } from '../../src/features/invoices/payments.ts'
import { invoiceTokenToSend } from '../../src/features/invoices/token.ts'
import { invite } from '../../src/features/invitations/actions.ts'
import { invitationToken } from '../../src/features/invitations/token.ts'
import { unsubscribeToken } from '../../src/features/messages/unsubscribe.ts'
import { createMilestone } from '../../src/features/milestones/actions.ts'
import { archivePortal, createPortal } from '../../src/features/portals/actions.ts'
import { createUpload } from '../../src/features/uploads/create.ts'
import { newId } from '../../src/lib/id.ts'
import { paths } from '../../src/paths.ts'
import { fillFiles } from '../harness/file-scene.ts'
import { storedFile } from '../harness/stored-file.ts'
import { World, type Tenant } from '../harness/world.ts'
import type { Read } from './read.ts'

/** What the addresses of a scene are made of. */
export interface Staged {
  organization: string
  slug: string
  portal: string
  longPlan: string
  archived: string
  link: string
  milestone: string
  token: string
  joinToken: string
  unsubscribing: string
  billed: Billed
  drafted: string
  file: string
  /** A file whose bytes are in the bucket. */
  stored: string
  upload: string
  /** An upload of the client's. */
  hers: string
}

interface Billed {
  invoice: string
  payment: string
  note: string
  /** The token of its mail. */
  held: string
}

export interface Scene {
  world: World
  studio: Tenant
  visitors: Record<Read['as'], RequestInit>
  staged: Staged
}

async function opened(studio: Tenant, project: string, send: boolean) {
  const made = await createPortal(studio.ctx(), {
    project,
    client: 'Halcyon Coffee',
    currency: 'EUR',
    contact: { name: 'Jane Cooper', email: 'jane@halcyon.example' },
    send,
  })
  if (!made.ok) throw new Error('A portal was not made.')
  return made.value
}

async function draftOf(studio: Tenant, portal: string): Promise<string> {
  const lines = [{ description: 'Work', quantity: '1', unitAmount: 1000, taxRate: null }]
  const made = await createDraft(studio.ctx(), { portal, lines })
  return made.ok ? made.value.id : ''
}

/** An issued invoice with a payment and a credit note, and the PDFs of all. */
async function invoiced(world: World, studio: Tenant, portal: string): Promise<Billed> {
  const ctx = studio.ctx()
  const id = await draftOf(studio, portal)
  const path = { portal, invoice: id }
  await issueInvoice(ctx, path)
  const paid = { amount: 400, method: 'bank', receivedOn: '2026-01-02', note: '' } as const
  const [payment, note] = [newId(ctx.now), newId(ctx.now)]
  await recordPayment(ctx, path, { ...paid, id: payment })
  const credit = [{ description: 'Less', quantity: '1', unitAmount: 100, taxRate: null }]
  await createCreditNote(ctx, path, { id: note, lines: credit, reason: 'Agreed' })
  await world.minute()
  const [who] = await ctx.db.select().from(contact).where(eq(contact.portalId, portal))
  const held = await invoiceTokenToSend(ctx, {
    organizationId: studio.facts.id,
    portalId: portal,
    invoiceId: id,
    contactId: who?.id ?? '',
  })
  await commit(ctx, held.before)
  return { invoice: id, payment, note, held: held.token }
}

async function uploads(world: World, studio: Tenant, portal: string, token: string) {
  const upload = newId(1)
  await createUpload(studio.ctx(), { folder: '', size: 5, portal, id: upload, filename: 'a.bin' })
  const begun = await world.request(paths.api.clientUploads(token), {
    method: 'POST',
    headers: {
      'tus-resumable': '1.0.0',
      'upload-length': '5',
      'upload-metadata': `filename ${btoa('b.bin')}`,
    },
  })
  return { upload, hers: (await begun.json<{ id: string }>()).id }
}

/** A studio with one of everything that an address can name. */
export async function stage(): Promise<Scene> {
  const world = new World()
  const studio = await world.organization('studio')
  const { cookie } = await studio.person('owner')
  const key = await studio.key('owner')
  const operator = await world.signIn(world.env.FIRST_OWNER)
  const { portal: made, token = '' } = await opened(studio, 'Website relaunch', true)
  const portal = made.id
  const archived = (await opened(studio, 'Done', false)).portal.id
  await archivePortal(studio.ctx(), archived)
  const longPlan = (await opened(studio, 'A long plan', false)).portal.id
  const planned = await createMilestone(studio.ctx(), {
    portal: longPlan,
    title: 'Design',
    description: '',
    dueOn: null,
    weight: 1,
    progress: 0,
  })
  if (!planned.ok) throw new Error('Nothing was planned.')
  const billed = await invoiced(world, studio, portal)
  const drafted = await draftOf(studio, portal)
  const invited = await invite(studio.ctx(), { email: 'new@colleague.example', role: 'member' })
  if (!invited.ok) throw new Error('Nobody was invited.')
  const { db, settings } = studio.ctx()
  const [who] = await db.select({ id: contact.id }).from(contact)
  const folders = ['', 'Brand', 'Drafts/Round 1', 'Drafts/Round 2']
  const [file = ''] = await fillFiles(studio, portal, { count: 500, folders })
  return {
    world,
    studio,
    visitors: {
      link: {},
      member: { headers: { cookie } },
      operator: { headers: { cookie: operator } },
      key: { headers: { authorization: `Bearer ${key}` } },
      nobody: {},
    },
    staged: {
      organization: studio.facts.id,
      slug: studio.slug,
      portal,
      longPlan,
      archived,
      link: made.links.items[0]?.id ?? '',
      milestone: planned.value.id,
      token,
      joinToken: await invitationToken(settings, invited.value),
      unsubscribing: await unsubscribeToken(settings, who?.id ?? ''),
      billed,
      drafted,
      file,
      stored: await storedFile(studio, portal, { contentType: 'image/png' }),
      ...(await uploads(world, studio, portal, token)),
    },
  }
}
