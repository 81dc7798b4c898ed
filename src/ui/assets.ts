import manifest from './assets.json' with { type: 'json' }

const files: Record<string, string> = manifest

/** The built file's address, whose name changes with its content. */
export function asset(name: string): string {
  const file = files[name]
  if (file === undefined) throw new Error(`${name} is not built: run "npm run build".`)
  return file
}
