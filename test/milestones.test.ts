import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { overallProgress, moved, nextOf } from '../src/features/milestones/rules.ts'
import { paths } from '../src/paths.ts'
import { happenings, MINUTE } from './harness/link-scene.ts'
import {
  changed,
  entries,
  key,
  kinds,
  milestone,
  openPlanScene,
  patch,
  plan,
  portal,
  studio,
  titles,
  world,
  type MilestoneJson,
} from './harness/plan-scene.ts'

beforeEach(openPlanScene)

const stored = () =>
  env.DB.prepare(
    'select progress, next_title as title, next_due_on as dueOn, last_activity_at as active from portal where id = ?',
  )
    .bind(portal)
    .first<{ progress: number; title: string | null; dueOn: string | null; active: number }>()

describe('a milestone', () => {
  it('is added at the end, with what the contract names', async () => {
    const one = await milestone('Design', {
      description: ' Two\r\nlines ',
      dueOn: '2026-12-04',
      weight: 3,
    })
    expect(one).toEqual({
      id: one.id,
      title: 'Design',
      description: 'Two\nlines',
      dueOn: '2026-12-04',
      progress: 0,
      weight: 3,
      position: 0,
      version: 1,
      approval: null,
      amount: null,
      percent: null,
      invoice: null,
    })
    expect(await milestone('Launch')).toMatchObject({ position: 1, weight: 1, dueOn: null })
    expect(await titles()).toEqual(['Design', 'Launch'])
  })

  it.each([
    ['a title', { title: ' ' }, 'title'],
    ['a readable title', { title: 'a\u202eb' }, 'title'],
    ['a day', { title: 'x', dueOn: 'tomorrow' }, 'dueOn'],
    ['a day of the calendar', { title: 'x', dueOn: '2026-02-30' }, 'dueOn'],
    ['a day that people plan for', { title: 'x', dueOn: '9999-12-31' }, 'dueOn'],
    ['a progress up to 100', { title: 'x', progress: 101 }, 'progress'],
    ['a whole progress', { title: 'x', progress: 0.5 }, 'progress'],
    ['a weight from 1', { title: 'x', weight: 0 }, 'weight'],
    ['a short description', { title: 'x', description: 'x'.repeat(2001) }, 'description'],
  ])('wants %s', async (_, body, path) => {
    const answer = await world.api('POST', paths.api.milestones(portal), key, body)
    expect(answer.status).toBe(422)
    const { errors } = await answer.json<{ errors: { path: string }[] }>()
    expect(errors.map((error) => error.path)).toEqual([path])
  })

  it('is made once when the same one is asked for twice, and nobody else’s by its id', async () => {
    const id = '01a20383-51d4-730e-bdd6-3c30997306b0'
    const both = await Promise.all([milestone('Once', { id }), milestone('Once', { id })])
    expect(both.map((one) => one.id)).toEqual([id, id])
    expect(await titles()).toEqual(['Once'])
    expect((await kinds()).filter((kind) => kind === 'milestone.added')).toHaveLength(1)
    const other = await world.organization('other')
    const foreign = await other.key('owner')
    const theirs = await world.api('POST', paths.api.portals, foreign, {
      project: 'P',
      client: 'C',
      currency: 'EUR',
      contact: { name: 'X', email: 'x@y.example' },
      send: false,
    })
    const { id: theirPortal } = await theirs.json<{ id: string }>()
    const stolen = await world.api('POST', paths.api.milestones(theirPortal), foreign, {
      id,
      title: 'Once',
    })
    expect(stolen.status).toBe(409)
    expect(await stolen.text()).not.toContain('current')
  })

  it('is one of at most a hundred, however many come at once', async () => {
    for (let n = 0; n < 97; n++) await milestone(`M${n}`)
    const answers = await Promise.all(
      [1, 2, 3, 4, 5, 6].map((n) =>
        world.api('POST', paths.api.milestones(portal), key, { title: `Late ${n}` }),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 201, 409, 409, 409])
    const { results } = await env.DB.prepare(
      'select position from milestone order by position',
    ).all<{
      position: number
    }>()
    expect(results.map(({ position }) => position)).toEqual([...Array(100).keys()])
  })

  it('is listed page by page in the order of the plan', async () => {
    for (const title of ['A', 'B', 'C']) await milestone(title)
    const seen: string[] = []
    let next: string | null = ''
    while (next !== null) {
      const query: string = next === '' ? '' : `&cursor=${next}`
      const answer = await world.api('GET', `${paths.api.milestones(portal)}?limit=2${query}`, key)
      const page = await answer.json<{ items: MilestoneJson[]; next: string | null }>()
      seen.push(...page.items.map(({ title }) => title))
      next = page.next
    }
    expect(seen).toEqual(['A', 'B', 'C'])
    const wrong = await world.api('GET', `${paths.api.milestones(portal)}?cursor=x`, key)
    expect(wrong.status).toBe(422)
  })
})

describe('a change', () => {
  it('is made on the version that was seen, and a stale one learns how it is and who moved it', async () => {
    const { id } = await milestone('Design')
    expect(await changed(id, { version: 1, progress: 30 })).toMatchObject({ version: 2 })
    const stale = await patch(id, { version: 1, progress: 60 })
    expect(stale.status).toBe(409)
    expect(stale.headers.get('content-type')).toBe('application/problem+json')
    expect(await stale.json()).toMatchObject({
      current: { id, progress: 30, version: 2 },
      moved: { by: 'owner key' },
    })
    expect((await plan())[0]).toMatchObject({ progress: 30, version: 2 })
  })

  it('lands once when many race with the same version, and the others hear of it', async () => {
    const { id } = await milestone('Design')
    const answers = await Promise.all(
      [10, 20, 30, 40, 50].map((progress) => patch(id, { version: 1, progress })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409])
    const landed = await answers.find(({ ok }) => ok)?.json<MilestoneJson>()
    for (const lost of answers.filter(({ ok }) => !ok)) {
      const { current } = await lost.json<{ current: MilestoneJson }>()
      expect(current).toMatchObject({ progress: landed?.progress, version: 2 })
    }
    expect((await entries()).filter(({ kind }) => kind === 'milestone.moved')).toHaveLength(1)
    expect((await stored())?.progress).toBe(landed?.progress)
  })

  it('wants a version', async () => {
    const { id } = await milestone('Design')
    expect((await patch(id, { progress: 30 })).status).toBe(422)
    expect((await patch(id, { progress: 30, version: '1' })).status).toBe(422)
  })

  it('takes the words alone, and says that they changed', async () => {
    const { id } = await milestone('Desing', { dueOn: '2026-12-04' })
    await changed(id, { version: 1, title: 'Design', dueOn: null })
    expect((await plan())[0]).toMatchObject({ title: 'Design', dueOn: null, progress: 0 })
    expect(await kinds()).toContain('milestone.changed')
    expect(await kinds()).not.toContain('milestone.moved')
    expect((await stored())?.title).toBe('Design')
  })

  it('that changes nothing leaves no trace', async () => {
    const { id } = await milestone('Design')
    const before = await kinds()
    expect(await changed(id, { version: 1, title: 'Design', position: 9 })).toMatchObject({
      version: 1,
    })
    expect(await kinds()).toEqual(before)
  })

  it('is refused in an archived portal, which still reads', async () => {
    const { id } = await milestone('Design')
    await world.api('POST', paths.api.portalAction(portal, 'archive'), key)
    const calls = [
      patch(id, { version: 1, progress: 5 }),
      world.api('DELETE', paths.api.milestone(portal, id), key),
      world.api('POST', paths.api.milestones(portal), key, { title: 'More' }),
      world.api('POST', paths.api.requestApproval(portal, id), key),
    ]
    for (const call of calls) {
      const answer = await call
      expect(answer.status).toBe(409)
      expect(await answer.text()).toContain('archived')
    }
    expect(await plan()).toHaveLength(1)
  })

  it('finds nothing by a path that is wrong anywhere', async () => {
    const { id } = await milestone('Design')
    const made = await world.api('POST', paths.api.portals, key, {
      project: 'Another',
      client: 'C',
      currency: 'EUR',
      contact: { name: 'X', email: 'x@y.example' },
      send: false,
    })
    const { id: other } = await made.json<{ id: string }>()
    const body = { version: 1, progress: 9 }
    const at = paths.api.milestone(other, id)
    expect((await world.api('PATCH', at, key, body)).status).toBe(404)
    expect((await world.api('DELETE', at, key)).status).toBe(404)
    expect((await world.api('POST', paths.api.requestApproval(other, id), key)).status).toBe(404)
    expect(await plan(other)).toEqual([])
    expect((await plan())[0]?.progress).toBe(0)
  })
})

describe('moves of one slider', () => {
  it('within ten minutes are one entry of the log, and keep the portal’s last activity', async () => {
    const start = Date.now() + 60 * MINUTE
    vi.setSystemTime(start)
    const { id } = await milestone('Design')
    await changed(id, { version: 1, progress: 30 })
    vi.setSystemTime(start + 9 * MINUTE)
    await changed(id, { version: 2, progress: 55 })
    const moves = (await entries()).filter(({ kind }) => kind === 'milestone.moved')
    expect(moves.map(({ data }) => data)).toEqual([
      { milestone: id, title: 'Design', from: '0', to: '55' },
    ])
    expect((await stored())?.active).toBe(start + 9 * MINUTE)
    vi.setSystemTime(start + 20 * MINUTE)
    await changed(id, { version: 3, progress: 60 })
    expect((await kinds()).filter((kind) => kind === 'milestone.moved')).toHaveLength(2)
  })

  it('stay apart when somebody else, or something else, comes between', async () => {
    const one = await milestone('One')
    const two = await milestone('Two')
    await changed(one.id, { version: 1, progress: 10 })
    await changed(two.id, { version: 1, progress: 10 })
    await changed(one.id, { version: 2, progress: 20 })
    const colleague = await studio.key('member')
    expect((await patch(one.id, { version: 3, progress: 30 }, colleague)).status).toBe(200)
    expect((await happenings()).filter((kind) => kind === 'milestone.moved')).toHaveLength(4)
  })

  it('say so when they end where they began', async () => {
    const { id } = await milestone('Design', { progress: 40 })
    await changed(id, { version: 1, progress: 70 })
    await changed(id, { version: 2, progress: 40 })
    const { sentence } = await import('../src/features/activity/sentences.ts')
    const entry = (await entries()).find(({ kind }) => kind === 'milestone.moved')
    const by = { actorKind: 'member', actorName: 'Maya' }
    expect(entry && sentence({ ...entry, ...by })).toBe('Maya moved Design, and back to 40%')
  })
})

describe('the order', () => {
  const move = async (title: string, position: number) => {
    const one = (await plan()).find((each) => each.title === title)
    return patch(one?.id ?? '', { version: one?.version, position })
  }

  beforeEach(async () => {
    for (const title of ['A', 'B', 'C', 'D']) await milestone(title)
  })

  it('follows where each is put, as the rule says', async () => {
    const cases = [
      ['A', 2],
      ['D', 0],
      ['B', 99],
      ['C', 1],
    ] as const
    let expected = await titles()
    for (const [title, position] of cases) {
      expected = moved(expected, title, position)
      expect((await move(title, position)).status).toBe(200)
      expect(await titles()).toEqual(expected)
      expect((await plan()).map((each) => each.position)).toEqual([0, 1, 2, 3])
    }
  })

  it('keeps both of two moves at once, and the versions of those that only made room', async () => {
    const [a, , , d] = await plan()
    const answers = await Promise.all([
      patch(a?.id ?? '', { version: 1, position: 3 }),
      patch(d?.id ?? '', { version: 1, position: 0 }),
    ])
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    expect(await titles()).toEqual(['D', 'B', 'C', 'A'])
    expect((await plan()).map(({ version }) => version)).toEqual([2, 1, 1, 2])
  })

  it('has no hole after a deletion, and none after deletions and additions at once', async () => {
    const [a, b] = await plan()
    const remove = (one?: MilestoneJson) =>
      world.api('DELETE', paths.api.milestone(portal, one?.id ?? ''), key)
    expect((await remove(b)).status).toBe(204)
    expect((await remove(b)).status).toBe(404)
    expect((await plan()).map((each) => each.position)).toEqual([0, 1, 2])
    await Promise.all([remove(a), milestone('E'), milestone('F')])
    expect((await plan()).map((each) => each.position)).toEqual([0, 1, 2, 3])
    expect((await titles()).toSorted()).toEqual(['C', 'D', 'E', 'F'])
  })
})

it('stores the portal’s progress and next milestone as a recomputation would, whatever happened', async () => {
  let seed = 7
  const dice = (sides: number) => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed % sides
  }
  for (let round = 0; round < 60; round++) {
    const now = await plan()
    const one = now[dice(now.length || 1)]
    const { id = '', version = 1 } = one ?? {}
    const step = one === undefined ? 0 : dice(6)
    if (step === 0) await milestone(`M${round}`, { weight: 1 + dice(5), progress: dice(101) })
    if (step === 1) await world.api('DELETE', paths.api.milestone(portal, id), key)
    if (step === 2) await changed(id, { version, position: dice(now.length) })
    if (step === 3) await changed(id, { version, weight: 1 + dice(9), dueOn: '2027-01-11' })
    if (step > 3) await changed(id, { version, progress: dice(3) === 0 ? 100 : dice(101) })
    const after = await plan()
    const next = nextOf(after)
    expect(after.map((each) => each.position)).toEqual([...after.keys()])
    expect(await stored()).toMatchObject({
      progress: overallProgress(after),
      title: next?.title ?? null,
      dueOn: next?.dueOn ?? null,
    })
  }
  const shown = await world.api('GET', paths.api.portal(portal), key)
  const next = nextOf(await plan())
  expect(await shown.json()).toMatchObject({
    progress: overallProgress(await plan()),
    nextMilestone: next ? { title: next.title, dueOn: next.dueOn } : null,
  })
})

it('stays inside the tenant when a slider of another one is guessed', async () => {
  const { id } = await milestone('Design')
  const other = await world.organization('other')
  const foreign = await other.key('owner')
  expect((await patch(id, { version: 1, progress: 99 }, foreign)).status).toBe(404)
  const { cookie } = await other.person('owner')
  const byForm = await world.form(
    paths.milestoneAction(other.slug, portal, id, 'progress'),
    { version: '1', progress: '99' },
    cookie,
  )
  expect(byForm.status).toBe(404)
  const elsewhere = await world.request(paths.api.milestone(portal, id), {
    method: 'PATCH',
    headers: { cookie, origin: 'https://evil.example', 'content-type': 'application/json' },
    body: JSON.stringify({ version: 1, progress: 99 }),
  })
  expect(elsewhere.status).toBe(403)
  expect((await plan())[0]?.progress).toBe(0)
})
