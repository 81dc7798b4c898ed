import { mintKey, portalUrl, type DemoAccess } from './demo/access.ts'
import { fjord } from './demo/fjord.ts'
import { playInvitation } from './demo/invitation.ts'
import { settleMails } from './demo/mails.ts'
import { northwind } from './demo/northwind.ts'
import { openOrganization, type Desk } from './demo/organization.ts'
import { playPortal } from './demo/portal.ts'
import { clearHalf, finish } from './demo/seeding.ts'
import type { OrganizationStory } from './demo/story.ts'
import type { DemoWorld } from './demo/world.ts'

export { accessTo } from './demo/access.ts'
export { isEmpty } from './demo/seeding.ts'
export { signInUrl } from './demo/sign-in.ts'
export { complaint } from './demo/world.ts'
export type { DemoAccess } from './demo/access.ts'
export type { DemoWorld } from './demo/world.ts'

async function play(world: DemoWorld, story: OrganizationStory): Promise<Desk> {
  const desk = await openOrganization(world, story)
  for (const portal of story.portals) await playPortal(desk, portal)
  for (const invited of story.invited ?? []) await playInvitation(desk, invited)
  await settleMails(desk.ctx(story.team[0].email, 0))
  return desk
}

/** Two organisations that look lived in, so that it shows that neither sees the other. */
export async function seed(world: DemoWorld): Promise<DemoAccess> {
  await clearHalf(world)
  const { organization } = await play(world, northwind)
  await play(world, fjord)
  const access = {
    apiKey: await mintKey(world, organization.id),
    portalUrl: await portalUrl(world, organization.id),
  }
  await finish(world)
  return access
}
