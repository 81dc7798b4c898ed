import { randomUUID } from 'node:crypto'
import { test as base, type Page } from '@playwright/test'
import type { Contact } from './api.ts'
import { mayasSession } from './demo.ts'

interface Fixtures {
  /** A page of Maya's, who owns Northwind Studio. */
  maya: Page
  /** A page in a browser of its own, where nobody is signed in. */
  client: Page
}

export const test = base.extend<Fixtures>({
  maya: async ({ browser }, use) => {
    const context = await browser.newContext({ storageState: mayasSession() })
    await use(await context.newPage())
    await context.close()
  },
  client: async ({ browser }, use) => {
    const context = await browser.newContext()
    await use(await context.newPage())
    await context.close()
  },
})

export { expect } from '@playwright/test'

/** Somebody whom no other test knows. */
export function someone(name = 'Robin Vale', domain = 'client.example'): Contact {
  return { name, email: `robin-${randomUUID().slice(0, 8)}@${domain}` }
}

/** A project whom no other test knows. */
export const someProject = (what: string): string => `${what} ${randomUUID().slice(0, 8)}`
