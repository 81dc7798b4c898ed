import type { BrowserContextOptions } from '@playwright/test'
import type { Demo } from './product.ts'

export type Session = Exclude<BrowserContextOptions['storageState'], string | undefined>

interface Shared {
  demo: Demo
  /** Maya's, who owns the first demo organisation. */
  session: Session
}

const name = 'PORTALS_BROWSER_TESTS'

/** Called once before the tests; their processes inherit the environment. */
export function share(shared: Shared): void {
  process.env[name] = JSON.stringify(shared)
}

function shared(): Shared {
  const text = process.env[name]
  if (text === undefined) throw new Error('The setup has not run.')
  const found: Shared = JSON.parse(text)
  return found
}

export const demo = (): Demo => shared().demo
export const mayasSession = (): Session => shared().session

/** The address of a path of the running product. */
export const at = (path: string): string => demo().url + path
