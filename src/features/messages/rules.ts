import type { AuthorKind } from '../../db/schema/messages.ts'

export const LONGEST_MESSAGE = 10_000

/** How often a link may write: so many in so long (ms). */
export const WRITING_LIMIT = { most: 30, window: 3_600_000 } as const

/** How long (ms) news waits for more of it before it is mailed. */
export const NEWS_WAITS = 5 * 60_000

interface Reading {
  kind: AuthorKind
  id: string
  name: string
  at: number
}

/** Who has seen a message, its author left out; the earliest to have looked first. */
export const seenBy = (
  message: { authorKind: AuthorKind; authorId: string; createdAt: number },
  readings: readonly Reading[],
): Reading[] =>
  readings
    .filter(({ at }) => at >= message.createdAt)
    .filter(({ kind, id }) => kind !== message.authorKind || id !== message.authorId)
    .sort((a, b) => a.at - b.at)

export type Part = { text: string } | { href: string; text: string } | { lineBreak: true }

/** An address ends before what closes a sentence or a bracket. */
const address = /\bhttps?:\/\/[^\s<>"'`]+[^\s<>"'`.,;:!?)\]}…’”]/gi

/**
 * A message as it is drawn: text, line breaks, and links to http and https alone, which show the
 * very address they lead to.
 */
export function partsOf(body: string): Part[] {
  const parts: Part[] = []
  for (const line of body.split('\n')) {
    if (parts.length > 0) parts.push({ lineBreak: true })
    parts.push(...linked(line))
  }
  return parts
}

function linked(line: string): Part[] {
  const parts: Part[] = []
  let from = 0
  for (const { 0: text, index } of line.matchAll(address)) {
    if (!URL.canParse(text)) continue
    if (index > from) parts.push({ text: line.slice(from, index) })
    parts.push({ href: new URL(text).href, text })
    from = index + text.length
  }
  if (from < line.length) parts.push({ text: line.slice(from) })
  return parts
}

/** The beginning of a long text, cut between words where one ends near. */
export function beginning(text: string, most: number): string {
  const characters = [...text]
  if (characters.length <= most) return text
  const cut = characters.slice(0, most).join('')
  const space = cut.search(/\s\S*$/)
  return `${(space > most * 0.7 ? cut.slice(0, space) : cut).trimEnd()}…`
}

/** 'MO' for Maya Ortiz: what stands in the circle beside a message. */
export function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '')
  const first = [...(words[0] ?? '')][0] ?? ''
  const last = words.length > 1 ? ([...(words.at(-1) ?? '')][0] ?? '') : ''
  return (first + last).toUpperCase()
}
