import { thrown } from './thrown.ts'

export type Level = 'info' | 'warn' | 'error'

/** What a line says beside its level. Ids and counts; a path, a query or an address never goes in. */
export type Fields = Record<string, string | number | null | undefined>

/**
 * The last fence, for words of others: an error's or SendGrid's may quote what they were about. Our
 * own fields are ids, which none of these fits.
 */
const secrets: readonly [RegExp, string][] = [
  [/[^\s@"'<>(),;:=/]+@[^\s@"'<>(),;:=/]+/g, '[address]'],
  [/\b(?:ap_|SG\.|sk_|rk_|whsec_)[\w.-]+/g, '[key]'],
  [/[0-9a-f]{32,}/gi, '[token]'],
  [/\?[^\s"]+/g, '?[query]'],
]

export const withoutSecrets = (text: string): string =>
  secrets.reduce((clean, [pattern, name]) => clean.replace(pattern, name), text)

/** Where it was thrown, as places in the code; the first line of a stack has the message. */
function placesOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || error.stack === undefined) return undefined
  const places = error.stack.split('\n').flatMap((line) => /^\s+at (.+)$/.exec(line)?.[1] ?? [])
  return places.slice(0, 4).join(' < ') || undefined
}

/** What a line says of something that was thrown. */
export const errorFields = (error: unknown) => ({ error: thrown(error), at: placesOf(error) })

/** One line of JSON. This is the only place that calls the console. */
export function log(level: Level, what: string, fields: Fields): void {
  const line: Record<string, string | number | null> = { level, what }
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) line[name] = typeof value === 'string' ? withoutSecrets(value) : value
  }
  console[level](JSON.stringify(line))
}
