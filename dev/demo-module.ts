import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import type * as Demo from './demo.ts'
import { statePath } from './state.ts'

/** demo.ts calls the app's own verbs, whose modules may hold JSX, which Node doesn't read: so bundle it. */
export async function loadDemo(): Promise<typeof Demo> {
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
  const module: typeof Demo = await import(pathToFileURL(statePath.demoModule).href)
  return module
}
