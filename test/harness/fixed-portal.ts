import type { Actor, TenantCtx } from '../../src/ctx.ts'
import { createDraft } from '../../src/features/invoices/draft.ts'
import { issueInvoice } from '../../src/features/invoices/issue.ts'
import { recordPayment } from '../../src/features/invoices/payments.ts'
import { createLink } from '../../src/features/links/actions.ts'
import { visitByLink } from '../../src/features/links/visits.ts'
import { markSeen } from '../../src/features/links/visitor.ts'
import { sendMessage } from '../../src/features/messages/actions.ts'
import { markThreadRead } from '../../src/features/messages/reading.ts'
import { changeMilestone, createMilestone } from '../../src/features/milestones/actions.ts'
import type { MilestoneItem } from '../../src/features/milestones/queries.ts'
import { answerApproval, requestApproval } from '../../src/features/milestones/approval.ts'
import { createPortal } from '../../src/features/portals/actions.ts'
import { openRequest } from '../../src/features/requests/actions.ts'
import { addDays, dayOf } from '../../src/lib/day.ts'
import type { Result } from '../../src/lib/result.ts'
import { putFile } from './file-scene.ts'
import type { Tenant } from './world.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

// Twenty words each, no two alike: what a real thread compresses to.
const words = [
  'Thank you for the kick off this morning; the notes and the list of pages are in the shared folder.',
  'We looked at them over lunch and only miss the page about our roastery, which the old website hid well.',
  'Good catch, it is in the plan now, between the shop and the stories, with a photograph of your own.',
  'Could you send the logo as a vector file? The one from your letterhead is too small for big screens.',
  'Our printer has it and promised an answer by Thursday; I will put it into the folder as it comes.',
  'First sketches of the start page are ready, two quiet ones and a loud one, tell us which feels right.',
  'The second quiet one feels most like us, though the green could be much warmer, closer to the tiles upstairs.',
  'Warmer green it is; we took it from a photo of those tiles and checked that every text stays readable.',
  'Lovely, my sister cried a little. May we show it to the team in Bergen before you go on now?',
  'Of course, take your time until Monday, and write down everything they say, even what seems far too small today.',
  'Bergen is happy, apart from the opening hours, which differ there in winter and should stand at the very top.',
  'Hours now follow the season by themselves, each café has its own, and the map shows which is open late.',
  'One question about allergens: must each drink list all of them, or would one table below the menu be enough?',
  'One table is enough by law, and we would add small letters behind each drink, as printed menus always do.',
  'Then let us do exactly that. Who on your side translates the texts, or shall we ask our translator again?',
  'Please ask her, she knows your voice; we need the texts by the twelfth to keep the launch date safe.',
  'She has started and sends them in three parts, the shop first, so that you can test the longer words.',
  'The shop is in, the longest word fits on a phone, and payments went through in our test with cards.',
  'Wonderful news. The accounts desk wonders when the next invoice comes, since they close their books early in every December.',
  'It will come with the beta at the end of next week; until then enjoy the preview, its link works.',
] as const

const plan = [
  [
    'Discovery',
    'Interviews, an inventory of what is there, and one page about what the new site is for.',
  ],
  ['Design', 'Start page, menu and shop as they will look on a phone and on a desk.'],
  ['Content', 'Texts in two languages and the photographs of all three cafés.'],
  ['Beta build', 'Everything can be clicked, nothing is for sale yet.'],
  ['Content migration', 'The stories of the last six years move over, with their addresses.'],
  ['Shop and payments', ''],
  ['Training', 'Half a day with the team in Bergen.'],
  ['Launch', ''],
] as const

const asked = [
  ['Logo, vector format', 'SVG, EPS or AI: your printer will have it.', 3],
  ['Opening hours of all cafés', 'Summer and winter, as they hang on the doors.', -2],
  ['Photographs of the roastery', '', null],
] as const

export interface FixedPortal {
  portal: string
  link: string
  token: string
  contactId: string
}

const must = <T>(result: Result<T, unknown>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.failure))
  return result.value
}

const files = [
  ['homepage-final.pdf', 'application/pdf', 4_300_000, 'client'],
  ['allergens.xlsx', 'application/octet-stream', 38_900, 'client'],
  ['menu-photos.zip', 'application/zip', 31_400_000, 'client'],
  ['logo-vector.svg', 'application/octet-stream', 12_300, 'client'],
  ['opening hours winter.txt', 'text/plain', 900, 'team'],
  ['start page quiet 1.png', 'image/png', 1_840_000, 'team'],
  ['start page quiet 2.png', 'image/png', 1_790_000, 'team'],
  ['start page loud.png', 'image/png', 2_210_000, 'team'],
  ['texts-shop-no.docx', 'application/octet-stream', 88_000, 'client'],
  ['texts-stories-no.docx', 'application/octet-stream', 131_000, 'client'],
  ['kick-off notes.pdf', 'application/pdf', 210_000, 'team'],
  ['tiles-upstairs.jpg', 'image/jpeg', 3_400_000, 'client'],
  ['sitemap.pdf', 'application/pdf', 96_000, 'team'],
  ['interview Maja.mp3', 'audio/mpeg', 18_200_000, 'team'],
  ['roastery walk.mp4', 'video/mp4', 214_000_000, 'client'],
  ['price list 2026.csv', 'text/plain', 5_200, 'client'],
  ['launch checklist.pdf', 'application/pdf', 74_000, 'team'],
  ['training agenda.pdf', 'application/pdf', 58_000, 'team'],
  ['beta-feedback-bergen.docx', 'application/octet-stream', 64_000, 'client'],
  ['shop-photos-2.zip', 'application/zip', 88_000_000, 'client'],
] as const

/** Oldest first: what each came to, how many days ago it was issued, and whether it was paid. */
const invoices = [
  ['Discovery', 300_000, 58, true],
  ['Design, first half', 420_000, 52, true],
  ['Workshops in Bergen', 96_050, 47, true],
  ['Photographs', 187_500, 40, true],
  ['Design, second half', 420_000, 35, true],
  ['Texts in two languages', 132_075, 30, true],
  ['Fonts and licences', 48_900, 27, true],
  ['Beta build, first part', 215_000, 20, false],
  ['Hosting for a year', 36_000, 9, true],
  ['Beta build, second part', 420_000, 1, false],
] as const

/**
 * The portal that the budgets of a client's page are for: 8 milestones, 20 messages of 20 words, 20 files, 10
 * invoices, 3 requests, two people of the team and one client reading along, and news since the client's last
 * visit.
 */
export async function fixedPortal(studio: Tenant, now = Date.now()): Promise<FixedPortal> {
  const maya = await studio.member('owner')
  const tom = await studio.member('admin')
  const member = (who: typeof maya, name: string): Actor => ({
    kind: 'member',
    ...who,
    name,
    role: 'owner',
  })
  const by = (actor: Actor, ago: number): TenantCtx => ({
    ...studio.ctx('owner', now - ago),
    actor,
  })
  const mayaAt = (ago: number) => by(member(maya, 'Maya Ortiz'), ago)
  const tomAt = (ago: number) => by(member(tom, 'Tom Reed'), ago)
  const made = must(
    await createPortal(mayaAt(62 * DAY), {
      project: 'Website relaunch',
      client: 'Halcyon Coffee',
      currency: 'EUR',
      contact: { name: 'First', email: 'first@halcyon.example' },
      send: false,
    }),
  )
  const portal = made.portal.id
  const opened = must(
    await createLink(mayaAt(61 * DAY), {
      portal,
      contact: { name: 'Jane Cooper', email: 'jane@halcyon.example' },
      scope: 'all',
      send: false,
    }),
  )
  const token = 'url' in opened ? opened.url.slice(-64) : ''
  const path = { portal, link: opened.id }
  const jane: Actor = {
    kind: 'contact',
    id: opened.contactId,
    linkId: opened.id,
    portalId: portal,
    name: 'Jane Cooper',
    scope: 'all',
  }
  const visit = async (ago: number) => {
    const found = await visitByLink(studio.ctx().db, studio.facts.id, path)
    if (found) await markSeen(by(jane, ago), found)
  }

  const milestones: MilestoneItem[] = []
  const today = dayOf(now, studio.facts.timeZone)
  for (const [index, [title, description]] of plan.entries()) {
    milestones.push(
      must(
        await createMilestone(mayaAt(60 * DAY), {
          portal,
          title,
          description,
          dueOn: addDays(today, -44 + index * 14),
          weight: 1 + (index % 3),
          progress: [100, 80, 70, 55, 15, 10, 0, 0][index] ?? 0,
        }),
      ),
    )
  }
  const at = (index: number) => ({ portal, milestone: milestones[index]?.id ?? '' })
  must(await requestApproval(mayaAt(50 * DAY), at(0)))
  must(await answerApproval(by(jane, 43 * DAY), at(0).milestone, { to: 'approved', note: '' }))

  for (const [index, body] of words.slice(0, 18).entries()) {
    const ago = (56 - index * 3) * DAY
    const ctx = index % 2 === 0 ? (index % 4 === 0 ? mayaAt : tomAt)(ago) : by(jane, ago)
    must(await sendMessage(ctx, { portal, body }))
  }
  must(await markThreadRead(tomAt(4 * DAY), { portal }))
  await visit(3 * DAY)
  must(await changeMilestone(mayaAt(2 * DAY), at(1), { version: 1, progress: 100, reopen: false }))
  must(await requestApproval(mayaAt(2 * DAY - HOUR), at(1)))
  must(await changeMilestone(tomAt(DAY), at(4), { version: 1, progress: 30, reopen: false }))
  for (const [title, note, inDays] of asked) {
    const dueOn = inDays === null ? null : addDays(today, inDays)
    must(await openRequest(mayaAt(6 * HOUR), { portal, title, note, dueOn }))
  }
  for (const body of words.slice(18)) must(await sendMessage(mayaAt(5 * HOUR), { portal, body }))
  for (const [index, [name, contentType, size, source]] of files.entries()) {
    const mine = source === 'client'
    await putFile(studio, {
      portal,
      name,
      contentType,
      size,
      source,
      folder: index % 5 === 4 ? 'Drafts' : '',
      byId: mine ? opened.contactId : maya.userId,
      by: mine ? 'Jane Cooper' : 'Maya Ortiz',
      at: now - (50 - index * 2) * DAY,
      earlier: index % 4 === 0 ? [{ size, at: now - 51 * DAY }] : [],
    })
  }
  for (const [description, unitAmount, ago, isPaid] of invoices) {
    const ctx = tomAt(ago * DAY)
    const lines = [{ description, quantity: '1', unitAmount, taxRate: null }]
    const { id: invoice } = must(await createDraft(ctx, { portal, lines }))
    must(await issueInvoice(ctx, { portal, invoice }))
    if (!isPaid) continue
    const receivedOn = dayOf(ctx.now + 5 * DAY, studio.facts.timeZone)
    const payment = { amount: unitAmount, method: 'bank', receivedOn, note: '' } as const
    must(await recordPayment(tomAt((ago - 5) * DAY), { portal, invoice }, payment))
  }
  return { portal, link: opened.id, token, contactId: opened.contactId }
}

/** The words of a thread of twenty. */
export const fixedWords: readonly string[] = words
