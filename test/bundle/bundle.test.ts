import { readFile } from 'node:fs/promises'
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

/** Compressed together: wrangler makes one file of them, however many chunks they are here. */
const size = (files: Iterable<string>) =>
  gzipSync(Buffer.concat([...files].map((file) => written.get(file) ?? new Uint8Array()))).length
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

  it('never loads zod, Better Auth or SendGrid, though the bundle holds them', () => {
    const heavy = /better-auth|@sendgrid|axios|zod|pdfkit|fontkit|uqr/
    expect(sources(evaluatedAtStart()).filter((path) => heavy.test(path))).toEqual([])
    expect(sources(Object.keys(outputs)).some((path) => /better-auth/.test(path))).toBe(true)
    expect(sources(Object.keys(outputs)).some((path) => /@sendgrid/.test(path))).toBe(true)
  })

  it('is at most 60 KB, of at most 900 KB in all, compressed', () => {
    expect(size(evaluatedAtStart())).toBeLessThanOrEqual(60 * KB)
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
})
