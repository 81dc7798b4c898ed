import { createMilestone } from '../../src/features/milestones/actions.ts'
import { requestApproval } from '../../src/features/milestones/approval.ts'
import { saveTemplate } from '../../src/features/milestones/templates.ts'
import type { Scene } from './scene.ts'

/** A milestone that is up for sign-off where it is to be answered. */
export async function waitingMilestone(scene: Scene, portal: string): Promise<string> {
  const ctx = scene.studio.ctx()
  const facts = { title: 'Design', description: '', dueOn: null, weight: 1, progress: 0 }
  const made = await createMilestone(ctx, { ...facts, portal, amount: 100 })
  const id = made.ok ? made.value.id : ''
  if (portal === scene.home) await requestApproval(ctx, { portal, milestone: id })
  return id
}

/** A template of the studio's. */
export async function template(scene: Scene): Promise<string> {
  const ctx = scene.studio.ctx()
  await waitingMilestone(scene, scene.home)
  const saved = await saveTemplate(ctx, { name: 'Website', portal: scene.home })
  return saved.ok ? saved.value.id : ''
}
