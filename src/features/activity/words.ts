import { visible } from '../../lib/visible.ts'

/** What is read of an entry to say it in words. */
export interface Entry {
  kind: string
  actorKind: string
  actorName: string
  data: Record<string, string>
}

/** Our own words, or somebody's: a page keeps the direction of those to themselves. */
export type Part = string | { name: string }

/** What was recorded under a name, or other words where nothing was. */
export type Of = (name: string, otherwise: string) => Part
export type Words = (of: Of, data: Record<string, string>) => Part[]

/** Parts as a template: say`moved ${title} to the end`. */
export function say(words: TemplateStringsArray, ...parts: Part[]): Part[] {
  return words.flatMap((text, index) => {
    const part = parts[index]
    return [text, ...(part === undefined ? [] : [part])].filter((each) => each !== '')
  })
}

/** A milestone by its title. */
export const title = (of: Of) => of('title', 'a milestone')

/** An entry in the words that a table has for its kind. */
export function said(table: Readonly<Record<string, Words>>, { kind, data }: Entry): Part[] {
  const words = Object.entries(table).find(([known]) => known === kind)?.[1]
  // A kind that a newer version wrote still says something.
  if (!words) return [visible(kind.replaceAll(/[.-]/g, ' '))]
  const known = new Map(
    Object.entries(data).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, visible(value)] as const] : [],
    ),
  )
  const of: Of = (name, otherwise) => {
    const found = known.get(name)
    return found ? { name: found } : otherwise
  }
  return words(of, Object.fromEntries(known))
}

/** As one line of text. */
export const textOf = (parts: readonly Part[]): string =>
  parts.map((part) => (typeof part === 'string' ? part : part.name)).join('')
