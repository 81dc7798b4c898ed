import { and, eq, lte } from 'drizzle-orm'
import type { TenantCtx } from '../../src/ctx.ts'
import { commit } from '../../src/db/batch.ts'
import { job } from '../../src/db/schema/jobs.ts'
import { contact, link } from '../../src/db/schema/links.ts'
import type { LinkPath } from '../../src/features/links/path.ts'
import { sendMessage } from '../../src/features/messages/actions.ts'
import { notifyOfNews } from '../../src/features/news/notify.ts'
import { markThreadRead } from '../../src/features/messages/reading.ts'
import { must } from './must.ts'
import type { Desk } from './organization.ts'
import type { ContactStory } from './story.ts'
import type { Line } from './threads.ts'

interface Thread {
  portal: string
  /** The colleague who runs the portal. */
  by: string
  contacts: readonly ContactStory[]
  lines: readonly Line[]
  /** A visit of the client's page, at the instant of the ctx. */
  visit: (ctx: TenantCtx, path: LinkPath) => Promise<void>
}

interface Writer {
  id: string
  name: string
  email: string
  linkId: string
  scope: 'all' | 'billing'
}

/**
 * Plays a portal's thread in the order in which it was written and read, which is that of its
 * numbers, with the mails about it at their time: who looked in between is mailed nothing. Visits are
 * in the log already; here they read.
 */
export async function playThread(
  desk: Desk,
  { portal, by, contacts, lines, visit }: Thread,
): Promise<void> {
  const writers = await writersOf(desk.ctx(by, 0), portal)
  const events = lines.map((line) => {
    const ctx = desk.ctx(isContact(writers, line.by) ? by : line.by, line.ago)
    return { ago: line.ago, happen: () => speak(ctx, portal, line, writers) }
  })
  for (const { email, visits = [] } of contacts) {
    const path = { portal, link: writers.find((each) => each.email === email)?.linkId ?? '' }
    for (const ago of visits) events.push({ ago, happen: () => visit(desk.ctx(by, ago), path) })
  }
  for (const { ago, happen } of events.toSorted((a, b) => b.ago - a.ago)) {
    await mailNews(desk.ctx(by, ago))
    await happen()
  }
  await mailNews(desk.ctx(by, 0))
}

const isContact = (writers: readonly Writer[], email: string): boolean =>
  writers.some((each) => each.email === email)

const writersOf = ({ db }: TenantCtx, portal: string): Promise<Writer[]> =>
  db
    .select({
      id: contact.id,
      name: contact.name,
      email: contact.email,
      linkId: link.id,
      scope: link.scope,
    })
    .from(contact)
    .innerJoin(link, eq(link.contactId, contact.id))
    .where(eq(contact.portalId, portal))

async function speak(
  ctx: TenantCtx,
  portal: string,
  line: Line,
  writers: readonly Writer[],
): Promise<void> {
  if ('reads' in line) {
    must(await markThreadRead(ctx, { portal }))
    return
  }
  const writer = writers.find(({ email }) => email === line.by)
  const { actor } = ctx
  const who = writer ? ({ kind: 'contact', portalId: portal, ...writer } as const) : actor
  must(await sendMessage({ ...ctx, actor: who }, { portal, body: line.says }))
}

/** What the cron would have mailed by then. */
async function mailNews(ctx: TenantCtx): Promise<void> {
  const due = await ctx.db
    .select()
    .from(job)
    .where(and(eq(job.kind, 'messages.notify'), lte(job.nextAt, ctx.now)))
    .orderBy(job.nextAt)
  for (const one of due) {
    const outcome = await notifyOfNews({ ...ctx, now: one.nextAt }, one)
    await commit(ctx, [ctx.db.delete(job).where(eq(job.id, one.id)), ...(outcome.write ?? [])])
  }
}
