import { readdir, readFile } from 'node:fs/promises'
import { builtinModules } from 'node:module'
import { gzipSync } from 'node:zlib'
import { build, type Metafile } from 'esbuild'
import { beforeAll, describe, expect, it } from 'vitest'
import { firstView } from '../harness/budget.ts'
import assets from '../../src/ui/assets.json' with { type: 'json' }

const KB = 1024

let outputs: Metafile['outputs']
let written: Map<string, Uint8Array>

// As wrangler bundles it, but with each import() in a file of its own, so that what is evaluated at
// start can be told from what waits.
beforeAll(async () => {
  const built = await build({
    entryPoints: { index: 'src/index.ts' },
    outdir: 'dist',
    write: false,
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    target: 'es2024',
    conditions: ['workerd', 'worker', 'browser'],
    mainFields: ['browser', 'module', 'main'],
    external: ['cloudflare:*', 'node:*', ...builtinModules],
    metafile: true,
    logLevel: 'silent',
  })
  outputs = built.metafile.outputs
  written = new Map(
    built.outputFiles.map(({ path, contents }) => [path.slice(path.indexOf('dist/')), contents]),
  )
})

/** The files that the entry pulls in without an import(). */
function evaluatedAtStart(): string[] {
  const seen = new Set(['dist/index.js'])
  for (const file of seen) {
    for (const { path, kind } of outputs[file]?.imports ?? []) {
      if (kind === 'import-statement' && path in outputs) seen.add(path)
    }
  }
  return [...seen]
}

const bytesOf = (file: string) => written.get(file) ?? new Uint8Array()
/** Compressed together: wrangler makes one file of them, however many chunks they are here. */
const size = (files: Iterable<string>) => gzipSync(Buffer.concat([...files].map(bytesOf))).length
const sources = (files: Iterable<string>) =>
  [...files].flatMap((file) => Object.keys(outputs[file]?.inputs ?? {}))

describe('what a client’s page evaluates', () => {
  it('is hono, Drizzle, uuid and our own code', () => {
    const packages = sources(evaluatedAtStart()).flatMap((path) => {
      const name = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]
      return name === undefined ? [] : [name]
    })
    expect([...new Set(packages)].sort()).toEqual(['drizzle-orm', 'hono', 'uuid'])
  })

  it('never loads zod, Better Auth, Stripe or SendGrid, though the bundle holds them', () => {
    const heavy = /better-auth|stripe|@sendgrid|axios|zod|pdfkit|fontkit|uqr/
    expect(sources(evaluatedAtStart()).filter((path) => heavy.test(path))).toEqual([])
    expect(sources(Object.keys(outputs)).some((path) => /better-auth/.test(path))).toBe(true)
    expect(sources(Object.keys(outputs)).some((path) => /@sendgrid/.test(path))).toBe(true)
  })

  it('is no verb, no page of the team’s and no problem, and has one router', () => {
    const waits =
      /features\/\w+\/(?:actions|input|mails)\.|routes\/(?:api|dashboard)\/|ui\/dashboard|problems|reg-exp-router/
    expect(sources(evaluatedAtStart()).filter((path) => waits.test(path))).toEqual([])
  })

  // The budget is 60 KB. Below it stays as much room as a new part of the page may need.
  it('is at most 60 KB, of at most 900 KB in all, compressed', () => {
    expect(size(evaluatedAtStart())).toBeLessThanOrEqual(54 * KB)
    expect(size(written.keys())).toBeLessThanOrEqual(900 * KB)
  })
})

describe('what a client’s page loads beside its HTML', () => {
  const compressed = async (file: string) =>
    gzipSync(await readFile(`public${file}`), { level: 9 }).length

  it('keeps to the budget of a first view', async () => {
    const css = await compressed(assets['portal.css'])
    const js = await compressed(assets['portal.js'])
    expect(js).toBeLessThanOrEqual(firstView.script)
    expect(css + js + firstView.html).toBeLessThanOrEqual(firstView.all)
  })

  it('is one script, which loads what sends files when there is one', async () => {
    const script = await readFile(`public${assets['portal.js']}`, 'utf8')
    expect(script).not.toMatch(/\bimport ?["'{*]/)
    expect(script).toContain('import("./panel-')
    const loaded = await Promise.all(
      (await readdir('public/assets'))
        .filter((name) => /^(?:panel|browser)-.*\.js$/.test(name))
        .map((name) => readFile(`public/assets/${name}`, 'utf8')),
    )
    expect(loaded.filter((text) => text.includes('Tus-Resumable'))).toHaveLength(1)
    expect(script).not.toContain('Tus-Resumable')
  })
})
