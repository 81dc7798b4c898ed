import AxeBuilder from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'

const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** Holds the page against WCAG 2.2 AA, as far as a machine can. */
async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    .withTags(levels)
    // The inbox shows mails where no script runs, axe's included.
    .exclude('iframe[sandbox]')
    // Findings from frames are put together in a further page; where there are none, that can be spared.
    .setLegacyMode(page.frames().length === 1)
    .analyze()
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary ?? ''}`),
  )
  expect(found).toEqual([])
}

/** Nothing sticks out to the right, so nobody has to scroll sideways to read. */
async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const { width, reaches } = await page.evaluate(() => ({
    width: document.documentElement.clientWidth,
    reaches: Math.max(document.documentElement.scrollWidth, document.body.scrollWidth),
  }))
  expect(reaches).toBeLessThanOrEqual(width)
}

interface Look {
  name: string
  colorScheme: 'light' | 'dark'
  viewport: { width: number; height: number }
}

const looks: readonly Look[] = [
  { name: 'light', colorScheme: 'light', viewport: { width: 1280, height: 800 } },
  { name: 'dark', colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
  { name: 'phone', colorScheme: 'light', viewport: { width: 390, height: 844 } },
]

/** Opens the page once and turns it through the looks; motion is reduced, so nothing is half way between two. */
export async function expectUsableByEverybody(
  page: Page,
  open: () => Promise<void>,
): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await open()
  for (const { name, colorScheme, viewport } of looks) {
    await test.step(name, async () => {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize(viewport)
      await expectAccessible(page)
      await expectNoSidewaysScroll(page)
    })
  }
}
