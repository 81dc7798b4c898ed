import { beforeEach, describe, expect, it } from 'vitest'
import { paths, type MilestoneAction } from '../src/paths.ts'
import {
  changed,
  key,
  milestone,
  openPlanScene,
  plan,
  portal,
  studio,
  titles,
  world,
  type MilestoneJson,
} from './harness/plan-scene.ts'

// The team's pages as they are where no script runs.

let cookie: string
let design: MilestoneJson

beforeEach(async () => {
  await openPlanScene()
  cookie = (await studio.person('member')).cookie
  design = await milestone('Design', { progress: 20, dueOn: '2020-02-03' })
})

const here = () => paths.milestones(studio.slug, portal)
const read = async (path: string) => (await world.request(path, { headers: { cookie } })).text()
const send = (path: string, values: Record<string, string>) => world.form(path, values, cookie)
const act = (action: MilestoneAction, values: Record<string, string> = {}, id = design.id) =>
  send(paths.milestoneAction(studio.slug, portal, id, action), values)

describe('a slider’s form', () => {
  it('saves and leads back to where it stood', async () => {
    const moved = await act('progress', { version: '1', progress: '40', from: 'milestones' })
    expect(moved.status).toBe(303)
    expect(moved.headers.get('location')).toBe(`${here()}#milestone-${design.id}`)
    const again = await act('progress', { version: '2', progress: '45', from: 'overview' })
    expect(again.headers.get('location')).toBe(
      `${paths.portalOf(studio.slug, portal)}#milestone-${design.id}`,
    )
    expect((await plan())[0]).toMatchObject({ progress: 45, version: 3 })
  })

  it('sent twice is saved once', async () => {
    const values = { version: '1', progress: '40' }
    expect((await act('progress', values)).status).toBe(303)
    expect((await act('progress', values)).status).toBe(303)
    expect((await plan())[0]).toMatchObject({ progress: 40, version: 2 })
  })

  it('made on an older version says who was faster, and keeps the value for a second try', async () => {
    await changed(design.id, { version: 1, progress: 70 })
    const late = await act('progress', { version: '1', progress: '30' })
    expect(late.status).toBe(409)
    const html = await late.text()
    expect(html).toContain('owner key moved it to 70% meanwhile.')
    expect(html).toMatch(/name="version" value="2"/)
    expect(html).toMatch(/type="range"[^>]*value="30"/)
    expect((await plan())[0]?.progress).toBe(70)
    expect((await act('progress', { version: '2', progress: '30' })).status).toBe(303)
  })

  it.each([
    [{ version: '1', progress: '101' }],
    [{ version: '1', progress: '-1' }],
    [{ version: '1', progress: '1e2' }],
    [{ version: '1' }],
    [{ progress: '5' }],
  ])('refuses %o', async (values) => {
    const { progress } = design
    const answer = await act('progress', values as Record<string, string>)
    // Without a progress there is nothing to change.
    expect(answer.status).toBe('progress' in values ? 422 : 303)
    expect((await plan())[0]?.progress).toBe(progress)
  })
})

describe('the plan’s forms', () => {
  it('add one, once for two clicks, and are ready for the next', async () => {
    const id = '01a20383-51d4-730e-bdd6-3c30997306b0'
    const values = { id, title: 'Launch', description: 'At\r\nlast', dueOn: '', weight: '2' }
    for (const _ of [1, 2]) {
      const added = await send(here(), values)
      expect(added.status).toBe(303)
      expect(added.headers.get('location')).toBe(`${here()}?add=1#add`)
    }
    expect((await plan())[1]).toMatchObject({ id, description: 'At\nlast', dueOn: null, weight: 2 })
    expect(await titles()).toEqual(['Design', 'Launch'])
    expect(await read(`${here()}?add=1`)).toMatch(/name="title"[^>]*autofocus/)
  })

  it('come back with what was typed and a message at the field', async () => {
    const bad = await send(here(), { title: '', description: 'kept', dueOn: '', weight: '0' })
    expect(bad.status).toBe(422)
    const html = await bad.text()
    expect(html).toContain('The title is missing.')
    expect(html).toContain('The weight is a whole number from 1 to 100.')
    expect(html).toContain('kept')
    expect(await plan()).toHaveLength(1)
  })

  it('edit one, and say when somebody else did meanwhile', async () => {
    const at = paths.milestone(studio.slug, portal, design.id)
    expect(await read(at)).toMatch(/name="title"[^>]*value="Design"/)
    const values = { title: 'The design', description: '', dueOn: '2026-12-04', weight: '5' }
    expect((await send(at, { ...values, version: '1' })).status).toBe(303)
    const late = await send(at, { ...values, title: 'Mine', version: '1' })
    expect(late.status).toBe(409)
    const html = await late.text()
    expect(html).toContain('it is now “The design”')
    expect(html).toMatch(/name="version" value="2"/)
    expect((await send(at, { ...values, title: 'Mine', version: '2' })).status).toBe(303)
    expect((await plan())[0]).toMatchObject({ title: 'Mine', weight: 5, progress: 20 })
    const bad = await send(at, { ...values, title: ' ', version: '3' })
    expect(bad.status).toBe(422)
  })

  it('never let the form of the words move the slider', async () => {
    const at = paths.milestone(studio.slug, portal, design.id)
    const values = { title: 'Design', description: '', dueOn: '', weight: '1', version: '1' }
    await send(at, { ...values, progress: '99', position: '7', reopen: 'yes' })
    expect((await plan())[0]).toMatchObject({ progress: 20, dueOn: null })
  })

  it('put it in order, where a second click finds it there already', async () => {
    await milestone('Launch')
    const values = { version: '1', position: '1' }
    for (const _ of [1, 2]) expect((await act('move', values)).status).toBe(303)
    expect(await titles()).toEqual(['Launch', 'Design'])
    expect((await act('move', { version: '1', position: '0' })).status).toBe(409)
    expect((await act('move', { version: '2', position: '-1' })).status).toBe(422)
  })

  it('ask for sign-off, and delete', async () => {
    expect((await act('request-approval')).status).toBe(303)
    expect(await read(here())).toContain('Waiting for sign-off since')
    expect((await act('delete')).status).toBe(303)
    expect((await act('delete')).status).toBe(404)
    expect(await plan()).toEqual([])
  })
})

it('mark what is late, on the team’s pages and the client’s', async () => {
  const late = /Due Mon,? 3 Feb 2020, \d+ days late/
  expect(await read(here())).toMatch(late)
  expect(await read(paths.portalOf(studio.slug, portal))).toMatch(late)
  expect(await read(paths.portals(studio.slug))).toMatch(/Mon,? 3 Feb 2020, \d+ days late/)
})

it('only read in an archived portal', async () => {
  await world.api('POST', paths.api.portalAction(portal, 'archive'), key)
  for (const page of [here(), paths.portalOf(studio.slug, portal)]) {
    const html = await read(page)
    expect(html).toContain('<progress max="100" value="20"')
    expect(html).not.toContain('type="range"')
    expect(html).not.toContain('/move"')
    expect(html).not.toContain('Add<span')
  }
  for (const action of ['progress', 'move', 'request-approval', 'delete'] as const) {
    const values = { version: '1', progress: '50', position: '0' }
    expect((await act(action, values)).status).toBe(action === 'move' ? 303 : 409)
  }
  expect((await send(here(), { title: 'More', weight: '1' })).status).toBe(409)
  expect((await plan())[0]).toMatchObject({ progress: 20, version: 1, approval: null })
})
