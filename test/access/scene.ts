import { env as bindings } from 'cloudflare:workers'
import { createLink } from '../../src/features/links/actions.ts'
import { createPortal } from '../../src/features/portals/actions.ts'
import { snapshot } from '../harness/snapshot.ts'
import { World, type Tenant } from '../harness/world.ts'

export interface Scene {
  world: World
  studio: Tenant
  elsewhere: Tenant
  tokens: Record<string, string>
  /** The portal that the links of the scene open. */
  home: string
  credentials: Record<string, { cookie?: string; key?: string; email?: string }>
}

async function tokenOf(made: Promise<{ ok: boolean; value?: unknown }>): Promise<string> {
  const { value } = await made
  const text = JSON.stringify(value)
  return (
    /"token":"([0-9a-f]{64})"|\/portal\/([0-9a-f]{64})/.exec(text)?.slice(1).find(Boolean) ?? ''
  )
}

export const portal = (tenant: Tenant) =>
  createPortal(tenant.ctx(), {
    project: 'Website',
    client: 'Client',
    currency: 'EUR',
    contact: { name: 'Jane', email: 'jane@client.example' },
    send: false,
  })

export async function portalId(tenant: Tenant): Promise<string> {
  const made = await portal(tenant)
  return made.ok ? made.value.portal.id : ''
}

async function build(): Promise<Scene> {
  const world = new World()
  const studio = await world.organization('studio')
  const elsewhere = await world.organization('elsewhere')
  const home = await portalId(studio)
  const link = (over: { scope?: 'all' | 'billing'; expiresAt?: number }) =>
    createLink(studio.ctx('owner', Date.now() - 10_000), {
      portal: home,
      contact: { name: 'X', email: 'x@client.example' },
      scope: 'all',
      send: false,
      ...over,
    })
  return {
    world,
    studio,
    elsewhere,
    home,
    tokens: {
      liveLink: await tokenOf(link({})),
      billingLink: await tokenOf(link({ scope: 'billing' })),
      deadLink: await tokenOf(link({ expiresAt: Date.now() - 5_000 })),
      otherPortalsLink: await tokenOf(portal(elsewhere)),
    },
    credentials: {
      member: await studio.person('member'),
      admin: await studio.person('admin'),
      owner: await studio.person('owner'),
      foreignOwner: await elsewhere.person('owner'),
      memberKey: { key: await studio.key('member') },
      adminKey: { key: await studio.key('admin') },
      ownerKey: { key: await studio.key('owner') },
      foreignKey: { key: await elsewhere.key('owner') },
    },
  }
}

/** Built once, by the real doors; every test then begins with the very same rows. */
let built: { scene: Scene; restore: () => Promise<void> } | undefined

export async function freshScene(): Promise<Scene> {
  if (built) await built.restore()
  else {
    const scene = await build()
    built = { scene, restore: await snapshot(bindings.DB) }
  }
  // Nothing that a test before remembered or was handed.
  built.scene.world.restarted()
  return { ...built.scene, tokens: { ...built.scene.tokens } }
}
