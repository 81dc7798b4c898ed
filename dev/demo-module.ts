import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { statePath } from './state.ts'

type Demo = typeof import('./demo.ts')

/** demo.ts calls the app's own verbs, whose modules may hold JSX, which Node doesn't read: so bundle it. */
export async function loadDemo(): Promise<Demo> {
  await build({
    entryPoints: ['dev/demo.ts'],
    outfile: statePath.demoModule,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: ['node24'],
    sourcemap: 'inline',
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    logLevel: 'warning',
  })
  const module: Demo = await import(pathToFileURL(statePath.demoModule).href)
  return module
}
