import { doors } from '../../src/app.ts'

/** Every route behind every door, middleware left out. */
export async function routes(): Promise<{ method: string; path: string }[]> {
  const apps = await Promise.all(doors.map(({ load }) => load()))
  return apps.flatMap((app) => app.routes).filter(({ method }) => method !== 'ALL')
}
