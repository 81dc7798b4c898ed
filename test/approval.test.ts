import { beforeEach, describe, expect, it, vi } from 'vitest'
import { member } from '../src/db/schema/members.ts'
import { contact } from '../src/db/schema/links.ts'
import { eq } from 'drizzle-orm'
import { paths } from '../src/paths.ts'
import { act, create, happenings, MINUTE, token } from './harness/link-scene.ts'
import {
  ask,
  changed,
  client,
  colleague,
  entries,
  janes,
  key,
  kinds,
  mailsTo,
  milestone,
  openPlanScene,
  patch,
  plan,
  portal,
  say,
  studio,
  tell,
  world,
  type MilestoneJson,
} from './harness/plan-scene.ts'

let design: MilestoneJson

beforeEach(async () => {
  await openPlanScene()
  design = await milestone('Design', { progress: 100, dueOn: '2026-12-04' })
})

const page = async (by = janes) => (await world.request(paths.portal(by))).text()

describe('asking for sign-off', () => {
  it('is kept with who and when, shown to the client, and mailed to them once', async () => {
    const team = await colleague()
    const [first, second] = await Promise.all([ask(design.id), ask(design.id)])
    expect([first.status, second.status]).toEqual([200, 200])
    expect(await first.json()).toMatchObject({
      version: 2,
      approval: { state: 'requested', by: 'owner key', note: null },
    })
    expect((await ask(design.id)).status).toBe(200)
    expect((await kinds()).filter((kind) => kind === 'approval.requested')).toHaveLength(1)
    expect(await page()).toContain('Waiting for your sign-off')
    const mails = await mailsTo(client)
    expect(mails).toHaveLength(1)
    expect(mails[0]?.subject).toBe('Website relaunch: please approve “Design”')
    expect(mails[0]?.text).toContain(`${paths.portal(janes)}#milestone-${design.id}`)
    expect(mails[0]?.headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click')
    expect(mails[0]?.headers['List-Unsubscribe']).toMatch(/^<https:.*\/api\/unsubscribe\//)
    expect(await mailsTo(team)).toEqual([])
  })

  it('mails each contact who can see it, and nobody else', async () => {
    const invite = (email: string, over: object = {}) =>
      create({ contact: { name: 'X', email }, send: false, ...over })
    await invite('billing@client.example', { scope: 'billing' })
    await act(await invite('paused@client.example'), 'pause')
    await invite('silent@client.example')
    await invite('twice@client.example')
    await invite('twice@client.example')
    const { db } = studio.ctx()
    await db
      .update(contact)
      .set({ unsubscribedAt: 1 })
      .where(eq(contact.email, 'silent@client.example'))
    await ask(design.id)
    const mailed = (await world.mails()).map(({ to }) => to).toSorted()
    expect(mailed).toEqual(['first@client.example', client, 'twice@client.example'])
  })

  it('says how to end these mails as every mail does that this ends', async () => {
    await ask(design.id)
    const [mail] = await mailsTo(client)
    const [address] = /https:\S+\/api\/unsubscribe\/\S+/.exec(mail?.text ?? '') ?? []
    expect(mail?.text).toContain(`No more emails with news: ${address}`)
    expect(mail?.html).toContain(`href="${address}"`)
    expect(mail?.headers['List-Unsubscribe']).toBe(`<${address}>`)
  })

  it('is not sent any more once they asked for no more of these', async () => {
    world.mailServerIs('down')
    await ask(design.id)
    await studio
      .ctx()
      .db.update(contact)
      .set({ unsubscribedAt: 1 })
      .where(eq(contact.email, client))
    world.mailServerIs('up')
    await world.minute(60 * MINUTE)
    expect(await mailsTo(client)).toEqual([])
    const { results } = await world.env.DB.prepare('select kind from job').all()
    expect(results).toEqual([])
  })

  it('is not sent any more once the answer was there first', async () => {
    world.intercept(() => new Response(null, { status: 500 }))
    await ask(design.id)
    await tell(design.id, 'approve')
    world.intercept(undefined)
    await world.minute(5 * MINUTE)
    expect(await mailsTo(client)).toEqual([])
  })

  it('goes out again, with another mail, after changes were asked for', async () => {
    await ask(design.id)
    await say(design.id, 'request-changes', { note: 'Bigger' })
    vi.setSystemTime(Date.now() + MINUTE)
    expect((await ask(design.id)).status).toBe(200)
    expect((await plan())[0]?.approval).toMatchObject({ state: 'requested', note: null })
    expect(await mailsTo(client)).toHaveLength(2)
  })

  it('is refused while the client’s approval stands', async () => {
    await ask(design.id)
    await say(design.id, 'approve')
    expect((await ask(design.id)).status).toBe(409)
  })
})

describe('the client’s word', () => {
  beforeEach(() => ask(design.id))

  it('approves by the page’s form, and a second click changes nothing', async () => {
    const [first, second] = await Promise.all([
      say(design.id, 'approve'),
      say(design.id, 'approve'),
    ])
    for (const answer of [first, second, await say(design.id, 'approve')]) {
      expect(answer.status).toBe(303)
      expect(answer.headers.get('location')).toBe(`${paths.portal(janes)}#milestone-${design.id}`)
    }
    expect((await plan())[0]?.approval).toMatchObject({ state: 'approved', by: 'Jane Cooper' })
    expect((await kinds()).filter((kind) => kind === 'approval.given')).toHaveLength(1)
    expect(await page()).toMatch(/Approved by <bdi>you<\/bdi>/)
  })

  it('asks for changes with a note, which the team reads on its page and in a mail', async () => {
    const team = await colleague()
    const quiet = await studio.member('admin')
    await studio.ctx().db.update(member).set({ notify: false }).where(eq(member.id, quiet.id))
    const answer = await say(design.id, 'request-changes', { note: 'The blue\r\nis too cold' })
    expect(answer.status).toBe(303)
    expect((await plan())[0]?.approval).toMatchObject({
      state: 'changes',
      by: 'Jane Cooper',
      note: 'The blue\nis too cold',
    })
    const { cookie } = await studio.person('member')
    const shown = await world.request(paths.milestones(studio.slug, portal), {
      headers: { cookie },
    })
    expect(await shown.text()).toContain('The blue<br/>is too cold')
    const [mail] = await mailsTo(team)
    expect(mail?.subject).toBe('Jane Cooper asks for changes to “Design” · Website relaunch')
    expect(mail?.text).toContain('The blue\nis too cold')
    expect(mail?.text).toContain(paths.milestones(studio.slug, portal))
    expect(mail?.text).not.toContain(janes)
    expect(await mailsTo(quiet.email)).toEqual([])
  })

  it('without saying what should change comes back, with what was written', async () => {
    const empty = await say(design.id, 'request-changes', { note: ' \n ' })
    expect(empty.status).toBe(422)
    expect(await empty.text()).toContain('Say in a few words what should change.')
    const long = `kept ${'x'.repeat(2000)}`
    const tooLong = await say(design.id, 'request-changes', { note: long })
    expect(tooLong.status).toBe(422)
    expect(await tooLong.text()).toContain(long)
    expect((await plan())[0]?.approval?.state).toBe('requested')
  })

  it('comes too late in plain words when somebody answered before', async () => {
    const other = token(
      (await create({ contact: { name: 'Leo', email: 'leo@client.example' }, send: false })).url,
    )
    await say(design.id, 'approve')
    const late = await say(design.id, 'request-changes', { note: 'But the logo', by: other })
    expect(late.status).toBe(409)
    const html = await late.text()
    expect(html).toContain('This was answered already')
    expect(html).toMatch(/Approved by <bdi>Jane Cooper<\/bdi>/)
    expect((await plan())[0]?.approval).toMatchObject({ state: 'approved', by: 'Jane Cooper' })
  })

  it('lands once when two contacts answer at the same time', async () => {
    const other = token(
      (await create({ contact: { name: 'Leo', email: 'leo@client.example' }, send: false })).url,
    )
    const team = await colleague()
    const answers = await Promise.all([
      tell(design.id, 'approve'),
      tell(design.id, 'request-changes', { body: { note: 'No' }, by: other }),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    const said = (await kinds()).filter((kind) => /^approval\.(given|changes)/.test(kind))
    expect(said).toHaveLength(1)
    expect(await mailsTo(team)).toHaveLength(1)
  })

  it('is not taken in an archived portal', async () => {
    await world.api('POST', paths.api.portalAction(portal, 'archive'), key)
    const answer = await say(design.id, 'approve')
    expect(answer.status).toBe(409)
    expect(await answer.text()).toContain('This portal is archived')
    expect((await tell(design.id, 'approve')).status).toBe(409)
    expect((await plan())[0]?.approval?.state).toBe('requested')
  })

  it('is taken by the API as well, with the item as it is then', async () => {
    const answer = await tell(design.id, 'request-changes', { body: { note: 'Bigger' } })
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({
      id: design.id,
      approval: { state: 'changes', by: 'Jane Cooper', note: 'Bigger' },
    })
    expect((await tell(design.id, 'approve')).status).toBe(409)
    const wrong = await tell(design.id, 'approve', { body: { note: 5 } })
    expect(wrong.status).toBe(422)
  })

  it('counts as a visit, which looking alone does not', async () => {
    await page()
    expect(await happenings()).not.toContain('link.opened')
    await say(design.id, 'approve')
    expect((await happenings()).filter((kind) => kind === 'link.opened')).toHaveLength(1)
  })
})

describe('somebody who may not answer', () => {
  const attempts = async (by: string) => {
    const statuses: number[] = []
    for (const answer of ['approve', 'request-changes'] as const) {
      statuses.push((await say(design.id, answer, { note: 'Let me', by })).status)
      statuses.push((await tell(design.id, answer, { body: { note: 'Let me' }, by })).status)
    }
    expect((await plan())[0]?.approval).toMatchObject({ state: 'requested' })
    expect((await kinds()).filter((kind) => /^approval\.(given|changes)/.test(kind))).toEqual([])
    return new Set(statuses)
  }

  beforeEach(() => ask(design.id))

  it('finds nothing: a link to invoices, to another portal, a replaced one, none at all', async () => {
    const billing = await create({
      contact: { name: 'Accounts', email: 'ap@client.example' },
      scope: 'billing',
      send: false,
    })
    expect(await attempts(token(billing.url))).toEqual(new Set([404]))
    const elsewhere = await world.api('POST', paths.api.portals, key, {
      project: 'Another',
      client: 'C',
      currency: 'EUR',
      contact: { name: 'Eve', email: 'eve@other.example' },
      send: false,
    })
    const { links } = await elsewhere.json<{ links: { url: string }[] }>()
    expect(await attempts(token(links[0]?.url))).toEqual(new Set([404]))
    const gone = await create({
      contact: { name: 'Old', email: 'old@client.example' },
      send: false,
    })
    await act(gone, 'replace', { send: false })
    expect(await attempts(token(gone.url))).toEqual(new Set([404]))
    expect(await attempts('f'.repeat(64))).toEqual(new Set([404]))
    expect(await attempts('made-up')).toEqual(new Set([404]))
  })

  it('sees nothing of the plan by a link to invoices', async () => {
    const { url } = await create({ scope: 'billing', send: false })
    const seen = await world.request(paths.api.client(token(url)))
    const body = await seen.json<object>()
    for (const field of ['progress', 'milestones', 'nextMilestone']) {
      expect(body).not.toHaveProperty(field)
    }
    const all = await world.request(paths.api.client(janes))
    expect(await all.json()).toMatchObject({
      progress: 100,
      nextMilestone: null,
      milestones: [{ id: design.id, approval: { state: 'requested', by: 'owner key' } }],
    })
  })
})

it('a replayed answer does nothing once the team has taken the approval back', async () => {
  await ask(design.id)
  await say(design.id, 'approve')
  await changed(design.id, { version: 3, progress: 90, reopen: true })
  expect((await say(design.id, 'approve')).status).toBe(409)
  expect((await plan())[0]?.approval).toBeNull()
})

describe('moving an approved milestone', () => {
  beforeEach(async () => {
    await ask(design.id)
    await say(design.id, 'approve')
  })

  it('asks first, then takes the approval back and says so', async () => {
    const refused = await patch(design.id, { version: 3, progress: 80 })
    expect(refused.status).toBe(409)
    expect(await refused.json()).toMatchObject({
      current: { progress: 100, version: 3, approval: { state: 'approved', by: 'Jane Cooper' } },
    })
    const done = await changed(design.id, { version: 3, progress: 80, reopen: true })
    expect(done).toMatchObject({ progress: 80, approval: null, version: 4 })
    const log = await kinds()
    // Of one instant, in any order.
    expect(log.slice(-2).toSorted()).toEqual(['milestone.moved', 'milestone.reopened'])
    expect(await page()).not.toContain('Approved by')
  })

  it('leaves the approval when only words, weight or place change', async () => {
    await milestone('Launch')
    await changed(design.id, { version: 3, title: 'The design', weight: 4, position: 1 })
    expect((await plan())[1]).toMatchObject({
      title: 'The design',
      approval: { state: 'approved' },
    })
  })

  it('needs the box ticked where no script runs', async () => {
    const { cookie } = await studio.person('member')
    const move = (values: Record<string, string>) =>
      world.form(
        paths.milestoneAction(studio.slug, portal, design.id, 'progress'),
        { version: '3', progress: '80', ...values },
        cookie,
      )
    const asked = await move({})
    expect(asked.status).toBe(409)
    const html = await asked.text()
    expect(html).toContain('Jane Cooper approved this. Tick “Take the approval back”')
    expect(html).toMatch(/value="80"/)
    expect((await move({ reopen: 'yes' })).status).toBe(303)
    expect((await plan())[0]).toMatchObject({ progress: 80, approval: null })
  })
})

it('makes hostile words harmless on both pages and in both mails', async () => {
  const hostile = '<script>alert(1)</script>"\'&'
  const team = await colleague()
  const { id } = await milestone(hostile, { description: hostile, progress: 40 })
  await ask(id)
  await say(id, 'request-changes', { note: hostile })
  const { cookie } = await studio.person('owner')
  const pages = [
    await page(),
    await (
      await world.request(paths.milestones(studio.slug, portal), { headers: { cookie } })
    ).text(),
    await (await world.request(paths.portals(studio.slug), { headers: { cookie } })).text(),
    ...(await mailsTo(client)).map(({ html }) => html),
    ...(await mailsTo(team)).map(({ html }) => html),
  ]
  expect(pages).toHaveLength(5)
  for (const html of pages) {
    expect(html).toContain('&lt;script&gt;alert(1)')
    expect(html).not.toContain('<script>alert')
  }
  expect(JSON.stringify(await entries())).not.toContain(janes)
})
