import type { TenantCtx } from '../../src/ctx.ts'
import {
  changeLink,
  createLink,
  pauseLink,
  replaceLink,
  revealLink,
} from '../../src/features/links/actions.ts'
import { linkById } from '../../src/features/links/queries.ts'
import type { LinkPath } from '../../src/features/links/path.ts'
import { visitByLink } from '../../src/features/links/visits.ts'
import { livingToken } from '../../src/features/links/token.ts'
import { askForLink, markSeen } from '../../src/features/links/visitor.ts'
import { archivePortal, createPortal } from '../../src/features/portals/actions.ts'
import { openRequest } from '../../src/features/requests/actions.ts'
import { dayOf, endOfDay } from '../../src/lib/day.ts'
import { sha256 } from '../../src/lib/hash.ts'
import { fileStories } from './file-stories.ts'
import { playFile } from './files.ts'
import type { PlayedPortal } from './invoices.ts'
import { must } from './must.ts'
import type { Desk } from './organization.ts'
import { playPlan } from './plan.ts'
import { plans } from './plans.ts'
import type { ContactStory, Happening, PortalStory, RequestStory } from './story.ts'
import { playThread } from './thread.ts'
import { threads } from './threads.ts'

function there<T>(found: T | undefined): T {
  if (found === undefined) throw new Error('The demo lost what it had just made.')
  return found
}

/** Plays what happened in one portal, through the verbs that the app itself would have used. */
export async function playPortal(
  desk: Desk,
  story: PortalStory,
  bucket: R2Bucket,
): Promise<PlayedPortal> {
  const { project, client, currency, by } = story
  const [first, ...others] = story.contacts
  const contact = { name: first.name, email: first.email }
  const { portal } = must(
    await createPortal(desk.ctx(by, first.invited), {
      project,
      client,
      currency,
      contact,
      send: true,
    }),
  )
  const path = { portal: portal.id, link: there(portal.links.items[0]).id }
  const expiresAt = endOf(desk, by, first)
  if (expiresAt) must(await changeLink(desk.ctx(by, first.invited), path, { expiresAt }))
  await playLink(desk, by, path, first)

  for (const other of others) {
    const link = must(
      await createLink(desk.ctx(by, other.invited), invitation(desk, by, portal.id, other)),
    )
    await playLink(desk, by, { portal: portal.id, link: link.id }, other)
  }
  const plan = plans[project]
  if (plan) await playPlan(desk, { portal: portal.id, by }, plan)
  const lines = threads[project]
  if (lines) {
    const thread = { portal: portal.id, by, contacts: story.contacts, lines, visit: visitPage }
    await playThread(desk, thread)
  }
  for (const request of story.requests ?? []) await playRequest(desk, by, portal.id, request)
  for (const file of fileStories[project] ?? []) {
    await playFile(desk, { portal: portal.id, by, bucket }, file)
  }
  return { portal: portal.id, story }
}

/** What is over by now, after all that happened in it. */
export async function playEnd(desk: Desk, { portal, story }: PlayedPortal): Promise<void> {
  if (story.archived !== undefined)
    must(await archivePortal(desk.ctx(story.by, story.archived), portal))
}

async function playRequest(
  desk: Desk,
  by: string,
  portal: string,
  { title, note = '', asked, due }: RequestStory,
): Promise<void> {
  const dayOn = ({ now, organization }: TenantCtx) => dayOf(now, organization.timeZone)
  const dueOn = due === undefined ? null : dayOn(desk.ctx(by, due))
  must(await openRequest(desk.ctx(by, asked), { portal, title, note, dueOn }))
}

function invitation(desk: Desk, by: string, portal: string, story: ContactStory) {
  const { name, email, scope = 'all' } = story
  return { portal, contact: { name, email }, scope, expiresAt: endOf(desk, by, story), send: true }
}

function endOf(desk: Desk, by: string, { lastDay }: ContactStory): number | null {
  if (lastDay === undefined) return null
  const { now, organization } = desk.ctx(by, lastDay)
  return endOfDay(dayOf(now, organization.timeZone), organization.timeZone)
}

async function playLink(
  desk: Desk,
  by: string,
  path: LinkPath,
  { visits = [], happenings = [] }: ContactStory,
): Promise<void> {
  for (const ago of visits) await visitPage(desk.ctx(by, ago), path)
  for (const { what, ago, by: other = by } of happenings)
    await play(what, desk.ctx(other, ago), path)
}

async function visitPage(ctx: TenantCtx, path: LinkPath): Promise<void> {
  const visit = there(await visitByLink(ctx.db, ctx.organization.id, path))
  const { contactId: id, linkId, portalId, contactName: name, scope } = visit
  await markSeen({ ...ctx, actor: { kind: 'contact', id, linkId, portalId, name, scope } }, visit)
}

async function play(what: Happening['what'], ctx: TenantCtx, path: LinkPath): Promise<void> {
  switch (what) {
    case 'pause':
      must(await pauseLink(ctx, path))
      return
    case 'replace':
      must(await replaceLink(ctx, path, { send: true }))
      return
    case 'reveal':
      must(await revealLink(ctx, path))
      return
    case 'ask': {
      const link = there(await linkById(ctx.db, ctx.organization.id, path))
      const token = there(await livingToken(ctx, link))
      await askForLink({ ...ctx, actor: { kind: 'stranger' } }, await sha256(token))
    }
  }
}
