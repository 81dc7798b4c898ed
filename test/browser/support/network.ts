import type { Page } from '@playwright/test'

export interface Network {
  /** So slow that what happens on the way can be seen. */
  slow: () => Promise<void>
  cut: () => Promise<void>
  free: () => Promise<void>
}

/** Bytes a second. */
const SLOW = 1_500_000

/** The connection of a page, as its browser has it. */
export async function networkOf(page: Page): Promise<Network> {
  const devtools = await page.context().newCDPSession(page)
  const be = async (offline: boolean, uploadThroughput: number) => {
    await devtools.send('Network.emulateNetworkConditions', {
      offline,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput,
    })
  }
  return {
    slow: () => be(false, SLOW),
    // Still slow: without it, what is on its way would be let through in the instant before the cut.
    cut: () => be(true, SLOW),
    free: () => be(false, -1),
  }
}
