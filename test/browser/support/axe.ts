import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** Holds the page against WCAG 2.2 AA, as far as a machine can. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(levels)
    // The inbox shows mails where no script runs, axe's included.
    .exclude('iframe[sandbox]')
    .analyze()
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary ?? ''}`),
  )
  expect(found).toEqual([])
}

/** Nothing sticks out to the right, so nobody has to scroll sideways to read. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const { width, reaches } = await page.evaluate(() => ({
    width: document.documentElement.clientWidth,
    reaches: Math.max(document.documentElement.scrollWidth, document.body.scrollWidth),
  }))
  expect(reaches).toBeLessThanOrEqual(width)
}

export interface Look {
  name: string
  colorScheme: 'light' | 'dark'
  viewport: { width: number; height: number }
}

export const looks: readonly Look[] = [
  { name: 'light', colorScheme: 'light', viewport: { width: 1280, height: 800 } },
  { name: 'dark', colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
  { name: 'phone', colorScheme: 'light', viewport: { width: 390, height: 844 } },
]

/** Set before the page is opened, so that no transition is under way when it is looked at. */
export async function dress(page: Page, { colorScheme, viewport }: Look): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
  await page.setViewportSize(viewport)
}
