import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { Browser, Page } from '@playwright/test'
import { paths } from '../../src/paths.ts'
import { png } from './support/images.ts'
import { startProduct, type Product } from './support/product.ts'
import { storeFiles, type Given } from './support/stored.ts'
import { expect, test } from './support/test.ts'

// One product for all of these, whose files would be in the way elsewhere.
test.describe.configure({ mode: 'serial' })

let product: Product
let ids: Record<string, string>

/** Leaves a mark wherever it runs: a title, a dialog, and what our origin keeps. */
const evil = `try{localStorage.setItem('owned','yes')}catch(e){}document.title='owned';alert('owned')`
const html = `<!doctype html><title>innocent</title><script>${evil}</script><img src=x onerror="${evil.replaceAll('"', '')}">`
const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40" onload="${evil}"><script>${evil}</script><circle r="20"/></svg>`

/** A GIF that is a script at the same time: its first bytes name a variable, what is drawn is a comment. */
const polyglot = Buffer.concat([
  Buffer.from('GIF89a/*'),
  Buffer.from([0x00, 0x00, 0x00]),
  Buffer.from(`*/=1;${evil};`),
])

/** A PDF of one empty page that runs a script when it is opened. */
const pdf = (script: string) => {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R /OpenAction 4 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>',
    `<< /Type /Action /S /JavaScript /JS (${script}) >>`,
  ]
  let text = '%PDF-1.4\n'
  const offsets = objects.map((object, index) => {
    const offset = text.length
    text += `${index + 1} 0 obj\n${object}\nendobj\n`
    return offset
  })
  const xref = text.length
  const lines = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  return `${text}xref\n0 5\n0000000000 65535 f \n${lines}trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF\n`
}

const files: (Given & { key: string })[] = [
  { key: 'html', name: 'page.html', contentType: 'text/html', bytes: html },
  { key: 'svg', name: 'drawing.svg', contentType: 'image/svg+xml', bytes: svg },
  { key: 'polyglot', name: 'both.gif', contentType: 'image/gif', bytes: polyglot },
  { key: 'renamed', name: 'photo.png', contentType: 'image/png', bytes: html },
  { key: 'text', name: 'words.txt', contentType: 'text/plain', bytes: html },
  {
    key: 'pdf',
    name: 'paper.pdf',
    contentType: 'application/pdf',
    bytes: pdf(
      `this.submitForm\\('${paths.signOut}'\\); app.launchURL\\('javascript:document.title=1'\\)`,
    ),
  },
  {
    key: 'png',
    name: 'Ünïcode 見積.png',
    folder: 'Drafts/Round 2',
    contentType: 'image/png',
    bytes: png(8, 8, [1, 2, 3]).buffer,
  },
]

test.beforeAll(async () => {
  test.setTimeout(240_000)
  product = await startProduct('--no-ticks')
  const stored = await storeFiles(product, files)
  ids = Object.fromEntries(files.map(({ key }, index) => [key, stored[index] ?? '']))
})
test.afterAll(() => product.stop())

const token = () => String(product.demo.portalUrl).slice(-64)
const at = (key: string, action: 'content' | 'preview') =>
  product.demo.url + paths.clientFileAction(token(), ids[key] ?? '', action)

interface Watched {
  page: Page
  /** What a script of a file was seen to do. */
  seen: string[]
  close: () => Promise<void>
}

async function watched(browser: Browser): Promise<Watched> {
  const context = await browser.newContext({ acceptDownloads: true })
  const page = await context.newPage()
  const seen: string[] = []
  page.on('dialog', (dialog) => {
    seen.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  return { page, seen, close: () => context.close() }
}

/** After a moment: nothing was said, named or kept. */
async function nothingRan({ page, seen }: Watched): Promise<void> {
  await page.waitForTimeout(700)
  expect(seen).toEqual([])
  for (const frame of page.frames()) {
    expect(await frame.title().catch(() => '')).not.toContain('owned')
  }
  await page.goto(`${product.demo.url}/robots.txt`)
  expect(await page.evaluate(() => localStorage.getItem('owned'))).toBeNull()
}

test('a marked script does run where nothing stops it, so that these tests could fail', async ({
  browser,
}) => {
  const here = await watched(browser)
  await here.page.route('**/unguarded', (route) =>
    route.fulfill({ contentType: 'text/html', body: html }),
  )
  await here.page.goto(`${product.demo.url}/unguarded`)
  await expect.poll(() => here.seen).not.toEqual([])
  expect(await here.page.evaluate(() => localStorage.getItem('owned'))).toBe('yes')
  await here.close()
})

for (const { key } of files) {
  test(`${key} runs nothing: opened as content it is a download`, async ({ browser }) => {
    const here = await watched(browser)
    const download = here.page.waitForEvent('download')
    await here.page.goto(at(key, 'content')).catch(() => undefined)
    expect((await download).suggestedFilename()).toBe(files.find((file) => file.key === key)?.name)
    await nothingRan(here)
    await here.close()
  })

  test(`${key} runs nothing: opened as a preview`, async ({ browser }) => {
    const here = await watched(browser)
    const answer = await here.page.goto(at(key, 'preview'))
    expect(answer?.status()).toBe(key === 'html' || key === 'svg' ? 404 : 200)
    await nothingRan(here)
    await here.close()
  })

  test(`${key} runs nothing: embedded in a page of ours in every way`, async ({ browser }) => {
    const here = await watched(browser)
    await here.page.route('**/embedding', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: ['content', 'preview']
          .map((action) => {
            const src = at(key, action === 'content' ? 'content' : 'preview')
            return `<img src="${src}"><iframe src="${src}"></iframe><embed src="${src}"><object data="${src}"></object><script src="${src}"></script><link rel="stylesheet" href="${src}"><video src="${src}"></video>`
          })
          .join(''),
      }),
    )
    await here.page.goto(`${product.demo.url}/embedding`)
    await nothingRan(here)
    await here.close()
  })
}

test('a PDF is drawn in a frame of ours, and an image too', async ({ browser }) => {
  const here = await watched(browser)
  await here.page.route('**/embedding', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<img id="image" src="${at('png', 'preview')}"><iframe id="paper" width="600" height="400" src="${at('pdf', 'preview')}"></iframe><iframe id="words" src="${at('text', 'preview')}"></iframe>`,
    }),
  )
  await here.page.goto(`${product.demo.url}/embedding`)
  const width = () =>
    here.page
      .locator('#image')
      .evaluate((image) => image instanceof HTMLImageElement && image.naturalWidth)
  await expect.poll(width).toBe(8)
  await expect(here.page.frameLocator('#words').locator('body')).toContainText('<!doctype html>')
  // The viewer is an extension of the browser, in a frame of its own inside of ours.
  const viewer = () =>
    here.page.frames().some((frame) => frame.url().startsWith('chrome-extension:'))
  await expect.poll(viewer).toBe(true)
  await here.close()
})

test('no other site may frame a preview', async ({ browser }) => {
  const here = await watched(browser)
  await here.page.route('http://elsewhere.test/', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<iframe src="${at('text', 'preview')}"></iframe>`,
    }),
  )
  await here.page.goto('http://elsewhere.test/')
  await here.page.waitForTimeout(700)
  const [, frame] = here.page.frames()
  expect(
    await frame
      ?.locator('body')
      .textContent()
      .catch(() => ''),
  ).not.toContain('innocent')
  await here.close()
})

test('unzip and Python find nothing wrong with the archive', async ({ request }, info) => {
  const answer = await request.get(product.demo.url + paths.clientArchive(token()))
  expect(answer.status()).toBe(200)
  const bytes = await answer.body()
  expect(answer.headers()['content-length']).toBe(String(bytes.length))
  const path = info.outputPath('files.zip')
  await writeFile(path, bytes)
  const run = promisify(execFile)
  expect((await run('unzip', ['-t', path])).stdout).toContain('No errors detected')
  const script = `import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as z:
    assert z.testzip() is None
    print("\\n".join(z.namelist()))`
  const { stdout } = await run('python3', ['-c', script, path], {
    env: { ...process.env, PYTHONIOENCODING: 'utf-8' },
  })
  const held = stdout.trim().split('\n')
  expect(held).toContain('Drafts/Round 2/Ünïcode 見積.png')
  expect(held.length).toBeGreaterThanOrEqual(files.length)
})
