import { getPlatformProxy } from 'wrangler'
import * as z from 'zod/mini'
import { configPath } from './configuration.ts'
import type { DemoAccess, DemoWorld } from './demo.ts'
import { loadDemo } from './demo-module.ts'
import type { Settings } from './settings.ts'
import { readIfThere, statePath } from './state.ts'

export interface Demo {
  signInUrl: string
  access: DemoAccess | null
  seeded: boolean
}

interface Bindings {
  DB: D1Database
  BUCKET: R2Bucket
}

const earlier = z.object({ apiKey: z.string(), portalUrl: z.url() })

/** The key and link of the first start, under the port of this one. */
async function knownAccess(appUrl: string): Promise<DemoAccess | null> {
  const kept = earlier.safeParse(JSON.parse((await readIfThere(statePath.demo)) ?? 'null'))
  if (!kept.success) return null
  const { apiKey, portalUrl } = kept.data
  return { apiKey, portalUrl: new URL(new URL(portalUrl).pathname, appUrl).href }
}

async function withWorld<T>(
  settings: Settings,
  now: number,
  work: (world: DemoWorld) => Promise<T>,
): Promise<T> {
  const proxy = await getPlatformProxy<Bindings>({
    configPath,
    persist: { path: statePath.platform },
    envFiles: [statePath.env],
    remoteBindings: false,
  })
  try {
    return await work({ db: proxy.env.DB, bucket: proxy.env.BUCKET, settings, now })
  } finally {
    await proxy.dispose()
  }
}

/** Runs before the app does: two processes writing one local database would lock each other out. */
export async function prepareDemo(settings: Settings, wanted: boolean, now: number): Promise<Demo> {
  const { isEmpty, seed, signInUrl } = await loadDemo()
  return withWorld(settings, now, async (world) => {
    const seeded = wanted && (await isEmpty(world))
    const access = seeded ? await seed(world) : await knownAccess(settings['APP_URL'] ?? '')
    return { signInUrl: await signInUrl(world), access, seeded }
  })
}
