import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Page } from '@playwright/test'
import { test } from './test.ts'

/** A file on this machine, of so many bytes. */
export async function fileOf(name: string, size: number): Promise<string> {
  const path = test.info().outputPath('files', name)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, Buffer.alloc(size, name))
  return path
}

/** Where files are chosen, on either side: at the files, and not at what is asked for. */
export const picker = (page: Page) => page.getByLabel('Choose files')

/** The row of a file on its way. */
export const row = (page: Page, name: string) =>
  page.getByRole('list', { name: 'Uploads' }).getByRole('listitem').filter({ hasText: name })

export const press = (page: Page, label: string, name: string) =>
  page.getByRole('button', { name: `${label} ${name}`, exact: true }).click()

/** The list of files of a client's page. */
export const listed = (page: Page, name: string) =>
  page.locator('[data-files=list] li').filter({ hasText: name })

/** What the page asks of the server about uploads, as 'PATCH 1024': the method, and from where. */
export function uploadsAsked(page: Page): string[] {
  const asked: string[] = []
  page.on('request', (request) => {
    if (!/\/uploads(?:\/|$)/.test(new URL(request.url()).pathname)) return
    asked.push(`${request.method()} ${request.headers()['upload-offset'] ?? ''}`.trim())
  })
  return asked
}

/** From where the last bytes went on. */
export const lastOffset = (asked: readonly string[]): number =>
  Number(asked.findLast((each) => each.startsWith('PATCH'))?.split(' ')[1])
