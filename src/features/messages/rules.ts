import type { AuthorKind } from '../../db/schema/messages.ts'
import { isId } from '../../lib/id.ts'

export const LONGEST_MESSAGE = 10_000

/** How often a link may write: so many in so long (ms). */
export const WRITING_LIMIT = { most: 30, window: 3_600_000 } as const

/** Messages that a page shows; earlier ones are a page further. */
export const MESSAGES_SHOWN = 20

interface Reading {
  kind: AuthorKind
  id: string
  name: string
  /** Up to which place in the thread they have read. */
  seq: number
  at: number
}

/** Who has seen a message, its author left out; whoever looked first comes first. */
export const seenBy = (
  message: { authorKind: AuthorKind; authorId: string; seq: number },
  readings: readonly Reading[],
): Reading[] =>
  readings
    .filter(({ seq }) => seq >= message.seq)
    .filter(({ kind, id }) => kind !== message.authorKind || id !== message.authorId)
    .sort((a, b) => a.at - b.at)

/** Where in a thread a page is: behind a message, before one, or at the newest. */
export interface Place {
  limit: number
  /** Earlier than this message. */
  cursor?: string | undefined
  /** Newer than this message. */
  after?: string | undefined
}

/**
 * The place that an address asks for; undefined for what is none. By hand: a client's page evaluates
 * no schemas.
 */
export function placeOf(query: Record<string, string>, usual: number): Place | undefined {
  const { limit: most = String(usual), cursor, after } = query
  const limit = Number(most)
  const ids = [cursor, after].filter((id) => id !== undefined)
  const fits = /^\d{1,3}$/.test(most) && limit >= 1 && limit <= 100
  return fits && ids.length < 2 && ids.every(isId) ? { limit, cursor, after } : undefined
}

/** Counts up when what is answered under one version of a thread changes its shape. */
const SHAPE = 1

/** What a page that shows a version of a thread knows it by. */
export const tagOf = (version: number): string => `${SHAPE}-${version}`
export const etagOf = (version: number): string => `"${tagOf(version)}"`

/** The version that a caller names, by its tag; undefined for what is none. */
export function versionIn(tag: string | undefined): number | undefined {
  const version = /^(?:\d{1,3}-)?(\d{1,12})$/.exec(tag ?? '')?.[1]
  return version === undefined ? undefined : Number(version)
}

/** Whether what a caller has, by its If-None-Match, is this; a proxy may have called it weak. */
export const isKnown = (ifNoneMatch: string, version: number): boolean =>
  ifNoneMatch
    .split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''))
    .some((tag) => tag === '*' || tag === etagOf(version))

export interface ThreadPage<T> {
  /** Newest first. */
  items: T[]
  /** The message that an earlier page goes on from; null where the thread begins. */
  earlier: string | null
  /** The message that a newer page goes on from; null where the newest are shown. */
  newer: string | null
}

/**
 * A page of rows that were asked for with a limit one larger than shown, the nearest to where the
 * page starts first.
 */
export function threadPage<T extends { id: string }>(
  rows: readonly T[],
  { limit, cursor, after }: Place,
): ThreadPage<T> {
  const near = rows.slice(0, limit)
  const more = rows.length > limit
  const items = after === undefined ? near : near.toReversed()
  const [first] = items
  const last = items.at(-1)
  if (after !== undefined) {
    return { items, earlier: last?.id ?? null, newer: more && first ? first.id : null }
  }
  const newer = cursor !== undefined && first ? first.id : null
  return { items, earlier: more && last ? last.id : null, newer }
}

/** Control characters but line breaks and tabs, and what turns the direction of others' words. */
const hidden = /[\u202a-\u202e\u2066-\u2069]|(?![\n\t])\p{Cc}/gu

/** The words as they are kept: line breaks as \n, nothing invisible, nothing before and after. */
export const shownWords = (text: string): string =>
  text.toWellFormed().replace(/\r\n?/g, '\n').replace(hidden, '').trim()

export type Part = { text: string } | { href: string; text: string } | { lineBreak: true }

/** An address ends before what closes a sentence. */
const address = /\bhttps?:\/\/[^\s<>"'`]+/gi
const closing = /[.,;:!?)\]}…’”]+$/

/** Cuts what closes the sentence around an address, and keeps a bracket that was opened within it. */
function addressIn(run: string): string {
  const cut = run.replace(closing, '')
  const count = (text: string, sign: string) => text.split(sign).length - 1
  const open = count(cut, '(') - count(cut, ')')
  return open > 0 && run.slice(cut.length).startsWith(')'.repeat(open))
    ? run.slice(0, cut.length + open)
    : cut
}

/**
 * A message as it is drawn: text, line breaks, and links to http and https alone, which show the
 * very address they lead to.
 */
export function partsOf(body: string): Part[] {
  const parts: Part[] = []
  for (const [index, line] of body.split('\n').entries()) {
    if (index > 0) parts.push({ lineBreak: true })
    parts.push(...linked(line))
  }
  return parts
}

function linked(line: string): Part[] {
  const parts: Part[] = []
  let from = 0
  for (const { 0: run, index } of line.matchAll(address)) {
    const text = addressIn(run)
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
