import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { fillPortals } from '../dev/demo/crowd.ts'
import { createPortal } from '../src/features/portals/actions.ts'
import { paths } from '../src/paths.ts'
import { ACTIVITY, rows } from './budgets/bounds.ts'
import { keepsTo, run } from './budgets/measure.ts'
import { key, member } from './budgets/read.ts'
import { stage, type Scene, type Staged } from './budgets/scene.ts'
import { crowdPerson, fillActivity } from './harness/activity-crowd.ts'
import { fillTeam } from './harness/crowd.ts'
import type { Tenant } from './harness/world.ts'

let scene: Scene
let studio: Tenant
let staged: Staged

beforeEach(async () => {
  scene = await stage()
  ;({ studio, staged } = scene)
})

describe('with 100,000 entries of activity beside another tenant’s as many', () => {
  const PORTALS = 1_000
  const filters = ['', `person=${crowdPerson(3)}`].flatMap((person) =>
    ['', 'topic=team', 'topic=milestones'].flatMap((topic) =>
      ['', 'portal'].map((portal) => [topic, person, portal].filter(Boolean)),
    ),
  )

  it('reads no more rows than it shows, however it is narrowed and however deep', async () => {
    const other = await scene.world.organization('other')
    const elsewhere = await createPortal(other.ctx(), {
      project: 'P',
      client: 'C',
      currency: 'EUR',
      contact: { name: 'Jane', email: 'jane@client.example' },
      send: false,
    })
    const homes: [Tenant, string][] = [
      [studio, staged.portal],
      [other, elsewhere.ok ? elsewhere.value.portal.id : ''],
    ]
    for (const [{ facts }, portal] of homes) {
      await fillPortals(env.DB, facts.id, PORTALS, Date.now())
      await fillTeam(env.DB, facts.id, 100)
      await fillActivity(env.DB, facts.id, { portal, portals: PORTALS, count: 100_000 })
    }
    const deep = await env.DB.prepare(
      'select id from activity where organization_id = ? order by id limit 1 offset 40000',
    )
      .bind(studio.facts.id)
      .first<string>('id')
    for (const filter of filters) {
      const inPortal = filter.includes('portal')
      const chosen = filter.map((each) => (each === 'portal' ? `portal=${staged.portal}` : each))
      const rest = filter.filter((each) => each !== 'portal')
      for (const cursor of ['', `cursor=${deep}`]) {
        const query = [...chosen, cursor].filter(Boolean).join('&')
        const inside = [...rest, cursor].filter(Boolean).join('&')
        const lists = [
          member(`${paths.activity(studio.slug)}?${query}`, ACTIVITY),
          key(`${paths.api.activity}?${query}`, rows(50, 0)),
          ...(inPortal
            ? [
                member(
                  `${paths.portalActivity(studio.slug, staged.portal)}?${inside}`,
                  rows(1, 2) + rows(50, 0),
                ),
                key(`${paths.api.portalActivity(staged.portal)}?${inside}`, rows(50, 0)),
              ]
            : []),
        ]
        for (const one of lists) {
          const { trips } = await keepsTo(scene, one)
          const list = trips.flat().find(({ sql }) => /from "activity"/.test(sql))
          expect(list && (await run(list)).results.length, one.path).toBe(51)
        }
      }
    }
  })
})
