import { createKey, noteKeyUse, revokeKey } from '../../src/features/keys/actions.ts'
import { dayOf, endOfDay } from '../../src/lib/day.ts'
import { must } from './must.ts'
import type { Desk } from './organization.ts'
import type { KeyStory } from './story.ts'

/** A key whose words nobody kept: it stands in the list, and opens nothing for anybody. */
export async function playKey(desk: Desk, story: KeyStory): Promise<void> {
  const { name, role, by, made, lastDay, used, revoked } = story
  const { organization } = desk
  const at = (ago: number) => desk.ctx(by, ago)
  const expiresAt =
    lastDay === undefined
      ? null
      : endOfDay(dayOf(at(lastDay).now, organization.timeZone), organization.timeZone)
  const { id } = must(await createKey(at(made), { name, role, expiresAt }))
  if (used !== undefined) await noteKeyUse(at(used), { id, lastUsedAt: null })
  if (revoked !== undefined) must(await revokeKey(at(revoked), id))
}
