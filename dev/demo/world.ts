import { settings, type Settings as AppSettings } from '../../src/env.ts'
import type { Settings } from '../settings.ts'

/** What the demo is made with: the local database and bucket, before the app itself runs. */
export interface DemoWorld {
  db: D1Database
  bucket: R2Bucket
  settings: Settings
  now: number
}

/** Nothing is drawn here: documents are made by the app's own jobs. */
const none: Fetcher = {
  fetch: () => Promise.reject(new Error('The demo has no assets.')),
  connect: () => {
    throw new Error('The demo has no assets.')
  },
}

/** The settings as the app checks and reads them; throws what is wrong with them. */
export function appSettings({ db, bucket, settings: given }: DemoWorld): AppSettings {
  const named = (name: string) => given[name] ?? ''
  const limiter: RateLimit = { limit: async () => ({ success: true }) }
  return settings({
    ...given,
    DB: db,
    BUCKET: bucket,
    ASSETS: none,
    BURSTS_BY_ADDRESS: limiter,
    BURSTS_BY_EMAIL: limiter,
    BURSTS_BY_CALLER: limiter,
    FAILURES_BY_NETWORK: limiter,
    APP_URL: named('APP_URL'),
    AUTH_SECRET: named('AUTH_SECRET'),
    LINK_SECRET: named('LINK_SECRET'),
    SENDGRID_API_KEY: named('SENDGRID_API_KEY'),
    MAIL_FROM: named('MAIL_FROM'),
    FIRST_OWNER: named('FIRST_OWNER'),
  })
}

/** What the app would say about the settings; null when it is content. */
export function complaint(world: DemoWorld): string | null {
  try {
    appSettings(world)
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
