import type { TenantCtx } from '../../src/ctx.ts'
import { changeMilestone, createMilestone } from '../../src/features/milestones/actions.ts'
import { answerApproval, requestApproval } from '../../src/features/milestones/approval.ts'
import { milestoneById, type MilestonePath } from '../../src/features/milestones/queries.ts'
import { saveTemplate } from '../../src/features/milestones/templates.ts'
import { addDays, dayOf } from '../../src/lib/day.ts'
import { asContact } from './as-contact.ts'
import { must } from './must.ts'
import type { Desk } from './organization.ts'
import type { MilestoneStory, PlanStory } from './plans.ts'

interface Event {
  ago: number
  happen: () => Promise<unknown>
}

/** Plays what became of a portal's plan, oldest first, through the verbs that the app would have used. */
export async function playPlan(
  desk: Desk,
  { portal, by }: { portal: string; by: string },
  { planned, milestones, template }: PlanStory,
): Promise<void> {
  const events: Event[] = []
  for (const [index, story] of milestones.entries()) {
    const { title, description = '', due, weight = 1 } = story
    const ctx = desk.ctx(by, planned - index * 1000)
    const dueOn = due === undefined ? null : workday(desk.ctx(by, due))
    const facts = { title, description, dueOn, weight, progress: 0 }
    const { id } = must(await createMilestone(ctx, { ...facts, portal }))
    events.push(...eventsOf(desk, by, { portal, milestone: id }, story))
  }
  if (template) {
    const { name, ago } = template
    events.push({
      ago,
      happen: async () => must(await saveTemplate(desk.ctx(by, ago), { name, portal })),
    })
  }
  for (const { happen } of events.toSorted((a, b) => b.ago - a.ago)) await happen()
}

function eventsOf(desk: Desk, by: string, path: MilestonePath, story: MilestoneStory): Event[] {
  const { moves = [], asked, approved, changes } = story
  const answer = (given: NonNullable<MilestoneStory['approved']>, to: 'approved' | 'changes') => ({
    ago: given.ago,
    happen: async () => {
      const ctx = await asContact(desk.ctx(by, given.ago), path.portal, given.by)
      return must(await answerApproval(ctx, path.milestone, { to, note: given.note ?? '' }))
    },
  })
  return [
    ...moves.map(({ ago, to }) => ({ ago, happen: () => move(desk.ctx(by, ago), path, to) })),
    ...(asked === undefined
      ? []
      : [
          {
            ago: asked,
            happen: async () => must(await requestApproval(desk.ctx(by, asked), path)),
          },
        ]),
    ...(approved ? [answer(approved, 'approved')] : []),
    ...(changes ? [answer(changes, 'changes')] : []),
  ]
}

async function move(ctx: TenantCtx, path: MilestonePath, progress: number): Promise<void> {
  const { version = 1 } = (await milestoneById(ctx.db, ctx.organization.id, path)) ?? {}
  must(await changeMilestone(ctx, path, { version, progress, reopen: false }))
}

/** The instant's day; nothing is due on a weekend. */
function workday({ now, organization }: TenantCtx): string {
  const day = dayOf(now, organization.timeZone)
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return addDays(day, weekday === 6 ? 2 : weekday === 0 ? 1 : 0)
}
