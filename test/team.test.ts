import { beforeEach, describe, expect, it } from 'vitest'
import { paths, type MemberAction } from '../src/paths.ts'
import {
  admin,
  happened,
  inviting,
  openTeam,
  owner,
  plain,
  see,
  studio,
  team,
  world,
} from './harness/team-scene.ts'

beforeEach(openTeam)

interface Whom {
  id: string
  email: string
}

const act = (
  who: { cookie: string },
  action: MemberAction,
  whom: Whom,
  form: Record<string, string> = {},
) => world.form(paths.memberAction(studio.slug, whom.id, action), form, who.cookie)

const leave = (who: { cookie: string }) => world.form(paths.leave(studio.slug), {}, who.cookie)

describe('a role', () => {
  it.each([
    ['an owner makes a member an admin', () => act(owner, 'role', plain, { role: 'admin' }), 303],
    ['an owner makes a member an owner', () => act(owner, 'role', plain, { role: 'owner' }), 303],
    ['an admin makes a member an admin', () => act(admin, 'role', plain, { role: 'admin' }), 303],
    ['an admin steps down', () => act(admin, 'role', admin, { role: 'member' }), 303],
    ['an admin makes nobody an owner', () => act(admin, 'role', plain, { role: 'owner' }), 403],
    ['an admin makes themselves no owner', () => act(admin, 'role', admin, { role: 'owner' }), 403],
    ['an admin demotes no owner', () => act(admin, 'role', owner, { role: 'member' }), 403],
    ['an admin removes no owner', () => act(admin, 'remove', owner), 403],
    ['an admin transfers nothing', () => act(admin, 'transfer', plain), 403],
    ['an admin removes a member', () => act(admin, 'remove', plain), 303],
    ['a member changes nobody', () => act(plain, 'role', plain, { role: 'admin' }), 403],
    ['a member removes nobody', () => act(plain, 'remove', admin), 403],
    ['no such role', () => act(owner, 'role', plain, { role: 'emperor' }), 422],
  ])('%s', async (_, what, status) => {
    const before = await team()
    expect((await what()).status).toBe(status)
    if (status === 303) expect(await team()).not.toEqual(before)
    else expect(await team()).toEqual(before)
    expect(await happened()).toHaveLength(status === 303 ? 1 : 0)
  })

  it('changes once for two clicks', async () => {
    await Promise.all([1, 2].map(() => act(owner, 'role', plain, { role: 'admin' })))
    expect((await act(owner, 'role', plain, { role: 'admin' })).status).toBe(303)
    expect(await happened()).toEqual(['member.role-changed'])
  })

  it('is nothing that somebody of another organisation can reach', async () => {
    const elsewhere = await world.organization('elsewhere')
    const eve = await elsewhere.person('owner')
    const at = (slug: string, action: MemberAction) =>
      world.form(paths.memberAction(slug, plain.id, action), { role: 'owner' }, eve.cookie)
    for (const action of ['role', 'remove', 'transfer'] as const) {
      expect((await at(studio.slug, action)).status).toBe(404)
      expect((await at(elsewhere.slug, action)).status).toBe(404)
    }
    expect((await team())[plain.email]).toBe('member')
  })

  it('is worth what it is now: a demoted owner’s open tab changes nothing', async () => {
    const second = await studio.person('owner')
    await act(second, 'role', owner, { role: 'member' })
    expect((await act(owner, 'role', second, { role: 'member' })).status).toBe(403)
    expect((await inviting(owner, 'x@y.example')).status).toBe(403)
  })
})

describe('the last owner', () => {
  it('can’t be demoted, removed, or leave, and reads why', async () => {
    for (const attempt of [
      () => act(owner, 'role', owner, { role: 'admin' }),
      () => act(owner, 'remove', owner),
      () => leave(owner),
    ]) {
      const answer = await attempt()
      expect(answer.status).toBe(409)
      expect(await answer.text()).toContain('An organisation needs an owner')
    }
    expect((await team())[owner.email]).toBe('owner')
    expect(await happened()).toEqual([])
  })

  it('stays when two owners demote each other at once, however often it is tried', async () => {
    const second = await studio.person('owner')
    for (let round = 0; round < 5; round++) {
      const answers = await Promise.all([
        act(owner, 'role', second, { role: 'member' }),
        act(second, 'role', owner, { role: 'member' }),
      ])
      const landed = answers.filter(({ status }) => status === 303)
      expect(landed).toHaveLength(1)
      const owners = Object.values(await team()).filter((role) => role === 'owner')
      expect(owners).toHaveLength(1)
      await world.env.DB.prepare("update member set role = 'owner' where id in (?, ?)")
        .bind(owner.id, second.id)
        .run()
    }
  })

  it('stays when both leave, or one leaves and one is removed', async () => {
    const second = await studio.person('owner')
    const answers = await Promise.all([leave(owner), leave(second), act(owner, 'remove', second)])
    expect(answers.map(({ status }) => status)).not.toContain(500)
    expect(Object.values(await team()).filter((role) => role === 'owner')).toHaveLength(1)
  })

  it('is not saved by an owner of another organisation', async () => {
    await (await world.organization('elsewhere')).person('owner')
    expect((await leave(owner)).status).toBe(409)
  })
})

describe('ownership', () => {
  it('goes to the other and leaves an admin behind, in one step', async () => {
    const clicks = await Promise.all([1, 2].map(() => act(owner, 'transfer', plain)))
    expect(clicks.map(({ status }) => status)).toContain(303)
    expect(await team()).toMatchObject({ [plain.email]: 'owner', [owner.email]: 'admin' })
    expect(await happened()).toEqual(['ownership.transferred'])
    expect((await act(owner, 'role', plain, { role: 'member' })).status).toBe(403)
  })

  it('goes to one when it is transferred to two at once', async () => {
    await Promise.all([act(owner, 'transfer', plain), act(owner, 'transfer', admin)])
    expect(Object.values(await team()).filter((role) => role === 'owner')).toHaveLength(1)
    expect(await happened()).toEqual(['ownership.transferred'])
  })

  it('is not an API key’s to give', async () => {
    const { transferOwnership } = await import('../src/features/members/actions.ts')
    const answer = await transferOwnership(studio.ctx('owner'), { member: plain.id })
    expect(answer).toEqual({ ok: false, failure: { kind: 'forbidden' } })
  })

  it('stays where it is when given to oneself', async () => {
    await act(owner, 'transfer', owner)
    expect((await team())[owner.email]).toBe('owner')
  })
})

describe('whoever is out', () => {
  it('finds nothing at the next click', async () => {
    const page = paths.portals(studio.slug)
    expect((await see(page, plain.cookie)).status).toBe(200)
    await act(admin, 'remove', plain)
    expect((await see(page, plain.cookie)).status).toBe(404)
    expect((await world.form(page, {}, plain.cookie)).status).toBe(404)
    const api = { cookie: plain.cookie, 'x-organization': studio.slug }
    expect((await world.request(paths.api.portals, { headers: api })).status).toBe(403)
  })

  it('left by themselves, to wherever else they belong', async () => {
    const answers = await Promise.all([leave(plain), leave(plain)])
    for (const { status } of answers) expect([303, 404]).toContain(status)
    expect(answers.some((one) => one.headers.get('location') === paths.dashboard)).toBe(true)
    expect((await see(paths.team(studio.slug), plain.cookie)).status).toBe(404)
    expect(await happened()).toEqual(['member.left'])
  })

  it('may be invited again', async () => {
    await act(owner, 'remove', plain)
    expect((await inviting(owner, plain.email, 'admin')).status).toBe(303)
  })
})

describe('the page', () => {
  const page = async (who: { cookie: string }) =>
    (await see(paths.team(studio.slug), who.cookie)).text()

  it('offers nobody what would be refused', async () => {
    const html = await page(admin)
    expect(html).toContain(paths.memberAction(studio.slug, plain.id, 'role'))
    expect(html).toContain(paths.memberAction(studio.slug, plain.id, 'remove'))
    expect(html).not.toContain(owner.id)
    expect(html).not.toContain('/transfer')
    expect(html).not.toContain('<option value="owner"')
    const plainly = await page(plain)
    expect(plainly).not.toContain('/team/members/')
    expect(plainly).not.toContain('/team/invitations')
    expect(plainly).toContain(paths.leave(studio.slug))
    expect(await page(owner)).toContain(paths.memberAction(studio.slug, admin.id, 'transfer'))
  })

  it('shows a name as text, whatever it holds', async () => {
    await world.env.DB.prepare('update user set name = ? where id = ?')
      .bind('<script>alert(1)</script>', plain.userId)
      .run()
    expect(await page(owner)).not.toContain('<script>alert')
  })

  it('says who may do what, the same as every verb decides', async () => {
    const html = await page(plain)
    const cells = (words: string) =>
      [
        ...(html.split(words)[1]?.split('</tr>')[0] ?? '').matchAll(
          /<span class="unseen">(Yes|No)/g,
        ),
      ].map(([, answer]) => answer)
    expect(cells('Open a portal')).toEqual(['Yes', 'Yes', 'Yes'])
    expect(cells('Replace a link')).toEqual(['Yes', 'Yes', 'No'])
    expect(cells('Transfer ownership')).toEqual(['Yes', 'No', 'No'])
  })
})
