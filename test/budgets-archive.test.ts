import { env } from 'cloudflare:workers'
import { beforeEach, it } from 'vitest'
import { paths } from '../src/paths.ts'
import { rows } from './budgets/bounds.ts'
import { costs } from './budgets/measure.ts'
import { byLink, member } from './budgets/read.ts'
import { stage, type Scene, type Staged } from './budgets/scene.ts'
import { pretendFiles } from './harness/stored-file.ts'
import type { Tenant } from './harness/world.ts'

let scene: Scene
let studio: Tenant
let staged: Staged

beforeEach(async () => {
  scene = await stage()
  ;({ studio, staged } = scene)
})

it('reads each file of an archive once, and none of the thousands beside them', async () => {
  await pretendFiles(studio, staged.portal, 3_000)
  await pretendFiles(studio, staged.longPlan, 5_000)
  // Of those that are named, the names are read too, and what they lead to is kept for a moment.
  const files = Math.max(rows(501, 1), rows(300, 3))
  const team = paths.archive(studio.slug, staged.portal)
  const ids = await env.DB.prepare('select id from file where portal_id = ? limit 300')
    .bind(staged.portal)
    .all<{ id: string }>()
  const chosen = ids.results.map(({ id }) => `file=${id}`).join('&')
  const cursor = `cursor=${ids.results.at(-1)?.id}`
  for (const query of ['', `?${chosen}`, `?${cursor}`, '?folder=None', `?folder=None&${cursor}`]) {
    await costs(scene, byLink(paths.clientArchive(staged.token) + query, files + 11))
    await costs(scene, member(team + query, files + rows(1, 2)))
  }
})
