import { Hono, type Context } from 'hono'
import {
  changeMilestone,
  createMilestone,
  deleteMilestone,
} from '../../features/milestones/actions.ts'
import { requestApproval } from '../../features/milestones/approval.ts'
import {
  changeMilestoneInput,
  createMilestoneInput,
  fromTemplateInput,
  saveTemplateInput,
} from '../../features/milestones/input.ts'
import {
  lastMove,
  milestoneById,
  type MilestoneItem,
  type MilestonePath,
} from '../../features/milestones/queries.ts'
import { applyTemplate, saveTemplate } from '../../features/milestones/templates.ts'
import { portalWithPlan } from '../../features/portals/plan.ts'
import { dayOf } from '../../lib/day.ts'
import type { Failure, FieldError } from '../../lib/failure.ts'
import { newId } from '../../lib/id.ts'
import { paths, withQuery, type MilestoneAction } from '../../paths.ts'
import type { FormState } from '../../ui/fields.tsx'
import { wordsFor } from '../failures.ts'
import type { Inside } from '../http.ts'
import { formValues, parse, type Values } from '../input.ts'
import { frameOf, refuse } from './frame.tsx'
import { EditMilestonePage } from './milestone-form.tsx'
import type { Trouble } from './milestone-row.tsx'
import { addHref } from './milestones-card.tsx'
import { MilestonesPage, type PlanForms } from './milestones-page.tsx'

type Here = Context<Inside>

const pathOf = (c: Here): MilestonePath => ({
  portal: c.req.param('portal') ?? '',
  milestone: c.req.param('milestone') ?? '',
})

const action = (name: MilestoneAction) =>
  paths.milestoneAction(':organization', ':portal', ':milestone', name)

/** Forms send text: what looks like a whole number is one, and the schema says what to make of the rest. */
const numbered = (values: Values, names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      names.includes(name) && /^\d{1,9}$/.test(value) ? Number(value) : value,
    ]),
  )

/** What the form of a milestone says to the schemas; an empty day is none. */
const facts = (values: Values): Record<string, unknown> => ({
  ...numbered(values, ['weight', 'version']),
  dueOn: values['dueOn'] || null,
})

/** The page's forms as they are at first, with the one that came back in the place of its own. */
function forms(c: Here, back: Partial<PlanForms> = {}): PlanForms {
  const { now, organization } = c.get('ctx')
  const blank = (values: Values): FormState => ({ values, errors: [] })
  return {
    add: blank({ id: newId(now), weight: '1' }),
    adding: false,
    save: blank({ id: newId(now) }),
    use: blank({ firstDay: dayOf(now, organization.timeZone) }),
    ...back,
  }
}

interface Shown {
  back?: Partial<PlanForms>
  trouble?: Trouble
  status?: 200 | 409 | 422
}

async function planPage(c: Here, { back, trouble, status = 200 }: Shown = {}) {
  const { db, now, organization } = c.get('ctx')
  const found = await portalWithPlan(db, organization.id, c.req.param('portal') ?? '')
  if (!found) return c.notFound()
  const props = { found, forms: forms(c, back), trouble, now }
  return c.html(<MilestonesPage {...frameOf(c)} {...props} />, status)
}

/** Back to where the form stood. */
function back(c: Here, from = 'milestones') {
  const { slug } = c.get('ctx').organization
  const { portal, milestone } = pathOf(c)
  const page = from === 'overview' ? paths.portalOf(slug, portal) : paths.milestones(slug, portal)
  return c.redirect(milestone === '' ? page : `${page}#milestone-${milestone}`, 303)
}

const editForm = (milestone: MilestoneItem): Values => ({
  version: String(milestone.version),
  title: milestone.title,
  description: milestone.description,
  dueOn: milestone.dueOn ?? '',
  weight: String(milestone.weight),
})

/** What a refused save says at its slider. */
async function troubleOf(c: Here, failure: Failure, now: MilestoneItem): Promise<string> {
  if (failure.kind !== 'conflict') return wordsFor(failure).detail
  if (failure.reason === 'approval-stands') {
    return `${now.approvalBy} approved this. Tick “Take the approval back” to change its progress.`
  }
  if (failure.reason !== 'changed-meanwhile') return wordsFor(failure).detail
  const { db, organization } = c.get('ctx')
  const move = await lastMove(db, organization.id, pathOf(c))
  const who = move === undefined ? 'It was changed' : `${move.by} moved it`
  return `${who} to ${now.progress}% meanwhile. Save again to write over that.`
}

/** Says what somebody else saved meanwhile; sending the form again then writes over it. */
const changed = ({ title }: MilestoneItem): FieldError => ({
  path: '',
  message: `Somebody changed this milestone while you had it open: it is now “${title}”. Save again to write over it with what is below.`,
})

export const milestonePages = new Hono<Inside>()
  .get(paths.milestones(':organization', ':portal'), (c) =>
    planPage(c, { back: { adding: c.req.query('add') !== undefined } }),
  )
  .post(paths.milestones(':organization', ':portal'), async (c) => {
    const ctx = c.get('ctx')
    const portal = c.req.param('portal')
    const values = await formValues(c.req.raw)
    const input = parse(createMilestoneInput, facts(values))
    if (!input.ok) {
      return planPage(c, { back: { add: { values, errors: input.errors } }, status: 422 })
    }
    const made = await createMilestone(ctx, { ...input.value, portal })
    return made.ok
      ? c.redirect(addHref(ctx.organization.slug, portal), 303)
      : refuse(c, made.failure)
  })
  .get(paths.milestone(':organization', ':portal', ':milestone'), async (c) => {
    const { db, organization } = c.get('ctx')
    const milestone = await milestoneById(db, organization.id, pathOf(c))
    if (!milestone) return c.notFound()
    const form: FormState = { values: editForm(milestone), errors: [] }
    return c.html(<EditMilestonePage {...frameOf(c)} milestone={milestone} form={form} />)
  })
  .post(paths.milestone(':organization', ':portal', ':milestone'), async (c) => {
    const ctx = c.get('ctx')
    const values = await formValues(c.req.raw)
    const again = async (errors: FieldError[], status: 409 | 422) => {
      const milestone = await milestoneById(ctx.db, ctx.organization.id, pathOf(c))
      if (!milestone) return c.notFound()
      const version = String(milestone.version)
      const form: FormState =
        status === 409
          ? { values: { ...values, version }, errors: [changed(milestone)] }
          : { values, errors }
      return c.html(<EditMilestonePage {...frameOf(c)} milestone={milestone} form={form} />, status)
    }
    const { title, description, dueOn, weight, version } = facts(values)
    const wanted = { title, description, dueOn, weight, version }
    const input = parse(changeMilestoneInput, wanted)
    if (!input.ok) return again(input.errors, 422)
    const saved = await changeMilestone(ctx, pathOf(c), input.value)
    if (saved.ok) return back(c)
    const { failure } = saved
    const meanwhile = failure.kind === 'conflict' && failure.reason === 'changed-meanwhile'
    return meanwhile ? again([], 409) : refuse(c, failure)
  })
  .post(action('progress'), async (c) => {
    const ctx = c.get('ctx')
    const values = await formValues(c.req.raw)
    const { version, progress } = numbered(values, ['version', 'progress'])
    const input = parse(changeMilestoneInput, {
      version,
      progress,
      reopen: values['reopen'] === 'yes',
    })
    if (!input.ok) return refuse(c, { kind: 'invalid', errors: input.errors })
    const saved = await changeMilestone(ctx, pathOf(c), input.value)
    if (saved.ok) return back(c, values['from'])
    if (saved.failure.kind !== 'conflict') return refuse(c, saved.failure)
    const now = await milestoneById(ctx.db, ctx.organization.id, pathOf(c))
    if (!now) return c.notFound()
    // The second of two clicks finds its own save done.
    if (now.progress === input.value.progress) return back(c, values['from'])
    const message = await troubleOf(c, saved.failure, now)
    const trouble = { milestone: now.id, message, progress: values['progress'] ?? '' }
    return planPage(c, { trouble, status: 409 })
  })
  .post(action('move'), async (c) => {
    const ctx = c.get('ctx')
    const values = await formValues(c.req.raw)
    const { version, position } = numbered(values, ['version', 'position'])
    const input = parse(changeMilestoneInput, { version, position })
    if (!input.ok) return refuse(c, { kind: 'invalid', errors: input.errors })
    const moved = await changeMilestone(ctx, pathOf(c), input.value)
    if (moved.ok) return back(c)
    const now = await milestoneById(ctx.db, ctx.organization.id, pathOf(c))
    return now?.position === input.value.position ? back(c) : refuse(c, moved.failure)
  })
  .post(action('request-approval'), async (c) => {
    const asked = await requestApproval(c.get('ctx'), pathOf(c))
    return asked.ok ? back(c) : refuse(c, asked.failure)
  })
  .post(action('delete'), async (c) => {
    const ctx = c.get('ctx')
    const { portal } = pathOf(c)
    const gone = await deleteMilestone(ctx, pathOf(c))
    return gone.ok
      ? c.redirect(paths.milestones(ctx.organization.slug, portal), 303)
      : refuse(c, gone.failure)
  })
  .post(paths.saveTemplate(':organization', ':portal'), async (c) => {
    const ctx = c.get('ctx')
    const values = await formValues(c.req.raw)
    const input = parse(saveTemplateInput, values)
    if (!input.ok) {
      return planPage(c, { back: { save: { values, errors: input.errors } }, status: 422 })
    }
    const saved = await saveTemplate(ctx, { ...input.value, portal: c.req.param('portal') })
    return saved.ok
      ? c.redirect(
          withQuery(paths.templates(ctx.organization.slug), { saved: saved.value.id }),
          303,
        )
      : refuse(c, saved.failure)
  })
  .post(paths.useTemplate(':organization', ':portal'), async (c) => {
    const ctx = c.get('ctx')
    const values = await formValues(c.req.raw)
    const input = parse(fromTemplateInput, values)
    if (!input.ok) {
      return planPage(c, { back: { use: { values, errors: input.errors } }, status: 422 })
    }
    const used = await applyTemplate(ctx, { ...input.value, portal: c.req.param('portal') })
    return used.ok ? back(c) : refuse(c, used.failure)
  })
