import { mintKey, portalUrl, type DemoAccess } from './demo/access.ts'
import { fillPortals } from './demo/crowd.ts'
import { playBrand } from './demo/brand.ts'
import { fjord } from './demo/fjord.ts'
import { playKey } from './demo/keys.ts'
import { playInvitation } from './demo/invitation.ts'
import { settleMails } from './demo/mails.ts'
import { northwind } from './demo/northwind.ts'
import { openOrganization, type Desk } from './demo/organization.ts'
import { setUpPayments, webhookPath } from './demo/payments.ts'
import { playPortal } from './demo/portal.ts'
import { clearHalf, finish } from './demo/seeding.ts'
import { days, type OrganizationStory } from './demo/story.ts'
import { thousands } from './demo/thousands.ts'
import type { DemoWorld } from './demo/world.ts'

export { accessTo } from './demo/access.ts'
export { isEmpty } from './demo/seeding.ts'
export { signInUrl } from './demo/sign-in.ts'
export { complaint } from './demo/world.ts'
export type { DemoAccess } from './demo/access.ts'
export type { DemoWorld } from './demo/world.ts'

async function play(world: DemoWorld, story: OrganizationStory): Promise<Desk> {
  const desk = await openOrganization(world, story)
  await playBrand(desk, story, world.bucket)
  if (story.payments) await setUpPayments(desk.ctx(story.team[0].email, days(9)))
  for (const portal of story.portals) await playPortal(desk, portal, world.bucket)
  for (const key of story.keys ?? []) await playKey(desk, key)
  for (const invited of story.invited ?? []) await playInvitation(desk, invited)
  await settleMails(desk.ctx(story.team[0].email, 0))
  return desk
}

const CROWD = 10_000

/**
 * Two organisations that look lived in, so that it shows that neither sees the other; and, if wanted,
 * a third one with thousands of portals.
 */
export async function seed(world: DemoWorld, crowd: boolean): Promise<DemoAccess> {
  await clearHalf(world)
  const desk = await play(world, northwind)
  const { organization } = desk
  await play(world, fjord)
  if (crowd) {
    const desk = await play(world, thousands)
    await fillPortals(world.db, desk.organization.id, CROWD, world.now)
  }
  const access = {
    apiKey: await mintKey(world, organization.id),
    portalUrl: await portalUrl(world, organization.id),
    stripeWebhookPath: await webhookPath(desk.ctx(northwind.team[0].email, 0)),
  }
  await finish(world)
  return access
}
