import { existsSync } from 'node:fs'
import { glob, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
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

async function bundle(entryPoints: string[]): Promise<Record<string, string>> {
  if (entryPoints.length === 0) return {}
  const result = await build({
    entryPoints,
    outdir: out,
    entryNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    bundle: true,
    // Addresses of what public/ already serves.
    external: ['/*'],
    minify: true,
    format: 'esm',
    target: ['es2022'],
    legalComments: 'none',
    loader: { '.woff2': 'file', '.svg': 'file' },
    metafile: true,
    logLevel: 'warning',
  })
  const named: Record<string, string> = {}
  for (const [path, output] of Object.entries(result.metafile.outputs)) {
    if (output.entryPoint === undefined) continue
    named[basename(output.entryPoint).replace(/\.ts$/, '.js')] = path.replace(/^public/, '')
  }
  return Object.fromEntries(Object.entries(named).sort())
}

/** Rewriting an unchanged manifest would make a running `wrangler dev` reload for nothing. */
async function writeManifest(manifest: Record<string, string>): Promise<void> {
  const text = JSON.stringify(manifest, null, 2) + '\n'
  if (existsSync(manifestPath) && (await readFile(manifestPath, 'utf8')) === text) return
  await mkdir('src/ui', { recursive: true })
  await writeFile(manifestPath, text)
}

const entryPoints = await sources()
await rm(out, { recursive: true, force: true })
await mkdir(out, { recursive: true })
const manifest = await bundle(entryPoints)
await writeManifest(manifest)
console.log(`Built ${Object.keys(manifest).length} files into ${out}.`)
