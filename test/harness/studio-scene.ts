import type { Env } from '../../src/env.ts'
import { World, type Tenant } from './world.ts'

export let world: World
export let studio: Tenant
/** An API key of the studio's, with the role of an owner. */
export let key: string

/** One studio, anew for every test. */
export const openStudio = (): Promise<void> => openStudioWith({})

/** The same with settings of its own. */
export async function openStudioWith(overrides: Partial<Env>): Promise<void> {
  world = new World(overrides)
  studio = await world.organization('studio')
  key = await studio.key('owner')
}

/** What a portal is opened with. */
export const newPortal = {
  project: 'Website relaunch',
  client: 'Halcyon Coffee',
  currency: 'eur',
  contact: { name: 'Jane Cooper', email: 'jane@client.example' },
}
