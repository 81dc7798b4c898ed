import { existsSync } from 'node:fs'
import { glob, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { build } from 'esbuild'

const out = 'public/assets'
const manifestPath = 'src/ui/assets.json'

async function sources(): Promise<string[]> {
  const found: string[] = []
  for await (const path of glob(['src/browser/*.ts', 'src/ui/*.css'])) {
    if (!/\.(test|d)\.ts$/.test(path)) found.push(path)
  }
  return found.sort()
}

/** Rewriting what is unchanged would make a running `wrangler dev` reload for nothing. */
async function writeIfNew(path: string, bytes: Uint8Array): Promise<void> {
  if (existsSync(path) && (await readFile(path)).equals(bytes)) return
  await writeFile(path, bytes)
}

interface Built {
  manifest: Record<string, string>
  /** The names of the files in `out`. */
  files: string[]
}

/** Each on its own: two pages that shared a piece would load it as one more file. */
async function bundle(entryPoint: string): Promise<Built> {
  const result = await build({
    entryPoints: [entryPoint],
    outdir: out,
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    bundle: true,
    // What is behind an import() is a file that is loaded when it is needed.
    splitting: true,
    minify: true,
    format: 'esm',
    target: ['es2022'],
    legalComments: 'none',
    // tus-js-client brings a parser of addresses from before browsers had one.
    alias: { 'url-parse': './src/browser/uploads/native-url.ts' },
    loader: { '.woff2': 'file', '.svg': 'file' },
    metafile: true,
    write: false,
    logLevel: 'warning',
  })
  for (const file of result.outputFiles) await writeIfNew(file.path, file.contents)
  const named: Record<string, string> = {}
  for (const [path, output] of Object.entries(result.metafile.outputs)) {
    if (output.entryPoint !== entryPoint) continue
    named[basename(entryPoint).replace(/\.ts$/, '.js')] = path.replace(/^public/, '')
  }
  return {
    manifest: named,
    files: Object.keys(result.metafile.outputs).map((path) => basename(path)),
  }
}

/** Only what is no longer built goes: a running `wrangler dev` serves the rest meanwhile. */
async function removeOthers(files: string[]): Promise<void> {
  for (const name of await readdir(out)) {
    if (!files.includes(name)) await rm(join(out, name), { recursive: true })
  }
}

async function writeManifest(manifest: Record<string, string>): Promise<void> {
  await mkdir('src/ui', { recursive: true })
  const text = JSON.stringify(manifest, null, 2) + '\n'
  await writeIfNew(manifestPath, new TextEncoder().encode(text))
}

await mkdir(out, { recursive: true })
const built = await Promise.all((await sources()).map(bundle))
const named = built.flatMap(({ manifest }) => Object.entries(manifest))
const files = built.flatMap(({ files }) => files)
await writeManifest(Object.fromEntries(named.sort()))
await removeOthers(files)
console.log(`Built ${new Set(files).size} files into ${out}.`)
