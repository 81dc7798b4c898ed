import * as z from 'zod/mini'
import type { DemoAccess, DemoWorld } from './demo.ts'
import { loadDemo } from './demo-module.ts'
import { openPlatform } from './local-platform.ts'
import type { Settings } from './settings.ts'
import { readIfThere, statePath } from './state.ts'
import { Trouble } from './trouble.ts'

export interface Demo {
  signInUrl: string
  access: DemoAccess | null
  seeded: boolean
}

const earlier = z.object({ apiKey: z.string() })

/** The key that an earlier start made; the database has only its hash. */
async function knownKey(): Promise<string | null> {
  const kept = earlier.safeParse(JSON.parse((await readIfThere(statePath.demo)) ?? 'null'))
  return kept.success ? kept.data.apiKey : null
}

async function withWorld<T>(
  settings: Settings,
  now: number,
  work: (world: DemoWorld) => Promise<T>,
): Promise<T> {
  const { db, bucket, close } = await openPlatform()
  try {
    return await work({ db, bucket, settings, now })
  } finally {
    await close()
  }
}

/** How much demo data an empty database gets. */
export type Wanted = 'nothing' | 'demo' | 'crowd'

/** Runs before the app does: two processes writing one local database would lock each other out. */
export async function prepareDemo(settings: Settings, wanted: Wanted, now: number): Promise<Demo> {
  const { accessTo, complaint, isEmpty, seed, signInUrl } = await loadDemo()
  return withWorld(settings, now, async (world) => {
    const wrong = complaint(world)
    if (wrong) throw new Trouble(`${wrong} They come from the environment and .dev.vars.`)
    const seeded = wanted !== 'nothing' && (await isEmpty(world))
    const access = seeded
      ? await seed(world, wanted === 'crowd')
      : await accessTo(world, await knownKey())
    return { signInUrl: await signInUrl(world), access, seeded }
  })
}
