import type { Settings } from './settings.ts'

/** What the demo is made with: the local database and bucket, before the app itself runs. */
export interface DemoWorld {
  db: D1Database
  bucket: R2Bucket
  settings: Settings
  now: number
}

/** What only the seeding knows, because the database holds hashes. */
export interface DemoAccess {
  apiKey: string
  portalUrl: string
}

export async function isEmpty({ db }: DemoWorld): Promise<boolean> {
  const { results } = await db.prepare('SELECT 1 FROM organization LIMIT 1').all()
  return results.length === 0
}

export async function seed(_world: DemoWorld): Promise<DemoAccess | null> {
  return null
}

/** The confirm page of a fresh magic link for the first owner. */
export async function signInUrl({ settings }: DemoWorld): Promise<string> {
  return new URL('/sign-in', settings['APP_URL']).href
}
