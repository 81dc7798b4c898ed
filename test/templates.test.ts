import { beforeEach, describe, expect, it, vi } from 'vitest'
import { newId } from '../src/lib/id.ts'
import { paths } from '../src/paths.ts'
import { DAY } from './harness/link-scene.ts'
import {
  entries,
  key,
  milestone,
  openPlanScene,
  plan,
  portal,
  studio,
  world,
} from './harness/plan-scene.ts'

let cookie: string

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  // Half past midnight in Oslo, and the day before in UTC.
  vi.setSystemTime(Date.UTC(2026, 0, 30, 23, 30))
  await openPlanScene()
  cookie = (await studio.person('member')).cookie
  await milestone('Concept', { description: 'Two\nlines', dueOn: '2026-02-28', weight: 3 })
  await milestone('Long before', { dueOn: '2026-01-01' })
  await milestone('Some day', { progress: 100 })
})

const save = (values: Record<string, string>, of = portal) =>
  world.form(paths.saveTemplate(studio.slug, of), values, cookie)
const use = (of: string, template: string, firstDay: string) =>
  world.form(paths.useTemplate(studio.slug, of), { template, firstDay }, cookie)

async function saved(name = 'Website'): Promise<string> {
  const answer = await save({ name })
  expect(answer.status).toBe(303)
  return new URL(answer.headers.get('location') ?? '', world.origin).searchParams.get('saved') ?? ''
}

async function entriesOfSaving() {
  const { results } = await world.env.DB.prepare(
    `select portal_id as portal, data from activity
    where organization_id = ? and kind = 'template.saved'`,
  )
    .bind(studio.facts.id)
    .all()
  return results
}

async function another(over: object = {}): Promise<string> {
  const made = await world.api('POST', paths.api.portals, key, {
    project: 'Another',
    client: 'C',
    currency: 'EUR',
    contact: { name: 'X', email: 'x@y.example' },
    send: false,
    ...over,
  })
  expect(made.status).toBe(201)
  return (await made.json<{ id: string }>()).id
}

describe('a template', () => {
  it('counts due days from the portal’s first day in its zone, on over months and leap days', async () => {
    const template = await saved()
    const cases = [
      // 28 days after 31 January.
      ['2027-12-10', '2028-01-07'],
      ['2028-02-05', '2028-03-04'],
      // Over the night in which Oslo loses an hour.
      ['2027-03-10', '2027-04-07'],
    ] as const
    for (const [firstDay, due] of cases) {
      const portal = await another()
      expect((await use(portal, template, firstDay)).status).toBe(303)
      expect(await plan(portal)).toMatchObject([
        { title: 'Concept', description: 'Two\nlines', dueOn: due, weight: 3, position: 0 },
        // What was due before the portal was opened is due on its first day.
        { title: 'Long before', dueOn: firstDay, progress: 0, position: 1 },
        { title: 'Some day', dueOn: null, progress: 0, position: 2, version: 1, approval: null },
      ])
    }
  })

  it('starts a new portal in the batch that opens it, from the day it is opened on', async () => {
    const template = await saved()
    vi.setSystemTime(Date.UTC(2026, 5, 1, 22, 30))
    const id = await another({ template })
    expect((await plan(id)).map(({ dueOn }) => dueOn)).toEqual(['2026-06-30', '2026-06-02', null])
    const shown = await world.api('GET', paths.api.portal(id), key)
    expect(await shown.json()).toMatchObject({
      progress: 0,
      nextMilestone: { title: 'Concept', dueOn: '2026-06-30' },
    })
  })

  it('fills an empty plan alone, and once for two clicks', async () => {
    const template = await saved()
    const id = await another()
    const answers = await Promise.all([
      use(id, template, '2026-03-01'),
      use(id, template, '2026-03-01'),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409])
    expect(await plan(id)).toHaveLength(3)
    expect((await use(portal, template, '2026-03-01')).status).toBe(409)
    expect(await plan()).toHaveLength(3)
  })

  it('is saved once for two clicks, and shows in the settings', async () => {
    const id = newId(Date.now())
    const both = await Promise.all([save({ id, name: 'Twice' }), save({ id, name: 'Twice' })])
    expect(both.map(({ status }) => status)).toEqual([303, 303])
    expect(await entriesOfSaving()).toHaveLength(1)
    const page = await world.request(paths.templates(studio.slug), { headers: { cookie } })
    const html = await page.text()
    expect(html.match(/<bdi>Twice<\/bdi><\/b>/g)).toHaveLength(1)
    expect(html).toContain('3 milestones')
  })

  it('comes back with a message where something is missing', async () => {
    const unnamed = await save({ name: ' ' })
    expect(unnamed.status).toBe(422)
    expect(await unnamed.text()).toContain('The name is missing.')
    const id = await another()
    const noDay = await use(id, await saved(), '2026-02-31')
    expect(noDay.status).toBe(422)
    expect(await noDay.text()).toContain('Give a day as in 2026-12-31.')
    expect((await save({ name: 'Of nothing' }, id)).status).toBe(409)
    expect(await plan(id)).toEqual([])
  })

  it('is the organisation’s: saving one from an archived portal leaves that as it was', async () => {
    await world.api('POST', paths.api.portalAction(portal, 'archive'), key)
    const of = (id: string) =>
      world.env.DB.prepare('select * from portal where id = ?').bind(id).first()
    const [before, log] = [await of(portal), await entries()]
    vi.setSystemTime(Date.now() + DAY)
    await saved('From the archive')
    expect(await of(portal)).toEqual(before)
    expect(await entries()).toEqual(log)
    expect(await entriesOfSaving()).toEqual([
      { portal: null, data: '{"name":"From the archive","project":"Website relaunch"}' },
    ])
    const page = await world.request(paths.activity(studio.slug), { headers: { cookie } })
    const words = (await page.text()).replace(/<[^>]*>/g, '')
    expect(words).toContain('saved the plan of Website relaunch as the template From the archive')
  })

  it('goes without the portals that were started from it', async () => {
    const template = await saved()
    const id = await another()
    await use(id, template, '2026-03-01')
    const remove = () => world.form(paths.deleteTemplate(studio.slug, template), {}, cookie)
    expect((await remove()).status).toBe(303)
    expect((await remove()).status).toBe(404)
    expect(await plan(id)).toHaveLength(3)
    const late = await world.api('POST', paths.api.portals, key, {
      project: 'Late',
      client: 'C',
      currency: 'EUR',
      contact: { name: 'X', email: 'x@y.example' },
      template,
    })
    expect(late.status).toBe(422)
    expect(await late.text()).toContain('This template is no longer there.')
  })

  it('is of no use to another tenant, and fills no archived portal', async () => {
    const template = await saved()
    const other = await world.organization('other')
    const foreign = await other.key('owner')
    const stolen = await world.api('POST', paths.api.portals, foreign, {
      project: 'P',
      client: 'C',
      currency: 'EUR',
      contact: { name: 'X', email: 'x@y.example' },
      template,
    })
    expect(stolen.status).toBe(422)
    const id = await another()
    await world.api('POST', paths.api.portalAction(id, 'archive'), key)
    const archived = await use(id, template, '2026-03-01')
    expect(archived.status).toBe(409)
    expect(await archived.text()).toContain('This portal is archived')
  })
})

it('pages through templates, newest first', async () => {
  for (let n = 0; n < 52; n++) {
    vi.setSystemTime(Date.UTC(2026, 0, 31) + n * 1000)
    await saved(`Template ${n}`)
  }
  const read = async (path: string) => (await world.request(path, { headers: { cookie } })).text()
  const first = await read(paths.templates(studio.slug))
  expect(first).toContain('<bdi>Template 51</bdi>')
  expect(first).not.toContain('<bdi>Template 1</bdi>')
  const older = /href="([^"]+)"[^>]*>Older/.exec(first)?.[1] ?? ''
  expect(await read(older)).toContain('<bdi>Template 1</bdi>')
  vi.setSystemTime(Date.now() + DAY)
  const id = await another()
  expect(await read(paths.milestones(studio.slug, id))).toContain('Start from a template')
  expect(await entriesOfSaving()).toHaveLength(52)
})
